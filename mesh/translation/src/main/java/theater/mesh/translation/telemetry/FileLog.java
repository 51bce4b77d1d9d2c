package theater.mesh.translation.telemetry;

import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.access_loggers.file.v3.FileAccessLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.spec.SpecNode;

/// A line per call in a file. Istio: provider envoyFileAccessLog, and MeshConfig.accessLogFile.
final class FileLog {
  /// The provider that every mesh has.
  static final String BUILT_IN = "envoy";

  private static final String STDOUT = "/dev/stdout";
  private static final List<String> DEVICES = List.of(STDOUT, "/dev/stderr", "/dev/null");

  private final Sight sight;

  FileLog(Sight sight) {
    this.sight = sight;
  }

  /// Without any provider.
  Optional<AccessLog> ofMesh(SpecNode mesh) {
    return mesh.at("accessLogFile")
        .text()
        .filter(path -> !path.isEmpty())
        .map(path -> log(path(mesh.at("accessLogFile")), format(mesh)));
  }

  /// The provider `envoy` that nobody declared.
  Optional<AccessLog> builtIn(SpecNode mesh) {
    return Optional.of(log(STDOUT, format(mesh)));
  }

  AccessLog of(SpecNode provider) {
    SpecNode format = provider.at("logFormat");
    SubstitutionFormatString.Builder result =
        format.at("labels").present()
            ? json(format.at("labels").texts(), format.at("labels"))
            : text(format.at("text"));
    result.setOmitEmptyValues(provider.at("omitEmptyValues").flag());
    return log(path(provider.at("path")), result);
  }

  private static SubstitutionFormatString.Builder format(SpecNode mesh) {
    SpecNode format = mesh.at("accessLogFormat");
    if (!mesh.at("accessLogEncoding").textOr("TEXT").equals("JSON")) {
      return text(format);
    }
    Map<String, String> labels = Map.of();
    if (!format.textOr("").isEmpty()) {
      format.problem(
          Severity.NOT_MODELLED,
          "of JSON is not modelled (accessLogEncoding JSON has Istio's own labels here)");
    }
    return json(labels, format);
  }

  private String path(SpecNode written) {
    String path = written.text().filter(text -> !text.isEmpty()).orElse(STDOUT);
    if (!DEVICES.contains(path) && !sight.redirecting()) {
      written.problem(
          Severity.NOT_MODELLED,
          "is \"" + path + "\": here calls are logged to " + STDOUT + " (kubectl logs)");
      return STDOUT;
    }
    return path;
  }

  private static SubstitutionFormatString.Builder text(SpecNode written) {
    String text = written.text().filter(format -> !format.isEmpty()).orElse(LogFormat.TEXT);
    if (LogFormat.problem(text).isPresent()) {
      written.malformed(LogFormat.problem(text).get());
      text = LogFormat.TEXT;
    }
    SubstitutionFormatString.Builder result = SubstitutionFormatString.newBuilder();
    result.getTextFormatSourceBuilder().setInlineString(text.endsWith("\n") ? text : text + "\n");
    return result;
  }

  private static SubstitutionFormatString.Builder json(
      Map<String, String> labels, SpecNode written) {
    Struct.Builder struct = Struct.newBuilder();
    new TreeMap<>(labels.isEmpty() ? LogFormat.LABELS : labels)
        .forEach((name, format) -> {
          Optional<String> problem = LogFormat.problem(format);
          problem.ifPresent(written::malformed);
          if (problem.isEmpty()) {
            struct.putFields(name, Value.newBuilder().setStringValue(format).build());
          }
        });
    return SubstitutionFormatString.newBuilder().setJsonFormat(struct);
  }

  private static AccessLog log(String path, SubstitutionFormatString.Builder format) {
    return AccessLog.newBuilder()
        .setName("envoy.access_loggers.file")
        .setTypedConfig(
            Any.pack(FileAccessLog.newBuilder().setPath(path).setLogFormat(format).build()))
        .build();
  }
}
