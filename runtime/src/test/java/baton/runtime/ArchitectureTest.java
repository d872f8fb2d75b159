package baton.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The arrows between modules never run back, and nothing is named after the fact that its author
/// found no name for it.
class ArchitectureTest {
  private static final JavaClasses BATON =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("baton");

  private static final Pattern NO_NAME =
      Pattern.compile(
          "(Abstract|Default|Base|Common|Core|Util|Helper|Manager)([A-Z].*)?"
              + "|.*(Util|Utils|Helper|Helpers|Manager|Common|Core|Impl)");

  private static final List<String> NO_PACKAGE =
      List.of("util", "utils", "helper", "helpers", "manager", "common", "core", "impl", "misc");

  @Test
  void everyModuleIsLookedAt() {
    for (var module : List.of("handoff", "agents", "persistence", "runtime")) {
      boolean seen =
          BATON.stream().anyMatch(type -> type.getPackageName().startsWith("baton." + module));
      assertEquals(true, seen, "no class of " + module + " was found");
    }
    assertFalse(BATON.contain(ArchitectureTest.class), "tests are not what is judged");
  }

  @Test
  void arrowsNeverRunBack() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("baton..")
        .layer("handoff")
        .definedBy("baton.handoff..")
        .layer("agents")
        .definedBy("baton.agents..")
        .layer("persistence")
        .definedBy("baton.persistence..")
        .layer("runtime")
        .definedBy("baton.runtime..")
        .whereLayer("runtime")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("agents")
        .mayOnlyBeAccessedByLayers("runtime")
        .whereLayer("persistence")
        .mayOnlyBeAccessedByLayers("runtime")
        .whereLayer("handoff")
        .mayOnlyBeAccessedByLayers("agents", "persistence", "runtime")
        .check(BATON);
  }

  @Test
  void agentsAndPersistenceDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("baton.agents..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("baton.persistence..")
        .check(BATON);
    noClasses()
        .that()
        .resideInAPackage("baton.persistence..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("baton.agents..")
        .check(BATON);
  }

  @Test
  void modulesHaveNoCycle() {
    slices().matching("baton.(*)..").should().beFreeOfCycles().check(BATON);
  }

  @Test
  void theKernelKnowsNoFrameworkNoDatabaseAndNoLogger() {
    noClasses()
        .that()
        .resideInAPackage("baton.handoff..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.pekko..",
            "com.fasterxml..",
            "org.slf4j..",
            "ch.qos.logback..",
            "io.micrometer..",
            "io.opentelemetry..",
            "java.sql..",
            "javax.sql..",
            "java.io..",
            "java.net..",
            "java.nio.file..",
            "java.util.logging..")
        .check(BATON);
  }

  @Test
  void metricsTracesAndTheLayoutOfTheLogAreMadeInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage("baton.runtime.observe..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ch.qos.logback..", "io.micrometer..", "io.opentelemetry..")
        .check(BATON);
  }

  @Test
  void agentsReachNoDatabase() {
    noClasses()
        .that()
        .resideInAPackage("baton.agents..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
        .check(BATON);
  }

  @Test
  void everythingHasANameOfItsOwn() {
    classes().should(haveAName()).check(BATON);
  }

  private static com.tngtech.archunit.lang.ArchCondition<JavaClass> haveAName() {
    return com.tngtech.archunit.lang.ArchCondition.from(
        DescribedPredicate.describe(
            "be called after what it is about",
            type ->
                !NO_NAME.matcher(type.getSimpleName()).matches()
                    && Arrays.stream(type.getPackageName().split("\\."))
                        .noneMatch(NO_PACKAGE::contains)));
  }
}
