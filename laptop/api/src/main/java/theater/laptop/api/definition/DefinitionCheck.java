package theater.laptop.api.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.Cause;

/// What must be right in a CustomResourceDefinition, with the words of the real server.
public final class DefinitionCheck {
  static final String APPROVED = "api-approved.kubernetes.io";
  private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final String PART = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern SUBDOMAIN = Pattern.compile(PART + "(\\." + PART + ")*");
  private static final String BAD_LABEL =
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character,"
          + " and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
  private static final List<String> COLUMN_TYPES =
      List.of("boolean", "date", "integer", "number", "string");
  private final List<Cause> causes = new ArrayList<>();

  private DefinitionCheck() {}

  /// @param old null when it is new
  public static List<Cause> check(ObjectNode object, ObjectNode old) {
    DefinitionCheck check = new DefinitionCheck();
    JsonNode spec = object.path("spec");
    String wanted = Json.text(spec, "names", "plural") + "." + Json.text(spec, "group");
    if (!Json.name(object).equals(wanted)) {
      check.invalid(
          "metadata.name", Json.name(object), "must be spec.names.plural+\".\"+spec.group");
    }
    check.spec(spec);
    check.approval(object);
    if (old != null) {
      check.change(object, old);
    }
    return check.causes;
  }

  private void spec(JsonNode spec) {
    String group = Json.text(spec, "group");
    if (group.isEmpty()) {
      causes.add(Cause.required("spec.group", ""));
    } else if (group.length() > 253 || !SUBDOMAIN.matcher(group).matches()) {
      invalid(
          "spec.group",
          group,
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric"
              + " character (e.g. 'example.com', regex used for validation is '"
              + SUBDOMAIN
              + "')");
    } else if (!group.contains(".")) {
      invalid("spec.group", group, "should be a domain with at least one dot");
    }
    oneOf(spec.path("scope"), "spec.scope", List.of("Cluster", "Namespaced"));
    versions(spec.path("versions"));
    names(spec.path("names"));
    JsonNode conversion = spec.path("conversion");
    oneOf(conversion.path("strategy"), "spec.conversion.strategy", List.of("None", "Webhook"));
    if (Json.text(conversion, "strategy").equals("Webhook")
        && !conversion.path("webhook").has("clientConfig")) {
      causes.add(
          Cause.required(
              "spec.conversion.webhookClientConfig", "required when strategy is set to Webhook"));
    }
    if (spec.path("preserveUnknownFields").asBoolean()) {
      causes.add(
          Cause.invalid(
              "spec.preserveUnknownFields",
              "true",
              "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"));
    }
  }

  private void versions(JsonNode versions) {
    int storage = 0;
    Set<String> seen = new HashSet<>();
    boolean unique = true;
    for (int i = 0; i < versions.size(); i++) {
      JsonNode version = versions.get(i);
      String at = "spec.versions[" + i + "]";
      storage += version.path("storage").asBoolean() ? 1 : 0;
      unique &= seen.add(Json.text(version, "name"));
      if (!version.path("schema").path("openAPIV3Schema").isObject()) {
        causes.add(Cause.required(at + ".schema.openAPIV3Schema", "schemas are required"));
      }
      label(Json.text(version, "name"), at + ".name", "");
      version(version, at);
    }
    if (!unique) {
      causes.add(
          Cause.invalid("spec.versions", versions.toString(), "must contain unique version names"));
    }
    if (storage != 1) {
      causes.add(
          Cause.invalid(
              "spec.versions",
              versions.isMissingNode() ? "null" : versions.toString(),
              "must have exactly one version marked as storage version"));
    }
  }

  private void version(JsonNode version, String at) {
    if (version.path("schema").path("openAPIV3Schema") instanceof ObjectNode schema) {
      causes.addAll(StructuralRules.check(schema, at + ".schema.openAPIV3Schema"));
    }
    if (version.has("deprecationWarning") && !version.path("deprecated").asBoolean()) {
      invalid(
          at + ".deprecationWarning",
          Json.text(version, "deprecationWarning"),
          "can only be set for deprecated versions");
    }
    JsonNode scale = version.path("subresources").path("scale");
    if (scale.isObject()) {
      String where = at + ".subresources.scale.";
      place(scale, "specReplicasPath", where, ".spec.", "should be a json path under .spec");
      place(scale, "statusReplicasPath", where, ".status.", "should be a json path under .status");
      String selector = Json.text(scale, "labelSelectorPath");
      if (!selector.isEmpty() && !selector.matches("\\.(spec|status)\\..+")) {
        invalid(
            where + "labelSelectorPath",
            selector,
            "should be a json path under either .spec or .status");
      }
    }
    for (int i = 0; i < version.path("additionalPrinterColumns").size(); i++) {
      column(
          version.path("additionalPrinterColumns").get(i),
          at + ".additionalPrinterColumns[" + i + "]");
    }
  }

