package theater.mesh.translation.telemetry;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.rule.ExtensionProviders;
import theater.mesh.translation.spec.Cel;
import theater.mesh.translation.spec.SpecNode;

/// Who writes down each call. Istio: Telemetry.accessLogging over MeshConfig's
/// defaultProviders.accessLogging; with neither, MeshConfig.accessLogFile.
public final class AccessLogs {
  private static final String CEL = "envoy.access_loggers.extension_filters.cel";

  private final ExtensionProviders providers;
  private final FileLog files;
  private final SpecNode mesh;
  private final List<List<SpecNode>> said;

  /// @param filter null, or the place of the expression that chooses calls
  private record Wanted(boolean disabled, SpecNode filter) {}

  /// For one proxy.
  public AccessLogs(Sight sight) {
    providers = new ExtensionProviders(sight);
    files = new FileLog(sight);
    mesh = ExtensionProviders.meshConfig(sight);
    said = new TelemetryRules(sight).said("accessLogging");
  }

  /// In the order of the providers' names.
  public List<AccessLog> of(Side side) {
    List<String> byDefault = mesh.at("defaultProviders", "accessLogging").textItems();
    if (said.isEmpty() && byDefault.isEmpty()) {
      return files.ofMesh(mesh).stream().toList();
    }
    Map<String, Wanted> wanted = said.isEmpty() ? new TreeMap<>() : merged(side, byDefault);
    if (said.isEmpty()) {
      byDefault.forEach(name -> wanted.put(name, new Wanted(false, null)));
    }
    List<AccessLog> result = new ArrayList<>();
    new TreeMap<>(wanted)
        .forEach((name, want) -> {
          if (!want.disabled) {
            log(name).flatMap(log -> filtered(log, want.filter)).ifPresent(result::add);
          }
        });
    return result;
  }

  /// A narrower object's providers replace a wider one's; one without providers speaks of those
  /// said before.
  private Map<String, Wanted> merged(Side side, List<String> byDefault) {
    Set<String> inForce = new LinkedHashSet<>(byDefault);
    Map<String, SpecNode> filters = new HashMap<>();
    for (List<SpecNode> object : said) {
      Set<String> named = new LinkedHashSet<>();
      for (SpecNode one : object) {
        if (side.meant(one.at("match"))) {
          for (String provider : TelemetryRules.providers(one)) {
            named.add(provider);
            filters.put(provider, filter(one));
          }
        }
      }
      if (!named.isEmpty()) {
        inForce = named;
      }
    }
    Map<String, Wanted> result = new TreeMap<>();
    List<String> before = byDefault;
    for (List<SpecNode> object : said) {
      for (SpecNode one : object) {
        List<String> names = TelemetryRules.providers(one);
        before = names.isEmpty() ? before : names;
        for (String name : before) {
          if (inForce.contains(name) && side.meant(one.at("match"))) {
            boolean disabled = one.at("disabled").flag();
            result.put(name, new Wanted(disabled, disabled ? null : filters.get(name)));
          }
        }
      }
    }
    return result;
  }

  private static SpecNode filter(SpecNode one) {
    SpecNode expression = one.at("filter", "expression");
    return expression.present() ? expression : null;
  }

  private Optional<AccessLog> log(String name) {
    Optional<SpecNode> provider = providers.find(name);
    if (provider.isEmpty()) {
      if (name.equals(FileLog.BUILT_IN)) {
        return files.builtIn(mesh);
      }
      mesh.at("extensionProviders")
          .problem(Severity.BROKEN_REFERENCE, "has no \"" + name + "\": nothing is logged by it");
      return Optional.empty();
    }
    SpecNode file = provider.get().at("envoyFileAccessLog");
    if (!file.present()) {
      provider
          .get()
          .problem(
              Severity.NOT_MODELLED,
              "of access logs only envoyFileAccessLog is modelled: nothing is logged by it");
      return Optional.empty();
    }
    return Optional.of(files.of(file));
  }

  /// A wrong expression would make Envoy refuse the listener: then nothing is logged.
  private static Optional<AccessLog> filtered(AccessLog log, SpecNode expression) {
    if (expression == null) {
      return Optional.of(log);
    }
    String text = expression.textOr("");
    Optional<String> problem = Cel.problem(text);
    if (problem.isPresent()) {
      expression.malformed("an expression of CEL that Envoy takes: " + problem.get());
      return Optional.empty();
    }
    AccessLog.Builder result = log.toBuilder();
    result
        .getFilterBuilder()
        .getExtensionFilterBuilder()
        .setName(CEL)
        .setTypedConfig(Any.pack(ExpressionFilter.newBuilder().setExpression(text).build()));
    return Optional.of(result.build());
  }
}
