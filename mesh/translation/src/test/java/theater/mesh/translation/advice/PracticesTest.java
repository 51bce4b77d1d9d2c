package theater.mesh.translation.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import theater.mesh.translation.Cinema;
import theater.mesh.translation.ConfigCheck;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshView;
import theater.mesh.view.Service;
import theater.mesh.view.ServicePort;
import theater.mesh.view.Workload;

/// The project's own rules, applied in ctx1 beside the same rules in ctx2 and two pods of each
/// service in each context: valid, and every warning is meant.
class PracticesTest {
  private static final Path ROOT = AdvicePage.folder().resolve("../..").normalize();

  /// The faults of these are there to show that they trip nothing; Redis is in ctx2 on purpose.
  private static final Map<String, List<String>> MEANT =
      Map.of(
          "practice/04-error-fault/destinationrules.yaml", List.of("T003 user-service-dr"),
          "practice/04-error-fault/virtualservices.yaml", List.of("T003 user-service-vs"),
          "practice/99-scenarios/destinationrules.yaml", List.of("T003 user-service-dr"),
          "practice/99-scenarios/virtualservices.yaml", List.of("T003 user-service-vs"),
          "k8s/base/redis-service.yaml", List.of("T016 redis"));

  @Test
  void everyWarningOfOurOwnRulesIsMeant() throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    try (Stream<Path> files =
        Stream.of("practice", "k8s", "laptop/preinstalled")
            .flatMap(folder -> below(ROOT.resolve(folder)))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        List<ConfigObject> folder = new ArrayList<>(rules(gateway()));
        try (Stream<Path> beside = Files.list(file.getParent())) {
          for (Path each : beside.filter(path -> path.toString().endsWith(".yaml")).toList()) {
            folder.addAll(rules(each));
          }
        }
        Known known = Known.of(view(folder), Map.of("ctx2", folder));
        for (ConfigObject object : rules(file)) {
          if (object.apiVersion().contains("istio.io")) {
            assertThat(new ConfigCheck().check(object).refusal()).as(file.toString()).isEmpty();
          }
          for (Advised advised : new Advisor().advise(object, known)) {
            found
                .computeIfAbsent(ROOT.relativize(file).toString(), _ -> new ArrayList<>())
                .add(advised.code() + " " + object.name());
          }
        }
      }
    }
    assertThat(found).isEqualTo(MEANT);
  }

  private static Path gateway() {
    return ROOT.resolve("laptop/preinstalled/ctx1/ingress.yaml");
  }

  private static List<ConfigObject> rules(Path file) throws IOException {
    // The scripts fill these in.
    String yaml = Files.readString(file).replaceAll("\\$\\{[A-Z_]+}", "example.com");
    return Cinema.objects(yaml).stream()
        .filter(object ->
            object.apiVersion().contains("istio.io")
                || object.apiVersion().equals("v1") && object.kind().equals("Service"))
        .toList();
  }

  private static Stream<Path> below(Path folder) {
    try {
      return Files.walk(folder).filter(Files::isRegularFile).sorted();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static MeshView view(List<ConfigObject> configs) {
    MeshView small = Cinema.view(configs);
    List<Service> services = new ArrayList<>(small.services());
    List<Endpoint> endpoints = new ArrayList<>(small.endpoints());
    for (String context : List.of("ctx1", "ctx2")) {
      for (String name : List.of("movie-service", "booking-service")) {
        ServicePort port = new ServicePort("http-web", 8082, "8082", "");
        services.add(
            new Service(
                context,
                "theater-msa",
                name,
                "None",
                List.of(),
                Map.of(),
                Map.of("app", name),
                List.of(port)));
        for (int pod = 1; pod <= 2; pod++) {
          String ip = "127." + context.charAt(3) + "." + (40 + name.length() + pod) + ".1";
          Workload workload =
              new Workload(
                  context,
                  "theater-msa",
                  name + pod,
                  ip,
                  name,
                  Map.of("app", name, "cluster", context),
                  true,
                  context,
                  "1");
          endpoints.add(
              new Endpoint(context, "theater-msa", name, "http-web", ip, 8082, true, workload));
        }
      }
    }
    return new MeshView(
        small.context(),
        small.mesh(),
        small.contexts(),
        small.namespaces(),
        services,
        endpoints,
        configs,
        small.credentials());
  }
}