  private void place(JsonNode scale, String field, String at, String start, String why) {
    String path = Json.text(scale, field);
    if (path.isEmpty()) {
      causes.add(Cause.required(at + field, ""));
    } else if (!path.startsWith(start)) {
      invalid(at + field, path, why);
    }
  }

  private void column(JsonNode column, String at) {
    if (Json.text(column, "name").isEmpty()) {
      causes.add(Cause.required(at + ".name", ""));
    }
    String type = Json.text(column, "type");
    if (type.isEmpty()) {
      causes.add(Cause.required(at + ".type", "must be one of " + String.join(",", COLUMN_TYPES)));
    } else if (!COLUMN_TYPES.contains(type)) {
      invalid(at + ".type", type, "must be one of " + String.join(",", COLUMN_TYPES));
    }
    String path = Json.text(column, "jsonPath");
    if (path.isEmpty()) {
      causes.add(Cause.required(at + ".jsonPath", ""));
    } else if (!path.startsWith(".")) {
      invalid(at + ".jsonPath", path, "must be a simple json path starting with .");
    }
  }

  private void names(JsonNode names) {
    for (String field : List.of("plural", "singular", "kind", "listKind")) {
      String name = Json.text(names, field);
      if (name.isEmpty()) {
        causes.add(Cause.required("spec.names." + field, ""));
      }
    }
    for (String field : List.of("plural", "singular")) {
      label(Json.text(names, field), "spec.names." + field, "");
    }
    for (String field : List.of("kind", "listKind")) {
      String name = Json.text(names, field);
      if (!LABEL.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
        label(name, "spec.names." + field, "may have mixed case, but should otherwise match: ");
      }
    }
    for (String list : List.of("shortNames", "categories")) {
      for (int i = 0; i < names.path(list).size(); i++) {
        label(names.path(list).get(i).asText(), "spec.names." + list + "[" + i + "]", "");
      }
    }
    String kind = Json.text(names, "kind");
    if (!kind.isEmpty() && kind.equals(Json.text(names, "listKind"))) {
      invalid("spec.names.listKind", kind, "kind and listKind may not be the same");
    }
  }

  private void approval(ObjectNode object) {
    String group = Json.text(object, "spec", "group");
    boolean guarded =
        group.equals("k8s.io")
            || group.endsWith(".k8s.io")
            || group.equals("kubernetes.io")
            || group.endsWith(".kubernetes.io");
    if (guarded && Json.text(object, "metadata", "annotations", APPROVED).isEmpty()) {
      causes.add(
          Cause.required(
              "metadata.annotations[" + APPROVED + "]",
              "protected groups must have approval annotation \""
                  + APPROVED
                  + "\", see https://github.com/kubernetes/enhancements/pull/1111"));
    }
  }

  private void change(ObjectNode object, ObjectNode old) {
    List<List<String>> fixed = new ArrayList<>();
    if (Definitions.holds(old, "Established")) {
      fixed.add(List.of("scope"));
      fixed.add(List.of("names", "kind"));
    }
    fixed.add(List.of("group"));
    fixed.add(List.of("names", "plural"));
    for (List<String> path : fixed) {
      String[] steps = path.toArray(new String[0]);
      String now = Json.text(object.path("spec"), steps);
      if (!now.equals(Json.text(old.path("spec"), steps))) {
        invalid("spec." + String.join(".", path), now, "field is immutable");
      }
    }
    List<String> versions =
        Definitions.versions(object).stream().map(version -> Json.text(version, "name")).toList();
    JsonNode stored = object.path("status").path("storedVersions");
    for (int i = 0; i < stored.size(); i++) {
      if (!versions.contains(stored.get(i).asText())) {
        invalid(
            "status.storedVersions[" + i + "]",
            stored.get(i).asText(),
            "missing from spec.versions; "
                + stored.get(i).asText()
                + " was previously a storage version, and must remain in spec.versions until a storage migration"
                + " ensures no data remains persisted in "
                + stored.get(i).asText()
                + " and removes "
                + stored.get(i).asText()
                + " from status.storedVersions");
      }
    }
  }

  private void oneOf(JsonNode value, String at, List<String> allowed) {
    if (value.asText("").isEmpty()) {
      causes.add(Cause.required(at, ""));
    } else if (!allowed.contains(value.asText())) {
      causes.add(Cause.unsupported(at, value.toString(), allowed));
    }
  }

  private void label(String name, String at, String before) {
    if (name.length() > 63) {
      invalid(at, name, before + "must be no more than 63 characters");
    } else if (!name.isEmpty() && !LABEL.matcher(name).matches()) {
      invalid(at, name, before + BAD_LABEL);
    }
  }

  private void invalid(String at, String value, String why) {
    causes.add(Cause.invalid(at, "\"" + value + "\"", why));
  }
}
