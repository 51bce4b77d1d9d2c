package theater.laptop.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.status.Cause;

/// The rules for names and labels, with their messages.
final class Names {
  private static final String LABEL_RULE = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern LABEL = Pattern.compile(LABEL_RULE);
  private static final Pattern SUBDOMAIN = Pattern.compile(LABEL_RULE + "(\\." + LABEL_RULE + ")*");
  private static final Pattern OLD_LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern QUALIFIED =
      Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");

  private Names() {}

  static void check(Kind kind, ObjectNode object, List<Cause> causes) {
    String name = Json.name(object);
    if (name.isEmpty()) {
      causes.add(Cause.required("metadata.name", "name or generateName is required"));
      return;
    }
    String why =
        switch (kind.learned() ? "" : kind.plural()) {
          case "services" ->
              label(
                  name,
                  OLD_LABEL,
                  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character,"
                      + " and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
          case "namespaces" -> label(name);
          case "roles", "rolebindings", "clusterroles", "clusterrolebindings" ->
              name.contains("/")
                  ? "may not contain '/'"
                  : name.contains("%") ? "may not contain '%'" : null;
          default -> subdomain(name);
        };
    if (why != null) {
      causes.add(Cause.invalid("metadata.name", quote(name), why));
    }
    labels(object.path("metadata").path("labels"), "metadata.labels", causes);
  }

  static String label(String name) {
    return label(
        name,
        LABEL,
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an"
            + " alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '"
            + LABEL_RULE
            + "')");
  }

  private static String label(String name, Pattern rule, String why) {
    return name.length() > 63
        ? "must be no more than 63 bytes"
        : rule.matcher(name).matches() ? null : why;
  }

  private static String subdomain(String name) {
    if (name.length() > 253) {
      return "must be no more than 253 bytes";
    }
    return SUBDOMAIN.matcher(name).matches()
        ? null
        : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric"
            + " character (e.g. 'example.com', regex used for validation is '"
            + LABEL_RULE
            + "(\\."
            + LABEL_RULE
            + ")*')";
  }

  static void labels(JsonNode labels, String path, List<Cause> causes) {
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      String key = label.getKey();
      String name = key.substring(key.indexOf('/') + 1);
      if (name.length() > 63 || !QUALIFIED.matcher(name).matches()) {
        causes.add(
            Cause.invalid(
                path,
                quote(key),
                "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                    + " character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"));
      }
      String value = label.getValue().asText();
      if (value.length() > 63) {
        causes.add(Cause.invalid(path, quote(value), "must be no more than 63 bytes"));
      } else if (!value.isEmpty() && !QUALIFIED.matcher(value).matches()) {
        causes.add(
            Cause.invalid(
                path,
                quote(value),
                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                    + " alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"));
      }
    }
  }

  static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
