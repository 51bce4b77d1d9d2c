package theater.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may know whom: the arrows of `docs/architecture.md`, read from the classes.
class ModuleGraphTest {
  private static final String[] PLATFORM = {
    "theater.laptop..", "theater.mesh..", "theater.visitor..", "theater.bench.."
  };
  private static final String[] SERVICES = {
    "theater.kit..", "theater.user..", "theater.movie..", "theater.booking..", "theater.gateway.."
  };
  private static final DescribedPredicate<JavaClass> RULE =
      name("theater.mesh.translation.rule.Rule").forSubtype();
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("theater");

  @Test
  void everyModulesClassesAreLookedAt() {
    TreeSet<String> missing = new TreeSet<>();
    for (Path file : Repository.files("package-info.java")) {
      if (file.toString().contains("src/main/java")) {
        String path = file.toString();
        missing.add(
            path.substring(path.indexOf("src/main/java/") + 14, path.lastIndexOf('/'))
                .replace('/', '.'));
      }
    }
    CLASSES.forEach(type -> missing.remove(type.getPackageName()));
    assertThat(missing).as("packages whose module is missing in house/pom.xml").isEmpty();
  }

  @Test
  void servicesRunAnywhereAndKnowNothingOfThisPlatform() {
    noClasses()
        .that()
        .resideInAnyPackage(SERVICES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PLATFORM)
        .check(CLASSES);
  }

  @Test
  void onlyTheGatewayTalksToApiServers() {
    noClasses()
        .that()
        .resideInAnyPackage(SERVICES)
        .and()
        .resideOutsideOfPackage("theater.gateway..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("theater.kube..")
        .check(CLASSES);
  }

  @Test
  void thePlatformKnowsNothingOfTheServicesCode() {
    noClasses()
        .that()
        .resideInAnyPackage(PLATFORM)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SERVICES)
        .check(CLASSES);
  }

  @Test
  void servicesKnowTheKitAndNotEachOther() {
    List<String> services =
        List.of("theater.user..", "theater.movie..", "theater.booking..", "theater.gateway..");
    for (String one : services) {
      noClasses()
          .that()
          .resideInAPackage(one)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              services.stream().filter(other -> !other.equals(one)).toArray(String[]::new))
          .check(CLASSES);
    }
    noClasses()
        .that()
        .resideInAPackage("theater.kit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(services.toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void theMeshDoesNotKnowWhereItRuns() {
    noClasses()
        .that()
        .resideInAPackage("theater.mesh..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("theater.laptop..")
        .check(CLASSES);
  }

  @Test
  void translationKnowsNoKubernetesClientNoEnvoyStreamAndNoFile() {
    noClasses()
        .that()
        .resideInAnyPackage("theater.mesh.translation..", "theater.mesh.view..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "theater.kube..",
            "theater.mesh.discovery..",
            "theater.mesh.xds..",
            "theater.mesh.identity..",
            "theater.mesh.world..",
            "io.fabric8..",
            "io.grpc..",
            "java.nio.file..",
            "java.net..")
        .check(CLASSES);
  }

  @Test
  void theKubernetesClientKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage("theater.kube..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("theater.laptop..", "theater.mesh..")
        .check(CLASSES);
  }

  @Test
  void aVisitorCallsNothingOfTheHouse() {
    noClasses()
        .that()
        .resideInAPackage("theater.visitor..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("theater.laptop..", "theater.mesh..", "theater.kube..")
        .check(CLASSES);
  }

  /// A module's root package holds what its parts share, and puts them together: it is left out.
  /// One arrow goes back: a ServiceEntry is a rule that becomes a service of the registry, and
  /// other rules ask the registry.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "theater.(*)..",
        "theater.mesh.(*)..",
        "theater.mesh.translation.(*)..",
        "theater.laptop.(*)..",
        "theater.laptop.api.(*)..",
        "theater.kit.(*)..",
        "theater.gateway.(*)..",
      })
  void modulesAndTheirPartsGoRoundInNoCircle(String parts) {
    slices()
        .matching(parts)
        .should()
        .beFreeOfCycles()
        .ignoreDependency(resideInAPackage("theater.mesh.translation.registry"), RULE)
        .check(CLASSES);
  }
}
