package baton.runtime;

import baton.agents.Rows;
import baton.agents.model.Chat;
import baton.handoff.ConversationId;
import baton.handoff.Step;
import baton.handoff.action.Canonical;
import baton.handoff.agent.AgentEvent;
import baton.handoff.fact.Money;
import baton.handoff.fact.Sealed;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Interpreter;
import baton.handoff.port.Policies;
import baton.handoff.port.Tool;
import baton.persistence.audit.CheckpointKey;
import baton.persistence.audit.CheckpointWriter;
import baton.persistence.codec.AgentLink;
import baton.persistence.codec.Chained;
import baton.persistence.codec.JournalCodec;
import baton.persistence.db.Database;
import baton.persistence.db.Mirror;
import baton.persistence.db.PgClaims;
import baton.persistence.db.PgControls;
import baton.persistence.db.PgConversations;
import baton.persistence.db.PgEndedSessions;
import baton.persistence.db.PgJournal;
import baton.persistence.db.PgPolicies;
import baton.persistence.db.PgStandings;
import baton.persistence.vault.ErasureFile;
import baton.persistence.vault.Erasures;
import baton.persistence.vault.MasterKey;
import baton.persistence.vault.Personal;
import baton.persistence.vault.TinkVault;
import baton.runtime.audit.CheckpointRounds;
import baton.runtime.cluster.Certificates;
import baton.runtime.cluster.Membership;
import baton.runtime.contacts.ContactBook;
import baton.runtime.http.Api;
import baton.runtime.http.Ports;
import baton.runtime.http.PublicLinks;
import baton.runtime.http.Sessions;
import baton.runtime.http.Tokens;
import baton.runtime.interpreter.LexiconInterpreter;
import baton.runtime.models.AtStart;
import baton.runtime.models.ModelProvider;
import baton.runtime.models.Models;
import baton.runtime.observe.Metrics;
import baton.runtime.observe.Surroundings;
import baton.runtime.observe.Traces;
import baton.runtime.observe.WatchedChat;
import baton.runtime.observe.WatchedTool;
import baton.runtime.outreach.Invitation;
import baton.runtime.outreach.Outreach;
import baton.runtime.outreach.Sealing;
import baton.runtime.outreach.Ticker;
import baton.runtime.outside.OutsideTools;
import baton.runtime.outside.PermitKey;
import baton.runtime.outside.Servers;
import baton.runtime.pages.Pages;
import baton.runtime.pages.console.Console;
import baton.runtime.tools.Calendar;
import baton.runtime.tools.Crm;
import baton.runtime.tools.Effects;
import baton.runtime.tools.Equipment;
import baton.runtime.tools.HumanQueue;
import baton.runtime.tools.Invitations;
import baton.runtime.tools.OrderBook;
import baton.runtime.tools.Post;
import baton.runtime.tools.PriceBook;
import baton.runtime.tools.Sales;
import baton.runtime.tools.ToolProvider;
import baton.runtime.view.PgOpenApprovals;
import baton.runtime.view.PgRoster;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import javax.sql.DataSource;

/// One running engine: everything wired together, started in order and stopped in the reverse.
public final class Node implements AutoCloseable {
  public static final String VERSION = "0.1.0-SNAPSHOT";
  private static final int CONTROLS_CONNECTIONS = 2;
  private static final Duration STOP_MAX = Duration.ofSeconds(10);
  private static final Duration ERASURES_EVERY = Duration.ofSeconds(2);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Membership membership;
  private final Ports ports;
  private final String host;
  private final Api.Bound bound;

  /// @throws baton.persistence.db.Unusable where it cannot start, in one line that says what to do
  public static Node start(Settings settings, Storage storage) {
    return new Node(settings, storage);
  }

