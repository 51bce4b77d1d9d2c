package theater.mesh.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;
import theater.mesh.view.Service;

/// What is kept from view to view changes what a translation costs, never what it gives.
class IncrementalTest {
  private static final List<String> PROXIES = List.of("api-gateway", "user", "ingress", "eastwest");
  private static final String WEIGHTS =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: user-service-vs}
      spec:
        hosts: [user-service]
        http:
        - route: [{destination: {host: user-service}, weight: %d}, {destination: {host: redis}, weight: %d}]
      """;

  @Test
  void anySequenceOfChangesGivesWhatAFreshTranslationGives() throws IOException {
    List<ConfigObject> pool = new ArrayList<>();
    try (Stream<Path> cases = Files.list(GoldenTest.FOLDER)) {
      for (Path one : cases.sorted().toList()) {
        pool.addAll(Cinema.objects(Files.readString(one.resolve("input.yaml"))));
      }
    }
    Map<String, Proxy> proxies = new LinkedHashMap<>();
    PROXIES.forEach(name -> proxies.put(name, Cinema.proxy(name)));
    // Two in one place that differ in their labels only.
    List.of("api-gateway", "user")
        .forEach(name -> proxies.put(name + " redirected", Cinema.proxy(name + " redirected")));
    List<String> names = List.copyOf(proxies.keySet());
    for (int seed = 1; seed <= 4; seed++) {
      Random random = new Random(seed);
      Translation incremental = new Translation();
      Sequence sequence = new Sequence(pool, random);
      for (int step = 0; step < 60; step++) {
        String change = sequence.change();
        MeshView view = sequence.view();
        // A proxy that was away for a while comes back.
        for (String name : names.subList(random.nextInt(5), names.size())) {
          assertThat(incremental.translate(view, proxies.get(name)))
              .as("seed " + seed + ", step " + step + " (" + change + "), " + name)
              .isEqualTo(new Translation().translate(view, proxies.get(name)));
        }
      }
    }
  }

  @Test
  void aChangedWeightMakesNothingAnewButItsRoute() {
    Translation translation = new Translation();
    Proxy proxy = Cinema.proxy("api-gateway");
    MeshView first = Cinema.view(Cinema.objects(WEIGHTS.formatted(70, 30)));
    EnvoyConfig before = translation.translate(first, proxy);
    EnvoyConfig after =
        translation.translate(
            with(first, Cinema.objects(WEIGHTS.formatted(30, 70)), first.endpoints()), proxy);

    assertThat(after.clusters()).isSameAs(before.clusters());
    assertThat(after.endpoints()).isSameAs(before.endpoints());
    for (int i = 0; i < before.routes().size(); i++) {
      String name = before.routes().get(i).getName();
      if (name.equals("8081")) {
        assertThat(after.routes().get(i)).isNotEqualTo(before.routes().get(i));
      } else if (!name.startsWith("inbound")) { // those few are made each time
        assertThat(after.routes().get(i)).as(name).isSameAs(before.routes().get(i));
      }
    }
  }

  @Test
  void whatTwoProxiesSeeAlikeIsMadeOnce() {
    Translation translation = new Translation();
    MeshView view = Cinema.view(Cinema.objects(WEIGHTS.formatted(70, 30)));
    EnvoyConfig gateway = translation.translate(view, Cinema.proxy("api-gateway"));
    EnvoyConfig user = translation.translate(view, Cinema.proxy("user"));

    assertThat(user.endpoints().getFirst()).isSameAs(gateway.endpoints().getFirst());
    assertThat(user.clusters().stream().filter(c -> c.getName().startsWith("outbound")).toList())
        .allMatch(cluster -> gateway.clusters().stream().anyMatch(other -> other == cluster));
  }

  private static MeshView with(
      MeshView view, List<ConfigObject> configs, List<Endpoint> endpoints) {
    return new MeshView(
        view.context(),
        view.mesh(),
        view.contexts(),
        view.namespaces(),
        view.services(),
        endpoints,
        configs);
  }

  /// Views, each one change after the other.
  private static final class Sequence {
    private final List<ConfigObject> pool;
    private final Random random;
    private final List<ConfigObject> configs = new ArrayList<>();
    private MeshView view = Cinema.view(List.of());

    Sequence(List<ConfigObject> pool, Random random) {
      this.pool = pool;
      this.random = random;
    }

    MeshView view() {
      return view;
    }

    String change() {
      return switch (random.nextInt(6)) {
        case 0 -> remove();
        case 1 -> endpoint();
        case 2 -> service();
        default -> apply();
      };
    }

    private String apply() {
      ConfigObject object = pool.get(random.nextInt(pool.size()));
      configs.removeIf(
          other -> other.kind().equals(object.kind()) && other.name().equals(object.name()));
      configs.add(object);
      view = with(view, configs, view.endpoints());
      return "applied " + object.kind() + " " + object.name();
    }

    private String remove() {
      if (!configs.isEmpty()) {
        configs.remove(random.nextInt(configs.size()));
      }
      view = with(view, configs, view.endpoints());
      return "removed a rule";
    }

    private String endpoint() {
      List<Endpoint> endpoints = new ArrayList<>(view.endpoints());
      int index = random.nextInt(endpoints.size());
      Endpoint old = endpoints.get(index);
      endpoints.set(
          index,
          new Endpoint(
              old.context(),
              old.serviceNamespace(),
              old.serviceName(),
              old.portName(),
              old.address(),
              old.port(),
              !old.ready(),
              old.workload()));
      view = with(view, configs, endpoints);
      return "readiness of " + old.address();
    }

    private String service() {
      List<Service> services = new ArrayList<>(Cinema.view(List.of()).services());
      if (random.nextBoolean()) {
        services.remove(random.nextInt(services.size()));
      }
      view =
          new MeshView(
              view.context(),
              view.mesh(),
              view.contexts(),
              view.namespaces(),
              services,
              view.endpoints(),
              configs);
      return "services";
    }
  }
}
