package baton.runtime.http;

import baton.handoff.ConversationId;
import baton.handoff.action.Canonical;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How browsers are known, at every node: by a cookie that holds a proof, so that nothing about it
/// is stored but that a session was ended early.
public final class Sessions {
  static final String OPERATOR = "baton-operator";
  static final String CHAT = "baton-chat-";

  private static final Duration OPERATOR_MAX = Duration.ofHours(12);
  private static final Duration CHAT_MAX = Duration.ofDays(30);

  /// All cookies of a browser travel in one header, which must not grow too long.
  private static final int CHATS_MAX = 12;

  private final Tokens tokens;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Ended ended;

  /// The sessions that were ended early.
  public interface Ended {
    /// @param mark a digest of what the browser holds
    boolean has(String mark);

    /// @param until when it would have ended by itself
    void end(String mark, Instant now, Instant until);
  }

  public Sessions(Tokens tokens, InstantSource clock, Ended ended) {
    this.tokens = tokens;
    this.clock = clock;
    this.ended = ended;
  }

  /// Somebody with a browser.
  ///
  /// @param csrf what must come with each request that changes something
  record Session(Caller caller, String csrf) {}

  /// A new session for whoever has the operator token. The comparison takes the same time for all.
  public Optional<Cookie> signIn(String token) {
    if (!tokens.isOperator(token)) return Optional.empty();
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    long until = clock.instant().plus(OPERATOR_MAX).getEpochSecond();
    String claim = until + "." + HexFormat.of().formatHex(salt);
    return Optional.of(new Cookie(OPERATOR, claim + "." + operatorProof(claim), OPERATOR_MAX));
  }

  /// Ends the operator's session, also for whoever has a copy of its cookie.
  public Cookie signOut(Map<String, String> cookies) {
    var now = clock.instant();
    if (operator(cookies).isPresent()) {
      ended.end(Canonical.sha256(cookies.get(OPERATOR)), now, now.plus(OPERATOR_MAX));
    }
    return Cookie.forgotten(OPERATOR);
  }

  /// Lets a browser in by a conversation's token; what it has too many of is forgotten.
  public Optional<List<Cookie>> enter(
      Map<String, String> cookies, ConversationId conversation, String token) {
    boolean opens =
        tokens.caller(conversation.tenant(), token).stream()
            .anyMatch(new Caller.Buyer(conversation)::equals);
    if (!opens) return Optional.empty();
    var changes = new ArrayList<Cookie>();
    String name = CHAT + conversation.id();
    var others = cookies.keySet().stream().filter(n -> n.startsWith(CHAT) && !n.equals(name));
    var kept = others.toList();
    // Browsers send the oldest first.
    kept.subList(0, Math.max(0, kept.size() - CHATS_MAX + 1))
        .forEach(old -> changes.add(Cookie.forgotten(old)));
    changes.add(new Cookie(name, token.substring(token.indexOf('.') + 1), CHAT_MAX));
    return Optional.of(changes);
  }

  /// The cookies by which the buyer who just opened a conversation comes back to it.
  public List<Cookie> enter(Map<String, String> cookies, ConversationId conversation) {
    return enter(cookies, conversation, tokens.of(conversation)).orElseThrow();
  }

  /// The conversations that this browser may come back to, the newest last.
  public List<ConversationId> chats(String tenant, Map<String, String> cookies) {
    return cookies.keySet().stream()
        .filter(name -> name.startsWith(CHAT))
        .map(name -> name.substring(CHAT.length()))
        .filter(ConversationId::isName)
        .map(id -> new ConversationId(tenant, id))
        .filter(id -> buyer(cookies, id).isPresent())
        .toList();
  }

  /// Whether they were an operator's, and still are unless the session was ended early.
  boolean wasOperator(Map<String, String> cookies) {
    var parts = cookies.getOrDefault(OPERATOR, "").split("\\.", -1);
    return parts.length == 3
        && parts[0].matches("[0-9]{1,12}")
        && clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts[0])))
        && same(operatorProof(parts[0] + "." + parts[1]), parts[2]);
  }

  Optional<Session> operator(Map<String, String> cookies) {
    String value = cookies.getOrDefault(OPERATOR, "");
    return wasOperator(cookies) && !ended.has(Canonical.sha256(value))
        ? Optional.of(new Session(new Caller.Operator(Tokens.OPERATOR), csrf(OPERATOR, value)))
        : Optional.empty();
  }

  Optional<Session> buyer(Map<String, String> cookies, ConversationId conversation) {
    String name = CHAT + conversation.id();
    String token = conversation.id() + "." + cookies.getOrDefault(name, "");
    return tokens
        .caller(conversation.tenant(), token)
        .filter(new Caller.Buyer(conversation)::equals)
        .map(caller -> new Session(caller, csrf(name, token)));
  }

  /// Where the operator token is changed, all sessions end.
  private String operatorProof(String claim) {
    return tokens.proof("operator-session", tokens.operatorMark() + "." + claim);
  }

  private String csrf(String cookie, String value) {
    return tokens.proof("csrf", cookie + "=" + value);
  }

  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