  private Node(Settings settings, Storage storage) {
    host = settings.http().host();
    JournalCodec.setUp();
    try {
      var database = storage.database();
      var clock = InstantSource.system();
      var source = database.source();
      var metrics = closing(new Metrics(System::nanoTime));
      closing(new Surroundings(metrics, database));
      var traces = closing(settings.watching().traces().map(Traces::to).orElseGet(Traces::off));
      var quiet = closing(ofControls(storage));
      var mirror = closing(new Mirror(quiet, settings.mirrorEvery()));
      var policies = new PgPolicies(source, mirror, PoliciesAtStart::stored);
      var atStart = new PoliciesAtStart(policies);
      if (!settings.cluster().join().isEmpty()) atStart.mustBeReadable();
      atStart.activateSamples();
      var controls = new PgControls(quiet, mirror, JournalCodec::outcome);
      var claims = new PgClaims(database.claims(), JournalCodec::toJson, JournalCodec::outcome);
      mustHaveKeys(settings);
      var erased = ErasureFile.in(settings.data());
      var vault =
          new TinkVault(
              source, MasterKey.load(settings.keys()), erasure -> erased.keep(List.of(erasure)));
      eraseAgain(source, erased);
      // With a thread of its own: a disk that hangs keeps nobody from seeing a pause.
      Erasures.note(closing(new Mirror(source, ERASURES_EVERY)), erased);
      var effects = new Effects(source, JournalCodec::toJson, JournalCodec::outcome);
      var humans = new HumanQueue(effects, clock, settings.presence());
      var tokens = Tokens.in(settings.keys());
      var links = new PublicLinks(() -> settings.publicUrl().orElseGet(this::ownAddress), tokens);
      var mail = settings.mail().mail(settings.data(), settings.letterTimeout(), clock);
      var calendar = new Calendar(effects);
      calendar.staff(ConversationId.DEFAULT_TENANT, settings.sellers());
      var post = new Post(effects, mail);
      var prices = new PriceBook(effects, settings.prices(), effect -> currency(policies, effect));
      var sales =
          new Sales(
              prices,
              new OrderBook(effects),
              new Crm(effects, JournalCodec::toJson, JournalCodec::value),
              humans);
      var equipment =
          new Equipment(
              settings.tools(),
              Map.of(
                  "calendar",
                  calendar,
                  "prices",
                  sales.prices(),
                  "orders",
                  sales.orders(),
                  "crm",
                  sales.crm(),
                  "invitation",
                  new Invitations(effects, post, settings.mail().from(), vault::open),
                  "contact",
                  new Invitation(post, policies, vault, links),
                  "queue",
                  humans),
              ServiceLoader.load(ToolProvider.class));
      var permitKey = PermitKey.load(settings.keys());
      var servers =
          closing(Servers.of(settings.servers(), permitKey, settings.publicUrl().orElse("baton")));
      var tools = new OutsideTools(equipment.toolbox(), policies, servers, vault);
      var models = closing(Models.of(settings.models(), ServiceLoader.load(ModelProvider.class)));
      Function<String, Chat> chats =
          name -> new WatchedChat(name, models.chat(name), metrics, traces);
      var blocking = virtualThreads();
      var standings = new PgStandings(mirror);
      var board = new Board(controls, standings, policies, equipment.operators(humans), clock);
      var conversations = new PgConversations(source);
      var wakes = new Wakes(conversations, clock);
      // What is handed over on the way out is noted too.
      open.push(wakes::flush);
      var checkpointKey = CheckpointKey.load(settings.keys());
      membership =
          closing(
              Membership.join(
                  journal(storage),
                  database,
                  settings.cluster(),
                  certificates(settings, clock),
                  settings.data(),
                  settings.keys(),
                  VERSION,
                  clock));
      BooleanSupplier halted = () -> membership.trouble().isPresent();
      var batcher = closing(new ClaimBatcher(claims, halted, metrics, traces));
      batcher.start();
      var journal = new PgJournal(source);
      var approvals = new PgOpenApprovals(source);
      var interpreters = remembered(document -> new LexiconInterpreter(document.lexicon()));
      var casting =
          new PolicyCasting(
              new PlaybookCasting(), chats, PluggedAgents.onClassPath(), tools, clock);
      var dispatcher =
          new Dispatcher(
              batcher,
              claims,
              new WatchedTool(tools, metrics, traces),
              Canonical::json,
              blocking,
              settings.toolTimeout(),
              Dispatcher.Later.on(blocking));
      var services =
          new Services(
              board,
              batcher,
              dispatcher,
              new Shell(board, dispatcher, casting, Step::take),
              wakes,
              (id, after, limit) ->
                  journal.rows(id, after, limit).stream()
                      .map(row -> new Engine.Numbered(row.number(), row.link().entry()))
                      .toList(),
              new Listeners(),
              approvals,
              humans,
              (id, subject, policy) ->
                  new SealingDesk(id, subject, vault, interpreters.apply(policy)),
              new AgentRows(membership::format),
              membership::format,
              blocking,
              halted,
              metrics,
              traces);
      var engine =
          closing(
              new PekkoEngine(
                  membership,
                  services,
                  conversations,
                  journal::highest,
                  clock,
                  settings.http().engineTimeout()));
      controls.onChange(engine::controlsChanged);
      engine.start();
      blocking.execute(() -> atStart.warnOfUnfilled());
      blocking.execute(() -> AtStart.ask(models, atStart.active()));
      blocking.execute(
          () -> baton.runtime.outside.AtStart.ask(servers, atStart.active(), tools.kinds()));
      var outreach = new Outreach(source, sealing(vault), vault, clock, settings::outreachLacks);
      ports =
          new Ports(
              engine,
              claims,
              controls,
              policies,
              conversations,
              vault,
              humans,
              approvals,
              outreach,
              sales,
              new ContactBook(sales.crm(), sealing(vault), vault, clock),
              interpreters,
              permitKey.published(),
              ended(new PgEndedSessions(source, mirror)));
      bound =
          new Api(
                  membership.system(),
                  ports,
                  tokens,
                  settings.http(),
                  clock,
                  System::nanoTime,
                  metrics,
                  traces,
                  new Pages(new Console(new PgRoster(source), metrics::byCheck)))
              .bind()
              .toCompletableFuture()
              .get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
      open.push(
          () -> bound.close(Duration.ofSeconds(1)).toCompletableFuture().get(5, TimeUnit.SECONDS));
      closing(new Ticker())
          .start(
              outreach.planner(
                  engine, policies, controls, standings, settings.http().engineTimeout()),
              membership::leads);
      checkpoints(settings, source, checkpointKey, clock);
      membership.serves(ownAddress());
    } catch (Exception failed) {
      close();
      throw Startup.failure(failed);
    }
  }

