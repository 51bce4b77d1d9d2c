package theater.mesh.translation.check;

import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for Telemetry.
final class TelemetryCheck {
  private TelemetryCheck() {}

  static void check(SpecNode spec, Complaints complaints) {
    Labels.targets(spec, complaints);
    spec.at("metrics").items().forEach(metrics -> metrics(metrics, complaints));
    List<SpecNode> tracing = spec.at("tracing").items();
    complaints.warnIf(tracing.size() > 1, "multiple tracing is not currently supported");
    tracing.forEach(item -> tracing(item, complaints));
    for (SpecNode logging : spec.at("accessLogging").items()) {
      // Istio compiles the expression; here only a missing one is seen.
      complaints.addIf(
          logging.at("filter").present() && !Rules.given(logging.at("filter", "expression")),
          "must be a valid CEL expression, it is empty");
      providers(logging, complaints);
    }
  }

  private static void metrics(SpecNode metrics, Complaints complaints) {
    providers(metrics, complaints);
    for (SpecNode override : metrics.at("overrides").items()) {
      override
          .at("tagOverrides")
          .entries()
          .forEach((name, tag) -> {
            complaints.warnIf(name.isEmpty(), "tagOverrides.name may not be empty");
            boolean remove = tag.at("operation").textOr("UPSERT").equals("REMOVE");
            complaints.addIf(
                !remove && !Rules.given(tag.at("value")),
                "tagOverrides.value must be set when operation is UPSERT");
            complaints.addIf(
                remove && Rules.given(tag.at("value")),
                "tagOverrides.value may only be set when operation is UPSERT");
          });
      SpecNode custom = override.at("match", "customMetric");
      complaints.addIf(custom.present() && !Rules.given(custom), "customMetric may not be empty");
    }
  }

  private static void tracing(SpecNode tracing, Complaints complaints) {
    complaints.warnIf(
        tracing.at("providers").items().size() > 1,
        "multiple providers is not currently supported");
    providers(tracing, complaints);
    double share = tracing.at("randomSamplingPercentage").number().orElse(0.0);
    complaints.addIf(
        share < 0 || share > 100, "randomSamplingPercentage must be in range [0.0, 100.0]");
    tracing
        .at("customTags")
        .entries()
        .forEach((name, tag) -> {
          complaints.addIf(name.isEmpty(), "tag name may not be empty");
          complaints.addIf(!tag.present(), "tag '" + name + "' may not have a nil value");
          empty(tag.at("literal"), "value", "literal tag value may not be empty", complaints);
          empty(tag.at("header"), "name", "header tag name may not be empty", complaints);
          empty(tag.at("environment"), "name", "environment tag name may not be empty", complaints);
        });
  }

  private static void empty(SpecNode part, String field, String wrong, Complaints complaints) {
    complaints.addIf(part.present() && !Rules.given(part.at(field)), wrong);
  }

  private static void providers(SpecNode of, Complaints complaints) {
    complaints.addIf(
        of.at("providers").items().stream().anyMatch(provider -> !Rules.given(provider.at("name"))),
        "providers.name may not be empty");
  }
}
