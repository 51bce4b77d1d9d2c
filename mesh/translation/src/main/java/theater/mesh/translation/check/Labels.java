package theater.mesh.translation.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for labels, selectors of workloads and targets of policies.
final class Labels {
  private static final String DNS = "[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?";
  private static final String NAME = "(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final Pattern KEY =
      Pattern.compile("(" + DNS + "(?:\\." + DNS + ")*/)?(" + NAME + ")");
  private static final Pattern VALUE = Pattern.compile("(" + NAME + ")?");
  private static final int LONGEST_PREFIX = 253;
  private static final int LONGEST_NAME = 63;
  private static final Map<String, String> TARGETS =
      Map.of(
          "Service", "",
          "ServiceEntry", "networking.istio.io",
          "Gateway", "gateway.networking.k8s.io",
          "GatewayClass", "gateway.networking.k8s.io");

  private Labels() {}

  /// Labels that must be well-formed.
  static void check(SpecNode labels, Complaints complaints) {
    labels
        .texts()
        .forEach((key, value) -> {
          Matcher form = KEY.matcher(key);
          if (!form.matches()) {
            complaints.addListed("invalid tag key: \"" + key + "\"");
          } else if (form.group(1) != null && form.group(1).length() - 1 > LONGEST_PREFIX) {
            complaints.addListed("invalid tag key: \"" + key + "\" (DNS prefix is too long)");
          } else if (form.group(2).length() > LONGEST_NAME) {
            complaints.addListed("invalid tag key: \"" + key + "\" (name is too long)");
          }
          if (!VALUE.matcher(value).matches()) {
            complaints.addListed("invalid tag value: \"" + value + "\"");
          }
        });
  }

  /// The selector of a policy (`matchLabels`).
  static void selector(SpecNode selector, Complaints complaints) {
    for (String wrong : wildcards(selector.at("matchLabels"))) {
      complaints.add(wrong);
    }
    complaints.warnIf(
        selector.present() && selector.at("matchLabels").entries().isEmpty(),
        "workload selector specified without labels");
  }

  /// What is wrong with the labels of a selector.
  static List<String> wildcards(SpecNode labels) {
    List<String> wrong = new ArrayList<>();
    labels
        .texts()
        .forEach((key, value) -> {
          String pair = "\"" + key + "=" + value + "\"";
          if (key.isEmpty()) {
            wrong.add("empty key is not supported in selector: " + pair);
          }
          if (key.contains("*") || value.contains("*")) {
            wrong.add("wildcard is not supported in selector: " + pair);
          }
        });
    return wrong;
  }

  /// What a policy acts on: a selector or targets, and which.
  static void targets(SpecNode spec, Complaints complaints) {
    int ways =
        (spec.at("selector").present() ? 1 : 0)
            + (spec.at("targetRef").present() ? 1 : 0)
            + (spec.at("targetRefs").items().isEmpty() ? 0 : 1);
    complaints.addIf(ways > 1, "only one of targetRefs or workloadSelector can be set");
    selector(spec.at("selector"), complaints);
    if (spec.at("targetRef").present()) {
      target(spec.at("targetRef"), complaints);
    }
    spec.at("targetRefs").items().forEach(target -> target(target, complaints));
  }

  private static void target(SpecNode target, Complaints complaints) {
    complaints.addIf(!Rules.given(target.at("name")), "targetRef name must be set");
    complaints.addIf(
        Rules.given(target.at("namespace")),
        "targetRef namespace must not be set; cross namespace referencing is not supported");
    String group = target.at("group").textOr("");
    String kind = target.at("kind").textOr("");
    complaints.addIf(
        !(group.equals("core") ? "" : group).equals(TARGETS.get(kind)),
        "targetRef must be to one of [/v1/Service networking.istio.io/v1/ServiceEntry"
            + " gateway.networking.k8s.io/v1/Gateway gateway.networking.k8s.io/v1/GatewayClass] but was "
            + group
            + "/"
            + kind);
  }
}
