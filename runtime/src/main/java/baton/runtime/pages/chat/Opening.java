package baton.runtime.pages.chat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The body by which the API would be asked for a conversation of somebody unknown.
final class Opening {
  static final String[] MEMBERS = {"id", "campaign", "channel", "buyer"};

  private Opening() {}

  /// @param zone an IANA name, or empty
  static ObjectNode object(String id, String campaign, String zone) {
    var object = JsonNodeFactory.instance.objectNode();
    object.put("id", id).put("campaign", campaign).put("channel", "chat");
    var buyer = object.putObject("buyer").put("id", id);
    if (!zone.isEmpty()) buyer.put("timeZone", zone);
    return object;
  }
}
