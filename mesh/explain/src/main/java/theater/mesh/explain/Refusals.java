package theater.mesh.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Codes for the reasons with which an Envoy refuses a resource. The words that people read belong
/// to where they are shown; Envoy's own text is always shown beside them.
public final class Refusals {
  /// A reason that is not known.
  public static final String OTHER = "other";

  private static final Map<String, Pattern> KNOWN = new LinkedHashMap<>();

  static {
    know("port-in-use", "Address already in use");
    know("no-permission", "Permission denied");
    know("duplicate-domain", "Only unique values for domains|Only a single wildcard domain");
    know(
        "duplicate-name",
        "duplicate (cluster|listener|route|resource)|has duplicate|duplicate address");
    know("bad-regex", "regex|invalid UTF-8|no argument for repetition|missing \\)|RE2");
    know("unknown-cluster", "unknown cluster|no such cluster");
    know(
        "unknown-extension",
        "Didn't find a registered implementation|unknown type|Unable to unpack");
    know("bad-value", "Proto constraint validation failed|value must be|embedded message failed");
    know("bad-certificate", "certificate|private key|TLS|secret");
    know("bad-keys", "[Jj]wks|JWKS");
    know("bad-weights", "sum of weights|weights must");
    know("bad-address", "malformed IP address|invalid ip address");
  }

  private Refusals() {}

  private static void know(String code, String pattern) {
    KNOWN.put(code, Pattern.compile(pattern));
  }

  /// A code such as `port-in-use`, or [#OTHER].
  public static String reason(String text) {
    return KNOWN.entrySet().stream()
        .filter(it -> it.getValue().matcher(text).find())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(OTHER);
  }

  /// All codes, for whoever gives them words.
  public static java.util.Set<String> codes() {
    java.util.Set<String> all = new java.util.LinkedHashSet<>(KNOWN.keySet());
    all.add(OTHER);
    return all;
  }
}
