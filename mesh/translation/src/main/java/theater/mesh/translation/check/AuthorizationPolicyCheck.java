package theater.mesh.translation.check;

import java.util.List;
import theater.mesh.translation.spec.SpecNode;
import theater.mesh.view.ConfigObject;

/// Istio's rules for AuthorizationPolicy; [AuthorizationValues] has those of single values.
final class AuthorizationPolicyCheck {
  private static final List<String> IDENTITIES =
      List.of(
          "namespaces",
          "notNamespaces",
          "serviceAccounts",
          "notServiceAccounts",
          "principals",
          "notPrincipals",
          "requestPrincipals",
          "notRequestPrincipals");
  private static final List<String> SOURCE =
      List.of(
          "principals",
          "requestPrincipals",
          "namespaces",
          "serviceAccounts",
          "ipBlocks",
          "remoteIpBlocks");
  private static final List<String> OPERATION = List.of("ports", "methods", "paths", "hosts");
  private static final String MEANINGLESS =
      " action without `rules` is meaningless as it will never be triggered, add an empty rule `{}` if you want it be triggered for every request";

  private AuthorizationPolicyCheck() {}

  static void check(ConfigObject object, SpecNode spec, Complaints complaints) {
    String action = spec.at("action").textOr("ALLOW");
    List<SpecNode> rules = spec.at("rules").items();
    Labels.targets(spec, complaints);
    if (action.equals("CUSTOM")) {
      custom(spec, rules, complaints);
    } else {
      complaints.addIf(
          spec.at("provider").present(),
          "`provider` must not be with non CUSTOM action, found " + action);
    }
    complaints.addIf(action.equals("DENY") && rules.isEmpty(), "DENY" + MEANINGLESS);
    for (int i = 0; i < rules.size(); i++) {
      rule(rules.get(i), i, action, complaints);
    }
    complaints.prefix("invalid policy " + object.name() + "." + object.namespace() + ": ");
  }

  private static void custom(SpecNode spec, List<SpecNode> rules, Complaints complaints) {
    if (rules.isEmpty()) {
      complaints.add("CUSTOM" + MEANINGLESS);
    } else {
      complaints.addIf(
          !Rules.given(spec.at("provider", "name")), "`provider.name` must not be empty");
    }
    String not = " is currently not supported with CUSTOM action";
    for (SpecNode rule : rules) {
      for (SpecNode from : rule.at("from").items()) {
        for (String field : IDENTITIES) {
          complaints.addIf(
              !from.at("source", field).items().isEmpty(),
              "From." + AuthorizationValues.goName(field) + not);
        }
      }
      for (SpecNode when : rule.at("when").items()) {
        String key = when.at("key").textOr("");
        complaints.addIf(
            List.of("source.namespace", "source.serviceAccount", "source.principal").contains(key)
                || key.startsWith("request.auth."),
            key + not);
      }
    }
  }

  private static void rule(SpecNode rule, int index, String action, Complaints complaints) {
    String found = ", found at rule " + index;
    boolean from = false;
    boolean tcpFrom = false;
    for (SpecNode item : rule.at("from").items()) {
      SpecNode source = item.at("source");
      if (!source.present()) {
        complaints.add("`from.source` must not be nil" + found);
        continue;
      }
      from = true;
      tcpFrom |= source(source, found, complaints);
    }
    boolean to = false;
    boolean tcpTo = false;
    for (SpecNode item : rule.at("to").items()) {
      SpecNode operation = item.at("operation");
      if (!operation.present()) {
        complaints.add("`to.operation` must not be nil" + found);
        continue;
      }
      to = true;
      tcpTo |= operation(operation, found, complaints);
    }
    rule.at("when").items().forEach(when -> condition(when, complaints));
    complaints.warnIf(
        action.equals("DENY") && (from && !to && !tcpFrom || to && !tcpTo),
        "configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port");
  }

  /// @return whether it says something of TCP connections
  private static boolean source(SpecNode source, String found, Complaints complaints) {
    boolean accounts = any(source, List.of("serviceAccounts"));
    complaints.addIf(
        accounts && any(source, List.of("principals", "namespaces")),
        "cannot set serviceAccounts with namespaces or principals" + found);
    complaints.addIf(!any(source, SOURCE), "`from.source` must not be empty" + found);
    for (String field : List.of("ipBlocks", "notIpBlocks", "remoteIpBlocks", "notRemoteIpBlocks")) {
      AuthorizationValues.addresses(source.at(field).textItems(), complaints);
    }
    for (String field : SOURCE) {
      for (String name : List.of(field, AuthorizationValues.not(field))) {
        AuthorizationValues.filled(name, source.at(name).textItems(), complaints);
      }
    }
    return any(
        source,
        List.of("principals", "ipBlocks", "namespaces", "remoteIpBlocks", "serviceAccounts"));
  }

  private static boolean operation(SpecNode operation, String found, Complaints complaints) {
    complaints.addIf(!any(operation, OPERATION), "`to.operation` must not be empty" + found);
    for (String field : OPERATION) {
      for (String name : List.of(field, AuthorizationValues.not(field))) {
        AuthorizationValues.filled(name, operation.at(name).textItems(), complaints);
      }
    }
    for (String name : List.of("ports", "notPorts")) {
      AuthorizationValues.ports(operation.at(name).textItems(), complaints);
    }
    for (String name : List.of("paths", "notPaths")) {
      AuthorizationValues.paths(name, operation.at(name).textItems(), complaints);
    }
    return any(operation, List.of("ports"));
  }

  private static void condition(SpecNode when, Complaints complaints) {
    String key = when.at("key").textOr("");
    List<String> values = when.at("values").textItems();
    List<String> notValues = when.at("notValues").textItems();
    if (key.isEmpty()) {
      complaints.add("`key` must not be empty");
    } else if (values.isEmpty() && notValues.isEmpty()) {
      complaints.add("at least one of `values` or `notValues` must be set for key " + key);
    } else {
      for (List<String> list : List.of(values, notValues)) {
        String wrong = AuthorizationValues.attribute(key, list);
        complaints.addIf(
            !wrong.isEmpty(),
            "invalid `"
                + (list == values ? "value" : "notValue")
                + "` for `key` "
                + key
                + ": "
                + wrong);
      }
    }
  }

  /// Whether one of these, or its `not…`, lists something.
  private static boolean any(SpecNode node, List<String> fields) {
    return fields.stream()
        .anyMatch(field ->
            !node.at(field).items().isEmpty()
                || !node.at(AuthorizationValues.not(field)).items().isEmpty());
  }
}
