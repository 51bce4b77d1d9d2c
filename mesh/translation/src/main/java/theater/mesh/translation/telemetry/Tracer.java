package theater.mesh.translation.telemetry;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.trace.v3.OpenTelemetryConfig;
import io.envoyproxy.envoy.config.trace.v3.Tracing.Http;
import io.envoyproxy.envoy.config.trace.v3.ZipkinConfig;
import io.envoyproxy.envoy.config.trace.v3.ZipkinConfig.CollectorEndpointVersion;
import java.time.Duration;
import java.util.List;
import theater.mesh.translation.rule.ExtensionProviders.Target;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.Workload;

/// A way to send spans. Istio: extensionProviders `zipkin` and `opentelemetry`.
enum Tracer {
  ZIPKIN("zipkin") {
    @Override
    Http http(Target target, SpecNode written, Workload teller) {
      String path = written.at("path").textOr("");
      return named(
          "envoy.tracers.zipkin",
          Any.pack(
              ZipkinConfig.newBuilder()
                  .setCollectorCluster(target.cluster())
                  .setCollectorHostname(target.host())
                  .setCollectorEndpoint(path.startsWith("/") ? path : "/api/v2/spans")
                  .setCollectorEndpointVersion(CollectorEndpointVersion.HTTP_JSON)
                  .setTraceId128Bit(!written.at("enable64bitTraceId").flag())
                  .setSharedSpanContext(BoolValue.of(false))
                  .build()));
    }
  },
  OPEN_TELEMETRY("opentelemetry") {
    @Override
    Http http(Target target, SpecNode written, Workload teller) {
      OpenTelemetryConfig.Builder config =
          OpenTelemetryConfig.newBuilder()
              .setServiceName(
                  teller.labels().getOrDefault("app", teller.name()) + "." + teller.namespace());
      SpecNode http = written.at("http");
      if (http.present()) {
        String path = http.at("path").textOr("");
        config
            .getHttpServiceBuilder()
            .getHttpUriBuilder()
            .setUri(target.host() + (path.startsWith("/") ? path : "/" + path))
            .setCluster(target.cluster())
            .setTimeout(
                GoDuration.proto(http.at("timeout").duration().orElse(Duration.ofSeconds(5))));
      } else {
        config
            .getGrpcServiceBuilder()
            .getEnvoyGrpcBuilder()
            .setClusterName(target.cluster())
            .setAuthority(target.host());
        written
            .at("grpc", "timeout")
            .duration()
            .ifPresent(time -> config.getGrpcServiceBuilder().setTimeout(GoDuration.proto(time)));
      }
      return named("envoy.tracers.opentelemetry", Any.pack(config.build()));
    }
  };

  private final String field;

  Tracer(String field) {
    this.field = field;
  }

  /// Of an extension provider.
  String field() {
    return field;
  }

  abstract Http http(Target target, SpecNode written, Workload teller);

  /// The fields of providers that have an effect.
  static List<String> fields() {
    return List.of(
        "zipkin.service",
        "zipkin.port",
        "zipkin.path",
        "zipkin.enable64bitTraceId",
        "opentelemetry.service",
        "opentelemetry.port",
        "opentelemetry.http.path",
        "opentelemetry.http.timeout",
        "opentelemetry.grpc.timeout");
  }

  private static Http named(String name, Any config) {
    return Http.newBuilder().setName(name).setTypedConfig(config).build();
  }
}
