package baton.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Nothing depends on what measures it, and JMH stays where it is used.
class BenchArchitectureTest {
  private static final JavaClasses BATON =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("baton");

  @Test
  void nothingThatIsMeasuredKnowsTheBench() {
    noClasses()
        .that()
        .resideOutsideOfPackage("baton.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("baton.bench..")
        .check(BATON);
  }

  @Test
  void jmhIsTheKernelsBenchmarksAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("baton.bench.kernel..")
        .and()
        .doNotHaveFullyQualifiedName("baton.bench.Kernel")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.openjdk.jmh..")
        .check(BATON);
  }
}
