package baton.runtime.outreach;

import baton.handoff.ConversationId;
import baton.handoff.Outcome;
import baton.handoff.action.Action;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import baton.handoff.policy.Policy;
import baton.handoff.port.Policies;
import baton.handoff.port.Tool;
import baton.handoff.port.Vault;
import baton.runtime.mail.Letter;
import baton.runtime.tools.Post;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reaches out by e-mail: a letter with a link that opens the conversation. Its words are the
/// policy's lines `invitation-subject` and `invitation-text`.
public final class Invitation implements Tool {
  static final String KIND = "initiate-contact";
  static final String CHANNEL = "email";

  private static final String SUBJECT = "invitation-subject";
  private static final String TEXT = "invitation-text";
  private static final String LINK = "{link}";
  private static final String STOP = "{stop}";

  /// Addresses that a buyer can open without signing in.
  public interface Links {
    /// Where the buyer talks.
    String chat(ConversationId conversation);

    /// Where the buyer opts out.
    String stop(ConversationId conversation);
  }

  private final Policies policies;
  private final Vault vault;
  private final Links links;
  private final Post post;

  public Invitation(Post post, Policies policies, Vault vault, Links links) {
    this.policies = policies;
    this.vault = vault;
    this.links = links;
    this.post = post;
  }

  /// What a policy lacks for a letter, and what to do; empty where it has all.
  public static Optional<String> lacking(Policy policy) {
    for (var name : List.of(SUBJECT, TEXT)) {
      if (!policy.lines().containsKey(name)) {
        return Optional.of("its policy has no line " + name + ": add it");
      }
    }
    String text = policy.lines().get(TEXT).text();
    for (var blank : List.of(LINK, STOP)) {
      if (!text.contains(blank)) {
        return Optional.of("its line " + TEXT + " has no " + blank + ": add it");
      }
    }
    return Optional.empty();
  }

  @Override
  public Set<String> kinds() {
    return Set.of(KIND);
  }

  @Override
  public String schema(String kind) {
    return """
    {"type":"object","additionalProperties":false,"required":["channel"],
     "properties":{"channel":{"const":"email"}}}\
    """;
  }

  @Override
  public boolean undoable(String kind) {
    return false;
  }

  /// Reasons: `no-such-channel`, `no-policy`, `no-invitation-text`, `no-address`, `erased`, and
  /// those of [baton.runtime.mail.Sent].
  @Override
  public Outcome call(Effect effect) {
    return switch (effect.action()) {
      case Action.InitiateContact _ -> post.send(effect, key -> letter(effect, key));
      case Action other -> throw new IllegalArgumentException("no letter for " + other.kind());
    };
  }

  @Override
  public Outcome lookUp(Effect effect) {
    return post.lookUp(effect);
  }

  private Post.Draft letter(Effect effect, String key) {
    if (!(effect.action() instanceof Action.InitiateContact(var channel))
        || !channel.equals(CHANNEL)) {
      return new Post.Draft.Impossible("no-such-channel");
    }
    String tenant = effect.conversation().tenant();
    var active = policies.active(tenant, effect.campaign());
    if (active.isEmpty()) return new Post.Draft.Impossible("no-policy");
    var policy = active.get().policy();
    if (lacking(policy).isPresent()) return new Post.Draft.Impossible("no-invitation-text");
    var fact = effect.facts().get(Signal.EMAIL);
    if (fact == null || !(fact.value() instanceof Value.Secret(var sealed))) {
      return new Post.Draft.Impossible("no-address");
    }
    var address = vault.open(tenant, sealed);
    if (address.isEmpty()) return new Post.Draft.Impossible("erased");
    String stop = links.stop(effect.conversation());
    String text =
        policy
            .lines()
            .get(TEXT)
            .text()
            .replace(LINK, links.chat(effect.conversation()))
            .replace(STOP, stop);
    return new Post.Draft.Ready(
        new Letter(
            key,
            address.get(),
            policy.lines().get(SUBJECT).text(),
            text,
            Optional.empty(),
            Optional.of(stop)),
        Map.of());
  }
}
