package baton.runtime.pages.chat;

import baton.handoff.ConversationId;
import baton.runtime.http.Answer;
import baton.runtime.http.Asked;
import baton.runtime.http.Body;
import baton.runtime.http.Problem;
import baton.runtime.http.Route;
import baton.runtime.http.Route.Access;
import baton.runtime.http.Site;
import baton.runtime.pages.Templates;
import baton.runtime.pages.chat.Talk.Beginning;
import baton.runtime.pages.chat.Talk.Draft;
import baton.runtime.view.Moment;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The buyer's pages: begin, come back, read, write. All of it works without a script, too.
public final class Chat {
  /// How long a page without scripts waits for the answer that it will show.
  private static final Duration ANSWER_MAX = Duration.ofSeconds(3);

  static final String CHANNEL = "chat";

  private static final List<String> STYLES = List.of("chat.css");

  private final Site.Ground ground;
  private final Templates templates;
  private final Reading reading;
  private final SecureRandom random = new SecureRandom();

  public Chat(Site.Ground ground, Templates templates) {
    this.ground = ground;
    this.templates = templates;
    this.reading = new Reading(ground);
  }

  public List<Route> routes() {
    return List.of(
        Route.page("GET", "/chat", Access.ANYONE, this::start),
        Route.page("POST", "/chat", Access.ANYONE, this::begin),
        Route.page("GET", "/chat/{id}", Access.ANYONE, this::talk),
        Route.page("POST", "/chat/{id}/enter", Access.ANYONE, this::enter),
        Route.page("POST", "/chat/{id}/arrive", Access.BUYER, this::arrive),
        Route.page("POST", "/chat/{id}/messages", Access.BUYER, this::say),
        Route.page("GET", "/chat/{id}/news", Access.BUYER, this::news).with("after"));
  }

  private Answer start(Asked asked) {
    return start(asked, 200, "");
  }

  private Answer.Page start(Asked asked, int status, String notice) {
    var beginning =
        new Beginning(reading.campaigns(asked.tenant()), reading.earlier(asked), notice);
    var frame = templates.frame("Talk to us", "", STYLES, List.of("begin.js"));
    return templates.page(status, "chat/start", frame, Map.of("beginning", beginning));
  }

  /// Opens a conversation for somebody of whom nothing is known, not even whether he was here
  /// before.
  private Answer begin(Asked asked) throws InterruptedException {
    var form = asked.form("campaign", "timeZone");
    String campaign = form.line("campaign", 64);
    String zone = form.optionalLine("timeZone", 64).filter(Reading::isZone).orElse("");
    var id = new ConversationId(asked.tenant(), "chat-" + name());
    ground.buyers().open(asked, Body.of(Opening.object(id.id(), campaign, zone), Opening.MEMBERS));
    awaitAnswer(id);
    return new Answer.Elsewhere("/chat/" + id.id(), ground.sessions().enter(asked.cookies(), id));
  }

  private Answer talk(Asked asked) {
    if (asked.csrf().isEmpty()) return entrance(asked);
    return talk(asked, 200, "", new Draft(name(), ""));
  }

  private Answer.Page talk(Asked asked, int status, String notice, Draft draft) {
    var talk = reading.talk(asked, 0, notice, draft);
    var frame = templates.frame("Talk to us", asked.csrf(), STYLES, List.of("chat.js"));
    return templates.page(status, "chat/talk", frame, Map.of("talk", talk));
  }

  /// For whoever comes by a link: its token is behind a `#`, which only the browser sees.
  private Answer entrance(Asked asked) {
    var frame = templates.frame("Your conversation", "", STYLES, List.of("enter.js"));
    return templates.page(403, "chat/entrance", frame, Map.of("id", asked.conversation().id()));
  }

  private Answer enter(Asked asked) {
    String token = asked.form("token").line("token", 200);
    return ground
        .sessions()
        .enter(asked.cookies(), asked.conversation(), token)
        .<Answer>map(Answer.Nothing::new)
        .orElseThrow(() -> Problem.of(403, "this link does not open this conversation"));
  }

  /// Tells the engine that the buyer is there: in a conversation that we began elsewhere nothing is
  /// said before.
  private Answer arrive(Asked asked) throws InterruptedException {
    var id = asked.conversation();
    ground.buyers().arrive(asked, CHANNEL);
    awaitAnswer(id);
    return new Answer.Elsewhere("/chat/" + id.id(), List.of());
  }

  /// Without a script. Words that cannot be taken now stay on the page, under the same id.
  private Answer say(Asked asked) throws InterruptedException {
    var form = asked.form("id", "text");
    try {
      ground.buyers().take(asked, form);
    } catch (Problem problem) {
      return talk(asked, problem.status, Reading.calmly(problem), kept(form, problem));
    }
    awaitAnswer(asked.conversation());
    return new Answer.Elsewhere("/chat/" + asked.conversation().id() + "#end", List.of());
  }

  /// What was sent under an id that stands for something else gets another one.
  private Draft kept(Body form, Problem problem) {
    String text = form.optionalText("text", ground.settings().bodyMaxBytes()).orElse("");
    var message = form.optionalText("id", 128).filter(_ -> problem.status != 409);
    return new Draft(message.orElseGet(this::name), text);
  }

  /// What has happened since, for a page that is open.
  private Answer news(Asked asked) {
    var talk = reading.talk(asked, asked.number("after", 0), "", new Draft(name(), ""));
    return templates.part("chat/news", Map.of("talk", talk, "csrf", asked.csrf()));
  }

  private void awaitAnswer(ConversationId id) throws InterruptedException {
    long until = ground.nanos().getAsLong() + ANSWER_MAX.toNanos();
    var rung = new Semaphore(0);
    try (var _ = ground.ports().engine().listen(id, rung::release)) {
      while (isBusy(id)) {
        long left = until - ground.nanos().getAsLong();
        if (left <= 0 || !rung.tryAcquire(left, TimeUnit.NANOSECONDS)) return;
        rung.drainPermits();
      }
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception unsubscribing) {
      throw new IllegalStateException("cannot stop listening", unsubscribing);
    }
  }

  private boolean isBusy(ConversationId id) {
    return ground.desk().find(id).map(known -> Moment.of(id, known.entries()).busy()).orElse(false);
  }

  private String name() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
