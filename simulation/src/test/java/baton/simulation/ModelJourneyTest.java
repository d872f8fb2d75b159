package baton.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.policy.PolicyDocument;
import baton.runtime.models.Modelled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A sale from the first word to the order, led by a language model in all three roles. Written
/// anew with `-Drewrite=true`.
class ModelJourneyTest {
  private static final Path FOLDER = Path.of("src/test/resources/journeys");
  private static final String[] ROLES = {"booking", "transfer", "closing"};

  @Test
  void givenAModelThatIsWaitedFor_thenTheWholeJourneyIsAsWritten() throws IOException {
    golden("model.txt", sold(Modelled.inboundTrial("playbook", ROLES)));
  }

  @Test
  void givenAModelThatStreams_thenTheWholeJourneyIsAsWritten() throws IOException {
    golden("model-streamed.txt", sold(Modelled.streamed("inbound-trial", "playbook", ROLES)));
  }

  private static String sold(PolicyDocument policy) {
    var model = new LeadingModel();
    var buyer = Simulation.under(policy).model("sales", model).buyer("America/Denver");
    buyer.says("yes, of course");
    buyer.says("yes, the team plan, please");
    buyer.says("12 of us");
    buyer.says("yes, please");
    return buyer.transcript();
  }

  private static void golden(String name, String transcript) throws IOException {
    var file = FOLDER.resolve(name);
    if (Boolean.getBoolean("rewrite")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, transcript);
    }
    assertEquals(Files.readString(file), transcript);
  }
}
