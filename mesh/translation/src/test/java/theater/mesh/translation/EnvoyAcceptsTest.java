package theater.mesh.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// A real Envoy takes every golden. Its validation mode has no xDS: routes and endpoints are put in
/// place, secrets asked from a cluster that is never called.
class EnvoyAcceptsTest {
  private static final String ADS = "\"ads\": \\{\\s*\\}";
  private static final String API =
      "\"api_config_source\": {\"api_type\": \"GRPC\", \"transport_api_version\": \"V3\", \"grpc_services\": [{\"envoy_grpc\": {\"cluster_name\": \"xds\"}}]}";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyGolden() throws IOException {
    Path envoy = envoy();
    assumeTrue(Files.isExecutable(envoy), "no Envoy at " + envoy + ": ./theater up fetches it");
    try (Stream<Path> cases = Files.list(GoldenTest.FOLDER)) {
      return cases.sorted().toList().stream()
          .map(one ->
              DynamicTest.dynamicTest(one.getFileName().toString(), () -> accepted(envoy, one)));
    }
  }

  private static Path envoy() {
    String engines = System.getenv("THEATER_ENGINES");
    String cache =
        System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    return Path.of(engines != null ? engines : cache + "/theater/engines")
        .resolve("envoy-1.40.0/envoy");
  }

  private void accepted(Path envoy, Path one) throws IOException, InterruptedException {
    String yaml = Files.readString(one.resolve("input.yaml"));
    Path bootstrap = folder.resolve(one.getFileName() + ".json");
    Files.writeString(
        bootstrap,
        EnvoyJson.of(
                bootstrap(Cinema.translate(GoldenTest.option(yaml, "proxy", "api-gateway"), yaml)))
            .replaceAll(ADS, API));
    Path log = folder.resolve(one.getFileName() + ".log");
    Process process =
        new ProcessBuilder(
                envoy.toString(),
                "--mode",
                "validate",
                "-c",
                bootstrap.toString(),
                "-l",
                "error",
                "--disable-hot-restart")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
  }

  private static Bootstrap bootstrap(EnvoyConfig config) throws InvalidProtocolBufferException {
    Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
    bootstrap.getNodeBuilder().setId("validate").setCluster("validate");
    Map<String, ClusterLoadAssignment> endpoints =
        config.endpoints().stream()
            .collect(Collectors.toMap(ClusterLoadAssignment::getClusterName, Function.identity()));
    Map<String, RouteConfiguration> routes =
        config.routes().stream()
            .collect(Collectors.toMap(RouteConfiguration::getName, Function.identity()));
    for (Cluster cluster : config.clusters()) {
      ClusterLoadAssignment assignment = endpoints.get(cluster.getName());
      bootstrap
          .getStaticResourcesBuilder()
          .addClusters(
              cluster.getType() != Cluster.DiscoveryType.EDS
                  ? cluster
                  : cluster.toBuilder()
                      .clearEdsClusterConfig()
                      .setType(Cluster.DiscoveryType.STATIC)
                      .setLoadAssignment(assignment)
                      .build());
    }
    bootstrap
        .getStaticResourcesBuilder()
        .addClustersBuilder()
        .setName("xds")
        .setType(Cluster.DiscoveryType.STATIC);
    for (Listener listener : config.listeners()) {
      bootstrap.getStaticResourcesBuilder().addListeners(withRoutes(listener, routes));
    }
    return bootstrap.build();
  }

  private static Listener withRoutes(Listener listener, Map<String, RouteConfiguration> routes)
      throws InvalidProtocolBufferException {
    Listener.Builder result = listener.toBuilder();
    for (FilterChain.Builder chain : result.getFilterChainsBuilderList()) {
      for (Filter.Builder filter : chain.getFiltersBuilderList()) {
        if (filter.getTypedConfig().is(HttpConnectionManager.class)) {
          HttpConnectionManager manager =
              filter.getTypedConfig().unpack(HttpConnectionManager.class);
          if (manager.hasRds()) {
            RouteConfiguration found = routes.get(manager.getRds().getRouteConfigName());
            assertThat(found)
                .as(
                    "routes "
                        + manager.getRds().getRouteConfigName()
                        + " of listener "
                        + listener.getName())
                .isNotNull();
            filter.setTypedConfig(Any.pack(manager.toBuilder().setRouteConfig(found).build()));
          }
        }
      }
    }
    return result.build();
  }
}
