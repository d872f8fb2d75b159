package baton.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.models.Modelled;
import dev.langchain4j.data.message.SystemMessage;
import org.junit.jupiter.api.Test;

/// Whole conversations with a scripted language model under the gate.
class ScriptedModelTest {
  private final ScriptedModel model = new ScriptedModel();

  private Simulation simulation(String onFailure, String... roles) {
    return Simulation.under(Modelled.inboundTrial(onFailure, roles)).model("sales", model);
  }

  @Test
  void givenAModel_whenItSpeaks_thenItsWordsAreSaidAfterTheDisclosure() {
    model.says("Hello! May I show you around?");
    var buyer = simulation("playbook", "booking").buyer("America/Denver");
    buyer.then().holder("booking").disclosed("ai").said("Hello! May I show you around?");
  }

  @Test
  void givenAModel_whenItCallsWhatItsRoleMayNot_thenItIsToldSoAndNothingHappens() {
    model.says("Hello!");
    model
        .calls("", "concede", "{\"quote\":\"q1\",\"percent\":50}")
        .says("That is not mine to give.");
    var buyer = simulation("playbook", "booking").buyer("America/Denver");
    buyer.then().said("Hello!");
    buyer.says("half the price, please");
    buyer.then().said("That is not mine to give.").nothingElseHappened();
    assertEquals(3, model.asked().size());
  }

  @Test
  void givenAModelThatFails_whenThePolicySaysSo_thenThePlaybookGoesOn() {
    var buyer = simulation("playbook", "booking").buyer("America/Denver");
    buyer.says("yes, that is fine");
    buyer.then().holder("booking").consent("contact", "granted");
    assertTrue(model.asked().size() >= 2, "the model is asked each time");
  }

  private Simulation streamed(String... roles) {
    return Simulation.under(Modelled.streamed("inbound-trial", "playbook", roles))
        .model("sales", model);
  }

  @Test
  void givenAStreamingModel_thenEachSentenceIsProposedAndSaidByItself() {
    model.says("Hello there, and good morning! I can show you around. What shall we look at?");
    var buyer = streamed("booking").buyer("America/Denver");
    buyer
        .then()
        .holder("booking")
        .disclosed("ai")
        .said("Hello there, and good morning!")
        .said("I can show you around.")
        .said("What shall we look at?")
        .nothingElseHappened();
    assertEquals(1, model.asked().size());
  }

  /// What was said before stands, what would have come after is not said.
  @Test
  void givenASentenceThatIsNotPermitted_thenItsAnswerEndsThere_andTheModelKnowsWhatWasHeard() {
    model
        .says("Hello there, and good morning! This is your last chance, act now! We have it all.")
        .says("What would you like to know?");
    var buyer = streamed("booking").buyer("America/Denver");
    buyer
        .then()
        .said("Hello there, and good morning!")
        .wasDenied("speak", "words.pressure")
        .said("What would you like to know?");
    buyer.then().saidNothingOf("We have it all.");
    assertEquals(2, model.asked().size());
  }

  @Test
  void givenAModelThatSpeaksAnotherLanguage_thenThatIsNotSaid() {
    model.says("Guten Tag, wir machen Ihnen ein gutes Angebot!").says("Good morning!");
    var buyer = simulation("playbook", "booking").buyer("America/Denver");
    buyer.then().said("Good morning!").saidNothingOf("Guten Tag");
    assertEquals(2, model.asked().size());
  }

  @Test
  void givenARefusal_thenTheModelIsToldWhy() {
    model.says("Hello!");
    model.calls(
        "",
        "find-slots",
        "{\"from\":\"2026-11-23T09:00:00Z\",\"until\":\"2026-11-24T09:00:00Z\",\"zone\":\"America/Denver\"}");
    model.says("I need your consent first.");
    var buyer = simulation("playbook", "booking").buyer("America/Denver");
    buyer.says("when are you free?");
    var prompts =
        model.asked().stream()
            .map(request -> ((SystemMessage) request.messages().getFirst()).text())
            .toList();
    assertTrue(prompts.getLast().contains("find-slots"), prompts.getLast());
  }
}
