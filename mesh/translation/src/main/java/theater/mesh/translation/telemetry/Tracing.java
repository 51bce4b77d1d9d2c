package theater.mesh.translation.telemetry;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.trace.v3.Tracing.Http;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig;
import io.envoyproxy.envoy.type.tracing.v3.CustomTag;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.rule.ExtensionProviders;
import theater.mesh.translation.spec.SpecNode;

/// Who is told the spans of calls, and of what share of them. Istio: Telemetry.tracing over
/// MeshConfig's defaultProviders.tracing; the narrower object wins field by field.
final class Tracing {
  private static final double ISTIO_SHARE = 1;

  private final Sight sight;
  private final SpecNode mesh;
  private final Map<Side, Wanted> wanted = new EnumMap<>(Side.class);

  private static final class Wanted {
    String provider = "";
    boolean disabled;
    boolean byRequestId = true;
    Optional<Double> share = Optional.empty();
    List<CustomTag> tags = List.of();
  }

  Tracing(Sight sight) {
    this.sight = sight;
    mesh = ExtensionProviders.meshConfig(sight);
    List<String> byDefault = mesh.at("defaultProviders", "tracing").textItems();
    List<List<SpecNode>> said = new TelemetryRules(sight).said("tracing");
    for (Side side : Side.values()) {
      Wanted want = new Wanted();
      want.provider = byDefault.isEmpty() ? "" : byDefault.getFirst();
      said.stream()
          .flatMap(List::stream)
          .filter(one -> side.meant(one.at("match")))
          .forEach(one -> overlay(want, one));
      wanted.put(side, want);
    }
  }

  private static void overlay(Wanted want, SpecNode one) {
    List<String> names = TelemetryRules.providers(one);
    want.provider = names.isEmpty() ? want.provider : names.getFirst();
    if (one.at("disableSpanReporting").present()) {
      want.disabled = one.at("disableSpanReporting").flag();
    }
    if (one.at("useRequestIdForTraceSampling").present()) {
      want.byRequestId = one.at("useRequestIdForTraceSampling").flag();
    }
    Optional<Double> share = one.at("randomSamplingPercentage").number();
    want.share = share.isPresent() ? share : want.share;
    if (one.at("customTags").present()) {
      want.tags = tags(one.at("customTags"));
    }
  }

  void tell(HttpConnectionManager.Builder manager, Side side) {
    Wanted want = wanted.get(side);
    if (want.disabled || want.provider.isEmpty()) {
      return;
    }
    Optional<Http> provider = provider(want.provider);
    if (provider.isEmpty()) {
      return;
    }
    double share =
        want.share
            .or(() -> mesh.at("defaultConfig", "tracing", "sampling").number())
            .orElse(ISTIO_SHARE);
    var tracing = manager.getTracingBuilder().setProvider(provider.get());
    tracing.getClientSamplingBuilder().setValue(100);
    tracing.getRandomSamplingBuilder().setValue(Math.clamp(share, 0, 100));
    tracing.getOverallSamplingBuilder().setValue(100);
    tracing.addAllCustomTags(want.tags);
    tracing.setSpawnUpstreamSpan(BoolValue.of(!sight.sidecar()));
    manager
        .getRequestIdExtensionBuilder()
        .setTypedConfig(
            Any.pack(
                UuidRequestIdConfig.newBuilder()
                    .setUseRequestIdForTraceSampling(BoolValue.of(want.byRequestId))
                    .build()));
  }

  private Optional<Http> provider(String name) {
    ExtensionProviders providers = new ExtensionProviders(sight);
    Optional<SpecNode> found = providers.find(name);
    if (found.isEmpty()) {
      mesh.at("extensionProviders")
          .problem(Severity.BROKEN_REFERENCE, "has no \"" + name + "\": nothing is traced");
      return Optional.empty();
    }
    SpecNode provider = found.get();
    for (Tracer tracer : Tracer.values()) {
      if (provider.at(tracer.field()).present()) {
        SpecNode written = provider.at(tracer.field());
        return providers
            .target(written)
            .map(target -> tracer.http(target, written, sight.proxy().workload()));
      }
    }
    provider.problem(
        Severity.NOT_MODELLED,
        "of tracing only zipkin and opentelemetry are modelled: nothing is traced by it");
    return Optional.empty();
  }

  private static List<CustomTag> tags(SpecNode written) {
    List<CustomTag> result = new ArrayList<>();
    new TreeMap<>(written.entries())
        .forEach((name, tag) -> {
          CustomTag.Builder one = CustomTag.newBuilder().setTag(name);
          String literal = tag.at("literal", "value").textOr("");
          String variable = tag.at("environment", "name").textOr("");
          String header = tag.at("header", "name").textOr("");
          if (!literal.isEmpty()) {
            one.getLiteralBuilder().setValue(literal);
          } else if (!variable.isEmpty()) {
            one.getEnvironmentBuilder()
                .setName(variable)
                .setDefaultValue(tag.at("environment", "defaultValue").textOr(""));
          } else if (SpecNode.headerName(header)) {
            one.getRequestHeaderBuilder()
                .setName(header)
                .setDefaultValue(tag.at("header", "defaultValue").textOr(""));
          } else {
            tag.malformed("a literal, an environment variable or a header");
            return;
          }
          if (!name.isEmpty()) {
            result.add(one.build());
          }
        });
    return result;
  }
}
