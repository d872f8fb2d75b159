package baton.handoff;

import static baton.handoff.Vocabulary.ask;
import static baton.handoff.Vocabulary.askConsent;
import static baton.handoff.Vocabulary.book;
import static baton.handoff.Vocabulary.choice;
import static baton.handoff.Vocabulary.close;
import static baton.handoff.Vocabulary.commit;
import static baton.handoff.Vocabulary.concede;
import static baton.handoff.Vocabulary.crm;
import static baton.handoff.Vocabulary.disclose;
import static baton.handoff.Vocabulary.findSlots;
import static baton.handoff.Vocabulary.handOff;
import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.product;
import static baton.handoff.Vocabulary.quote;
import static baton.handoff.Vocabulary.reads;
import static baton.handoff.Vocabulary.seats;
import static baton.handoff.Vocabulary.signal;
import static baton.handoff.Vocabulary.speak;
import static baton.handoff.Vocabulary.stop;
import static baton.handoff.Vocabulary.toHuman;
import static baton.handoff.Vocabulary.vague;
import static baton.handoff.Vocabulary.withdraw;
import static baton.handoff.Vocabulary.words;
import static baton.handoff.Vocabulary.yes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.action.Action;
import baton.handoff.fact.Consent.State;
import baton.handoff.fact.Signal;
import baton.handoff.port.Claims.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Whole journeys as readable text, compared whole. `-Drewrite` writes them anew; review the diff.
class TranscriptTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "transcripts");

  private static void compare(String name, String title, Story story) throws IOException {
    var file = FOLDER.resolve(name + ".txt");
    var text = Transcript.of(title, story);
    if (System.getProperty("rewrite") != null) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertEquals(Files.readString(file), text);
  }

  private static Story consents(Story story, String purpose) {
    return beat(beat(story.answers(askConsent(purpose))).carriesOut())
        .hears("yes-" + purpose, yes());
  }

  private static Story beat(Story story) {
    return story.passes(Duration.ofSeconds(2));
  }

  private static Story booked() {
    var story = beat(Story.opened()).answers(disclose(), ask("wish")).carriesOut();
    beat(story).hears("hello", product("team"));
    beat(consents(beat(story), "contact"));
    story
        .answers(reads("contact", State.GRANTED, story.hearing()), findSlots(), ask("slot"))
        .carriesOut();
    beat(story).answers();
    beat(story).hears("second", choice(2));
    beat(story).answers(book(), ask("meeting")).carriesOut();
    beat(story).answers();
    beat(story).hears("right", yes());
    return story;
  }

  private static Story passedOn() {
    var story = beat(consents(beat(booked()), "data-use"));
    story.answers(reads("data-use", State.GRANTED, story.hearing()), handOff(Role.TRANSFER));
    return beat(story);
  }

  @Test
  void aHappyJourneyThroughThreeRoles() throws IOException {
    var story = beat(passedOn().accepts());
    story.answers(disclose(), crm(), speak(), handOff(Role.CLOSING)).carriesOut();
    beat(beat(story).accepts()).answers(disclose(), speak(), ask("seats")).carriesOut();
    beat(story).hears("twenty", seats(20));
    beat(story).answers(quote(20), speak()).carriesOut();
    beat(story).answers();
    beat(story).hears("expensive", signal(Signal.ASK_DISCOUNT));
    beat(story).answers(concede(10), new Action.RequestCommitment("q1", words())).carriesOut();
    beat(story).answers();
    beat(story).hears("deal", yes());
    beat(story).answers(commit(27_000), crm(), line("goodbye"), close()).carriesOut();
    compare("happy-journey", "A buyer books, is passed on twice, and orders", story);
  }

  @Test
  void aVagueAnswerIsNotAConsent() throws IOException {
    var story = beat(Story.opened()).answers(disclose(), askConsent("contact")).carriesOut();
    beat(story).hears("i-guess", yes(), vague());
    beat(story).answers(reads("contact", State.GRANTED, story.hearing()), book());
    beat(story).answers(reads("contact", State.UNCLEAR, story.hearing()), askConsent("contact"));
    beat(story).carriesOut();
    compare("vague-consent", "A vague answer is not a consent", story);
  }

  @Test
  void aConsentIsTakenBack() throws IOException {
    var story = beat(Story.opened()).answers(disclose(), askConsent("contact")).carriesOut();
    beat(story).hears("sure", yes(), choice(2));
    beat(story).answers(reads("contact", State.GRANTED, story.hearing()), book());
    beat(story).hears("no-wait", withdraw("contact")).unclaimed(Reason.AUTHORITY_MOVED);
    beat(story).answers(book());
    compare("withdrawn-consent", "A consent is taken back while a booking is on its way", story);
  }

  @Test
  void aHandOffIsRefused() throws IOException {
    var story = passedOn();
    story.when(story.reply(false));
    beat(story).answers(speak()).carriesOut();
    compare("refused-hand-off", "A hand-off is refused and the conversation returns", story);
  }

  @Test
  void aConcessionBeyondTheLimitIsApproved() throws IOException {
    var story = beat(Story.quoted()).hears("cheaper", signal(Signal.ASK_DISCOUNT));
    beat(story).answers(concede(20), speak()).carriesOut();
    beat(story).answers();
    long approval = story.live().work().approvals().firstKey();
    beat(story).when(new Command.Resolve(approval, "lea", true, "a good customer")).carriesOut();
    compare("approved-concession", "A concession beyond the role's right is approved", story);
  }

  @Test
  void aConcessionBeyondTheLimitIsNotApproved() throws IOException {
    var story = beat(Story.quoted()).hears("cheaper", signal(Signal.ASK_DISCOUNT));
    beat(story).answers(concede(20)).carriesOut();
    beat(story).answers();
    long approval = story.live().work().approvals().firstKey();
    beat(story).when(new Command.Resolve(approval, "lea", false, "not this quarter"));
    beat(story).answers(concede(26)).hears("please");
    beat(story).answers(concede(20)).carriesOut().answers();
    story.passes(Duration.ofMinutes(10)).wakes();
    compare(
        "unapproved-concession", "A concession is rejected, impossible, and never answered", story);
  }

  @Test
  void anAnswerComesTooLate() throws IOException {
    var story = beat(Story.disclosed()).hears("first");
    var late = story.answer(speak(), findSlots());
    beat(story).hears("second", product("pro"));
    beat(story).when(late);
    beat(story).answers(speak()).carriesOut();
    compare("stale-answer", "The holder answers a question that is no longer asked", story);
  }

  @Test
  void theBuyerOptsOut() throws IOException {
    var story = beat(Story.disclosed()).hears("first").answers(speak());
    beat(story).hears("stop-it", stop()).unclaimed(Reason.AUTHORITY_MOVED);
    beat(story).carriesOut();
    compare("opt-out", "The buyer wants to be left alone", story);
  }

  @Test
  void aPersonTakesOverAndHandsBack() throws IOException {
    var story = beat(Story.disclosed()).hears("a-person-please", signal(Signal.WANT_HUMAN));
    beat(story).answers(toHuman()).settles(Outcome.confirmed()).carriesOut();
    beat(story).when(new Command.TakeOver("ann"));
    beat(story).when(new Command.Say("h1", "b1", "ann", words())).carriesOut();
    beat(story).hears("thanks");
    beat(story).when(new Command.HandBack("ann"));
    beat(beat(story).accepts()).answers(speak());
    beat(story).answers(disclose(), speak()).carriesOut();
    compare("people", "A person takes the conversation over and hands it back", story);
  }

  @Test
  void theEngineGoesDownInBetween() throws IOException {
    var story = beat(Story.disclosed()).hears("first", product("team"));
    beat(story).answers(findSlots(), speak());
    restart(story, Reason.INTERRUPTED);
    beat(story).settles(new Outcome.Unknown("timeout"));
    beat(story).answers(findSlots());
    var lookUp = Step.owedAfterRestart(story.state()).getFirst();
    if (!(lookUp instanceof Call.LookUp(var permit, var action))) throw new AssertionError(lookUp);
    var known = Outcome.confirmed(Story.tools(action));
    beat(story).when(story.settle(permit, known));
    compare("crash", "The engine goes down with a permit on its way", story);
  }

  /// What a shell does first: it concludes what may have been claimed, and nobody has.
  private static void restart(Story story, Reason reason) {
    for (var call : Step.owedAfterRestart(story.passes(Duration.ofSeconds(5)).state())) {
      if (call instanceof Call.Conclude(var permit, _)) {
        story.when(new Command.Unclaimed(permit.id(), reason));
      }
    }
  }
}
