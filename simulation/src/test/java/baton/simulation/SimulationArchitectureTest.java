package baton.simulation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What makes a simulated conversation the same every time.
class SimulationArchitectureTest {
  private static final JavaClasses BATON =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("baton");

  @Test
  void nothingThatShipsKnowsTheSimulation() {
    noClasses()
        .that()
        .resideOutsideOfPackage("baton.simulation..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("baton.simulation..")
        .check(BATON);
  }

  @Test
  void theWorldReadsNoClockAndNoChanceAndStartsNoThread() {
    // Torture happens to real processes, in real time.
    var world =
        noClasses()
            .that()
            .resideInAPackage("baton.simulation..")
            .and()
            .resideOutsideOfPackage("baton.simulation.torture..");
    world.should().callMethod(Instant.class, "now").check(BATON);
    world.should().callMethod(System.class, "nanoTime").check(BATON);
    world.should().callMethod(System.class, "currentTimeMillis").check(BATON);
    world.should().callMethod(UUID.class, "randomUUID").check(BATON);
    world.should().dependOnClassesThat().areAssignableTo(Thread.class).check(BATON);
    world.should().dependOnClassesThat().resideInAPackage("org.apache.pekko..").check(BATON);
  }
}
