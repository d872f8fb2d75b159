package baton.persistence.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.persistence.db.LocalServer;
import baton.persistence.db.TestDatabase;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;
import org.apache.pekko.persistence.japi.snapshot.JavaSnapshotStoreSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scalatest.Args;
import org.scalatest.Args$;
import org.scalatest.Suite;
import org.scalatest.events.Event;
import org.scalatest.events.TestFailed;
import org.scalatest.events.TestSucceeded;
import scala.Option;

/// What Pekko asks of every journal and every snapshot store, by its own tests.
@ExtendWith(TestDatabase.class)
class PekkosSpecificationTest {
  private final Config config;

  PekkosSpecificationTest(LocalServer server) {
    var login =
        Map.of("url", server.jdbcUrl(), "user", server.user(), "password", server.password());
    config =
        ConfigFactory.parseString(
                """
                pekko.persistence.journal.plugin = baton-journal
                pekko.persistence.snapshot-store.plugin = baton-snapshots
                baton-journal.class = "%s"
                baton-snapshots.class = "%s"
                """
                    .formatted(PgWriteJournal.class.getName(), PgSnapshotStore.class.getName()))
            .withFallback(
                ConfigFactory.empty()
                    .withValue("baton-journal", ConfigValueFactory.fromMap(login))
                    .withValue("baton-snapshots", ConfigValueFactory.fromMap(login)));
  }

  private static final class OfJournals extends JavaJournalSpec {
    private static final long serialVersionUID = 1L;

    OfJournals(Config config) {
      super(config);
    }

    /// What cannot be written is an error here, and the actor starts anew.
    @Override
    public CapabilityFlag supportsRejectingNonSerializableObjects() {
      return CapabilityFlag.off();
    }
  }

  private static final class OfSnapshots extends JavaSnapshotStoreSpec {
    private static final long serialVersionUID = 1L;

    OfSnapshots(Config config) {
      super(config);
    }
  }

  @Test
  void aJournalDoesAllThatPekkoAsksButDeleting() {
    var told = told(new OfJournals(config));

    assertEquals(
        Set.of(
            "A journal must not replay permanently deleted messages (range deletion)",
            "A journal must not reset highestSequenceNr after message deletion",
            "A journal must not reset highestSequenceNr after journal cleanup"),
        told.failed);
    assertTrue(told.succeeded.size() >= 8, told.succeeded.toString());
  }

  @Test
  void aSnapshotStoreDoesAllThatPekkoAsks() {
    var told = told(new OfSnapshots(config));

    assertEquals(Set.of(), told.failed);
    assertTrue(told.succeeded.size() >= 10, told.succeeded.toString());
  }

  private record Told(Set<String> failed, List<String> succeeded) {}

  private static Told told(Suite suite) {
    var told = new Told(new TreeSet<>(), new ArrayList<>());
    var usual = Args$.MODULE$;
    var args =
        new Args(
            event -> heard(told, event),
            usual.apply$default$2(),
            usual.apply$default$3(),
            usual.apply$default$4(),
            usual.apply$default$5(),
            usual.apply$default$6(),
            usual.apply$default$7(),
            usual.apply$default$8(),
            usual.apply$default$9(),
            usual.apply$default$10());
    suite.run(Option.empty(), args).waitUntilCompleted();
    return told;
  }

  private static void heard(Told told, Event event) {
    switch (event) {
      case TestFailed failed -> told.failed.add(failed.testName());
      case TestSucceeded succeeded -> told.succeeded.add(succeeded.testName());
      default -> {}
    }
  }
}
