package theater.laptop.api.admission;

import static theater.laptop.api.json.Json.putIfAbsent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.Cause;

/// What a MutatingWebhookConfiguration and a ValidatingWebhookConfiguration are completed with and
/// must keep to.
final class Webhooks {
  private static final int SEGMENTS = 3;

  private Webhooks() {}

  static void defaults(ObjectNode configuration) {
    boolean mutating = Json.text(configuration, "kind").startsWith("Mutating");
    for (JsonNode each : configuration.path("webhooks")) {
      if (!(each instanceof ObjectNode webhook)) {
        continue;
      }
      putIfAbsent(webhook, "failurePolicy", "Fail");
      putIfAbsent(webhook, "matchPolicy", "Equivalent");
      putIfAbsent(webhook, "timeoutSeconds", 10);
      if (mutating) {
        putIfAbsent(webhook, "reinvocationPolicy", "Never");
      }
      Json.child(webhook, "namespaceSelector");
      Json.child(webhook, "objectSelector");
      for (JsonNode rule : webhook.path("rules")) {
        if (rule instanceof ObjectNode object) {
          putIfAbsent(object, "scope", "*");
        }
      }
      if (webhook.path("clientConfig").path("service") instanceof ObjectNode service) {
        putIfAbsent(service, "port", 443);
      }
    }
  }

  static void check(JsonNode configuration, List<Cause> causes) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < configuration.path("webhooks").size(); i++) {
      JsonNode webhook = configuration.path("webhooks").get(i);
      String at = "webhooks[" + i + "]";
      String name = Json.text(webhook, "name");
      if (name.isEmpty()) {
        causes.add(Cause.required(at + ".name", ""));
      } else if (name.split("\\.", -1).length < SEGMENTS) {
        causes.add(
            Cause.invalid(
                at + ".name",
                Names.quote(name),
                "should be a domain with at least three segments separated by dots"));
      } else if (!names.add(name)) {
        causes.add(Cause.duplicate(at + ".name", name));
      }
      if (webhook.path("admissionReviewVersions").isEmpty()) {
        causes.add(
            Cause.required(at + ".admissionReviewVersions", "must specify one of v1, v1beta1"));
      }
      String effects = Json.text(webhook, "sideEffects");
      if (effects.isEmpty()) {
        causes.add(Cause.required(at + ".sideEffects", "must specify one of None, NoneOnDryRun"));
      } else if (!List.of("None", "NoneOnDryRun").contains(effects)) {
        causes.add(
            Cause.unsupported(
                at + ".sideEffects", Names.quote(effects), List.of("None", "NoneOnDryRun")));
      }
      JsonNode client = webhook.path("clientConfig");
      if (client.hasNonNull("url") == client.hasNonNull("service")) {
        causes.add(
            Cause.required(at + ".clientConfig", "exactly one of url or service is required"));
      }
    }
  }
}