  /// Whoever pauses, and whoever looks whether somebody has, waits for nobody else's connection.
  private static HikariDataSource ofControls(Storage storage) {
    return Database.pool(
        "baton-controls",
        storage.url(),
        storage.user(),
        storage.password(),
        CONTROLS_CONNECTIONS,
        0);
  }

  private void checkpoints(
      Settings settings, DataSource source, CheckpointKey key, InstantSource clock) {
    var folder = settings.data().resolve("checkpoints");
    var writer = new CheckpointWriter(source, folder, key, clock);
    closing(new CheckpointRounds(writer, folder, settings.checkpoints()))
        .start(settings.checkpoints(), membership::leads);
  }

  /// The one in which the role may quote.
  private static Optional<String> currency(Policies policies, Tool.Effect effect) {
    return policies
        .active(effect.conversation().tenant(), effect.campaign())
        .map(document -> document.policy().mandates().get(effect.role()))
        .flatMap(mandate -> mandate.scope().priceTo())
        .map(Money::currency);
  }

  private String ownAddress() {
    return "http://" + host + ":" + port();
  }

  private static Sealing sealing(TinkVault vault) {
    return new Sealing() {
      @Override
      public List<String> subjects(String tenant, List<String> buyers) {
        return vault.subjects(tenant, buyers);
      }

      @Override
      public List<Optional<Sealed>> seal(String tenant, String purpose, List<Personal> texts) {
        return vault.seal(tenant, purpose, texts);
      }
    };
  }

  /// Completes when it is a node of its cluster no more, by its own will or the others'.
  public CompletionStage<?> left() {
    return membership.left();
  }

  /// Why it must not come back once it has left, where it must not.
  public Optional<String> refusal() {
    return membership.refusal();
  }

  /// The port it listens on.
  public int port() {
    return bound.address().getPort();
  }

  /// Where other nodes reach it, `HOST:PORT`.
  public String clusterAddress() {
    return membership.address();
  }

  /// What the doors stand on.
  public Ports ports() {
    return ports;
  }

  private <C extends AutoCloseable> C closing(C part) {
    open.push(part);
    return part;
  }

  private ExecutorService virtualThreads() {
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    open.push(threads::shutdownNow);
    return threads;
  }

  /// A node that joins with keys of its own making could read nothing that the others sealed.
  private static void mustHaveKeys(Settings settings) {
    if (settings.cluster().join().isEmpty()) return;
    if (!Files.exists(settings.keys().resolve("master-key"))) {
      throw new IllegalStateException(
          "a node that joins needs the keys of the others: name the folder that has them with"
              + " --keys");
    }
  }

  /// A database that was put back from a copy has keys again that were destroyed since.
  private static void eraseAgain(DataSource database, ErasureFile erased) {
    var applied = Erasures.apply(database, erased.erasures());
    if (applied.erasures() == 0) return;
    Startup.LOG.warn(
        "the database has forgotten erasures that this node has noted: applied again: {}, keys"
            + " destroyed: {}",
        applied.erasures(),
        applied.keys());
  }

  private static Sessions.Ended ended(PgEndedSessions sessions) {
    return new Sessions.Ended() {
      @Override
      public boolean has(String mark) {
        return sessions.has(mark);
      }

      @Override
      public void end(String mark, Instant now, Instant until) {
        sessions.end(mark, now, until);
      }
    };
  }

  private static Certificates certificates(Settings settings, InstantSource clock) {
    return Certificates.of(
        settings.cluster().tls(), settings.keys(), settings.data(), clock.instant());
  }

  private static Config journal(Storage storage) {
    var login =
        Map.of("url", storage.url(), "user", storage.user(), "password", storage.password());
    return ConfigFactory.empty()
        .withValue("baton-journal", ConfigValueFactory.fromMap(login))
        .withValue("baton-snapshots", ConfigValueFactory.fromMap(login));
  }

  /// One for each policy: a lexicon is compiled once.
  private static Function<PolicyDocument, Interpreter> remembered(
      Function<PolicyDocument, Interpreter> make) {
    var made = new ConcurrentHashMap<String, Interpreter>();
    return document -> made.computeIfAbsent(document.policy().hash(), _ -> make.apply(document));
  }

  private record AgentRows(IntSupplier format) implements Rows<AgentLink> {
    @Override
    public String first() {
      return Chained.FIRST;
    }

    @Override
    public AgentLink row(String previousHash, AgentEvent event) {
      return AgentLink.of(format.getAsInt(), previousHash, event);
    }

    @Override
    public AgentEvent event(AgentLink row) {
      return row.event();
    }

    @Override
    public String hash(AgentLink row) {
      return row.hash();
    }
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception closing) {
        Startup.LOG.warn("could not stop cleanly: {}", closing.getClass().getName());
      }
    }
  }
}
