package baton.runtime.outside;

import baton.handoff.policy.PolicyDocument;
import baton.persistence.policy.PolicyCompiler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A policy in which booking may use outside tools, five times each.
public final class Declared {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What docs/examples/Receiver.java carries out.
  public static final String PARCEL =
      """
      {"tool": "parcel", "id": "tool.parcel", "owner": "Head of Operations", "reason": "A test.",
       "server": "carrier", "calls": "order_parcel", "description": "orders a parcel",
       "arguments": {
         "count": {"type": "whole", "atLeast": 1, "atMost": 100},
         "size": {"type": "choice", "of": ["small", "large"], "optional": true},
         "note": {"type": "text", "maxChars": 40, "optional": true}},
       "facts": {
         "number": {"at": "/parcel", "type": "name"},
         "state": {"at": "/state", "type": "choice", "of": ["ordered", "sent"]},
         "note": {"at": "/note", "type": "text", "maxChars": 100}}}
      """;

  /// What [Warehouse] carries out.
  public static final String STOCK =
      """
      {"tool": "stock", "id": "tool.stock", "owner": "Head of Operations", "reason": "A test.",
       "server": "warehouse", "calls": "check_stock", "description": "looks into the stock",
       "arguments": {
         "product": {"type": "name"},
         "note": {"type": "text", "maxChars": 40, "optional": true}},
       "facts": {
         "left": {"at": "/stock/left", "type": "whole", "atMost": 1000},
         "code": {"at": "/stock/code", "type": "name"},
         "note": {"at": "/stock/note", "type": "text", "maxChars": 200}}}
      """;

  private Declared() {}

  /// The sample policy for inbound trials, and these tools.
  public static PolicyDocument inboundTrial(String... tools) {
    return in(PolicyCompiler.sample("inbound-trial").orThrow(), tools);
  }

  /// A policy, and these tools.
  public static PolicyDocument in(PolicyDocument document, String... tools) {
    try {
      var policy = (ObjectNode) JSON.readTree(document.json());
      var declared = policy.putArray("tools");
      for (var tool : tools) {
        declared.add(JSON.readTree(tool));
        var name = JSON.readTree(tool).get("tool").asText();
        clause(policy.withArray("autonomy").addObject(), "autonomy", name).put("level", "bounded");
        clause(policy.withArray("limits").addObject(), "limit", name)
            .put("measure", "kind:tool:" + name)
            .put("atMost", 5)
            .put("then", "deny");
        for (var mandate : policy.withArray("mandates")) {
          if (mandate.get("role").asText().equals("booking")) {
            clause(((ObjectNode) mandate).withArray("may").addObject(), "booking", name);
          }
        }
      }
      return PolicyCompiler.fromJson(policy.toString()).orThrow();
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException(damaged);
    }
  }

  private static ObjectNode clause(ObjectNode clause, String section, String name) {
    clause.putArray("actions").add("tool:" + name);
    return clause
        .put("id", section + ".tool-" + name)
        .put("owner", "Head of Operations")
        .put("reason", "It is a test.");
  }
}
