package baton.handoff;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The kernel stays pure: no clock, no chance, no thread, no logger and nothing outside.
class HandoffArchitectureTest {
  private static final JavaClasses KERNEL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("baton.handoff");

  private static void check(ArchRule rule) {
    rule.check(KERNEL);
  }

  @Test
  void thereIsAKernelToLookAt() {
    check(
        classes().that().haveFullyQualifiedName(Conversation.class.getName()).should().bePublic());
  }

  @Test
  void nothingBeyondJavaBaseIsUsed() {
    check(
        classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "baton.handoff..",
                "java.lang",
                "java.lang.annotation",
                "java.lang.invoke",
                "java.lang.reflect",
                "java.lang.runtime",
                "java.nio.charset",
                "java.security",
                "java.time..",
                "java.util",
                "java.util.concurrent",
                "java.util.function",
                "java.util.stream"));
  }

  @Test
  void theOnlyClockIsTheRecordedOne() {
    check(
        noClasses()
            .should()
            .callMethodWhere(
                target(name("now")).and(target(owner(resideInAPackage("java.time.."))))));
    check(noClasses().should().callMethod(System.class, "currentTimeMillis"));
    check(noClasses().should().callMethod(System.class, "nanoTime"));
    check(noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class));
    check(noClasses().should().callMethod(java.time.ZoneId.class, "systemDefault"));
  }

  @Test
  void nothingIsLeftToChance() {
    check(noClasses().should().callMethod(UUID.class, "randomUUID"));
    check(noClasses().should().callMethod(Math.class, "random"));
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(java.util.random.RandomGenerator.class));
  }

  @Test
  void nothingIsStartedPrintedOrReadFromTheProcess() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, Runtime.class, ProcessBuilder.class));
    check(noClasses().should().accessField(System.class, "out"));
    check(noClasses().should().accessField(System.class, "err"));
    check(noClasses().should().callMethod(System.class, "getProperty", String.class));
    check(noClasses().should().callMethod(System.class, "getenv", String.class));
  }

  @Test
  void whatIsKnownDoesNotDependOnWhatIsDecided() {
    check(
        noClasses()
            .that()
            .resideInAPackage("baton.handoff.fact..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "baton.handoff",
                "baton.handoff.gate..",
                "baton.handoff.policy..",
                "baton.handoff.action.."));
  }
}
