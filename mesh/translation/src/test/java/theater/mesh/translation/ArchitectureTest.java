package theater.mesh.translation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The translation is a pure function.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("theater.mesh.translation", "theater.mesh.view");

  @Test
  void neitherInputNorOutputNorThreadNorChance() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.nio.file..",
            "java.net..",
            "java.util.concurrent..",
            "java.util.random..",
            "java.util.logging..")
        .check(CLASSES);
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.(io\\.(File.*|Input.*|Output.*|Print.*|Reader|Writer)|lang\\.(Thread|ProcessBuilder|Process|Runtime)|util\\.(Random|UUID|Timer))")
        .check(CLASSES);
  }

  @Test
  void noClock() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(CLASSES);
    noClasses().should().callMethod(Math.class, "random").check(CLASSES);
  }

  @Test
  void namesKnowNothingOfTheRest() {
    noClasses()
        .that()
        .resideInAPackage("..names")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..route..", "..cluster..", "..endpoint..", "..listener..", "..rule..", "..registry..")
        .check(CLASSES);
  }
}
