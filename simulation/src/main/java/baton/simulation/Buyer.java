package baton.simulation;

import static java.util.stream.Collectors.toSet;

import baton.handoff.Approval;
import baton.handoff.Command;
import baton.handoff.Command.Leave.How;
import baton.handoff.ConversationId;
import baton.handoff.State;
import baton.handoff.Step;
import baton.handoff.action.Words;
import baton.handoff.policy.PolicyDocument;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One buyer's side of one conversation, and what an operator does in it.
public final class Buyer {
  private static final Duration A_MOMENT = Duration.ofSeconds(20);
  private static final int SURE = 100;

  private final World world;
  private final String campaign;
  private final ConversationId id;
  private final Story story;
  private int messages;

  private Buyer(World world, String campaign, ConversationId id) {
    this.world = world;
    this.campaign = campaign;
    this.id = id;
    this.story = new Story(world, id);
  }

  static Buyer opened(World world, String campaign, ConversationId id, Command.Open open) {
    var buyer = new Buyer(world, campaign, id);
    buyer.tell(open);
    return buyer;
  }

  /// Twenty seconds later the buyer has typed this, and whatever follows has happened.
  public Buyer says(String text) {
    return isTranscribed(text, SURE);
  }

  /// The same, heard by a machine that is not sure of it.
  ///
  /// @param confidence in percent
  public Buyer isTranscribed(String text, int confidence) {
    world.pass(A_MOMENT);
    var policy = policy();
    var subject = subject();
    var signals =
        world
            .interpreter(policy)
            .buyer(
                text,
                world.now(),
                zone(policy),
                span -> world.vault().seal(World.TENANT, subject, "identity", span));
    var message = "m" + ++messages;
    var sealed = world.vault().seal(World.TENANT, subject, "transcript", text);
    tell(new Command.Hear(message, sealed.digest(), sealed, signals, confidence));
    return this;
  }

  /// The buyer says nothing for so long.
  public Buyer staysSilent(Duration duration) {
    world.pass(duration);
    return this;
  }

  /// The buyer is not there any more, and comes back with the next word.
  public Buyer hangsUp() {
    tell(new Command.Leave(How.HUNG_UP));
    return this;
  }

  /// It was a machine all along that was talked to in this contact, says the channel.
  public Buyer reachesVoicemail() {
    tell(new Command.Leave(How.VOICEMAIL));
    return this;
  }

  /// An operator takes the conversation over.
  public Buyer isTakenOverBy(String operator) {
    tell(new Command.TakeOver(operator));
    return this;
  }

  /// The operator who has it says something, under the same gate.
  public Buyer hearsOperator(String operator, String text) {
    var sealed = world.vault().seal(World.TENANT, subject(), "transcript", text);
    var words = new Words.Own(sealed, world.interpreter(policy()).agent(text));
    tell(new Command.Say("o" + ++messages, sealed.digest(), operator, words));
    return this;
  }

  public Buyer isHandedBackBy(String operator) {
    tell(new Command.HandBack(operator));
    return this;
  }

  /// A right-holder says yes to what waits for one.
  ///
  /// @throws AssertionError where nothing waits
  public Buyer isGrantedBy(String operator) {
    return resolved(operator, true);
  }

  /// A right-holder says no to what waits for one.
  ///
  /// @throws AssertionError where nothing waits
  public Buyer isRefusedBy(String operator) {
    return resolved(operator, false);
  }

  private Buyer resolved(String operator, boolean approves) {
    var open =
        world.state(id) instanceof State.Live live
            ? live.work().approvals().keySet().stream().findFirst()
            : Optional.<Long>empty();
    if (open.isEmpty()) throw new AssertionError("nothing waits for approval\n" + transcript());
    tell(new Command.Resolve(open.get(), operator, approves, "for a test"));
    return this;
  }

  /// What is to be said of everything that happened since the last call of this.
  public Then then() {
    return new Then(story, story.since());
  }

  /// The whole, with every verdict: what a failure prints.
  public String transcript() {
    return story.all();
  }

  /// This conversation as one of a batch, as far as it has come.
  ///
  /// @param number from 1, unique within the batch
  /// @param unmet the expectations that were not met, in words
  public Played played(String scenario, int number, List<String> unmet) {
    return new Played(scenario, number, world.entries(id), story.timeline(), unmet);
  }

  /// The same as data, each with its virtual time.
  public List<Played.Timed> timeline() {
    return story.timeline();
  }

  public boolean isClosed() {
    return world.state(id) instanceof State.Closed;
  }

  /// Who has the conversation now: a role, `human`, or `nobody`.
  public String holder() {
    return story.holder();
  }

  /// The topic of the question that the buyer was asked last, or empty.
  public String question() {
    return story.known().map(State.Known::question).orElse("");
  }

  /// The rights that something waits for now.
  public Set<String> waits() {
    return world.state(id) instanceof State.Live live
        ? live.work().approvals().values().stream().map(Approval::right).collect(toSet())
        : Set.of();
  }

  /// What is known, as it is shown.
  public Optional<String> fact(String name) {
    return story.fact(name).map(Story::shown);
  }

  /// @return `granted`, `refused`, `withdrawn`, `unclear`, or `unknown`
  public String consent(String purpose) {
    return story
        .known()
        .map(known -> known.consents().get(purpose))
        .map(consent -> Story.lower(consent.state()))
        .orElse("unknown");
  }

  private void tell(Command command) {
    if (world.tell(id, command) instanceof Step.Rejected(_, var detail)) {
      throw new AssertionError("the engine refused: " + detail + "\n" + transcript());
    }
  }

  private PolicyDocument policy() {
    return world.policies().active(World.TENANT, campaign).orElseThrow();
  }

  private String subject() {
    return opened().opening().buyer().subject();
  }

  /// What the buyer said last, else what the browser told, else the seller's.
  private ZoneId zone(PolicyDocument policy) {
    var said = opened().known().facts().get("time-zone");
    if (said != null) return ZoneId.of(said.value().shown());
    var given = opened().opening().buyer().zone();
    return given.isEmpty() ? policy.policy().zone() : ZoneId.of(given);
  }

  private State.Live opened() {
    return switch (world.state(id)) {
      case State.Live live -> live;
      case State.Closed(var last, _) -> last;
      case State.Blank _ -> throw new IllegalStateException("nothing has happened yet");
    };
  }
}
