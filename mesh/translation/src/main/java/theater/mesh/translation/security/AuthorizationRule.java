package theater.mesh.translation.security;

import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.spec.SpecNode;

/// One element of an AuthorizationPolicy's `rules` as Envoy's Policy: `from` elements are
/// alternatives, so are `to` elements, and `when` adds to each.
final class AuthorizationRule {
  private static final String[][] SOURCE = {
    {"principals", "source.principal"},
    {"requestPrincipals", "request.auth.principal"},
    {"namespaces", "source.namespace"},
    {"ipBlocks", "source.ip"},
    {"remoteIpBlocks", "remote.ip"},
    {"serviceAccounts", "source.serviceAccount"}
  };
  private static final String[][] OPERATION = {
    {"hosts", "operation.host"},
    {"methods", "operation.method"},
    {"paths", "operation.path"},
    {"ports", "destination.port"}
  };

  private AuthorizationRule() {}

  static List<String> fields() {
    List<String> result =
        new ArrayList<>(List.of("when[].key", "when[].values[]", "when[].notValues[]"));
    fields("from[].source.", SOURCE, result);
    fields("to[].operation.", OPERATION, result);
    return result;
  }

  private static void fields(String place, String[][] names, List<String> result) {
    for (String[] name : names) {
      result.add(place + name[0] + "[]");
      result.add(
          place + "not" + Character.toUpperCase(name[0].charAt(0)) + name[0].substring(1) + "[]");
    }
  }

  /// Empty when it can never hold.
  static Optional<Policy> of(SpecNode rule, Principals principals, boolean tcp, boolean strict) {
    List<Condition> aboutCaller = new ArrayList<>();
    List<Condition> aboutDestination = new ArrayList<>();
    for (SpecNode written : rule.at("when").items()) {
      Condition when = Condition.of(written);
      if (when.aboutDestination()) {
        aboutDestination.add(when);
      } else if (Principals.knows(when.attribute())) {
        aboutCaller.add(when);
      } else {
        written.at("key").malformed("an attribute such as request.headers[x-user]");
        return Optional.empty();
      }
    }
    Policy.Builder policy = Policy.newBuilder();
    for (List<Condition> from : each(rule.at("from"), "source", SOURCE, aboutCaller)) {
      Optional<Principal> principal = principals.of(from, tcp, strict);
      if (principal.isEmpty()) {
        return Optional.empty();
      }
      policy.addPrincipals(principal.get());
    }
    Permissions permissions = new Permissions();
    for (List<Condition> to : each(rule.at("to"), "operation", OPERATION, aboutDestination)) {
      Optional<Permission> permission = permissions.of(to, tcp, strict);
      if (permission.isEmpty()) {
        return Optional.empty();
      }
      policy.addPermissions(permission.get());
    }
    return Optional.of(policy.build());
  }

  private static List<List<Condition>> each(
      SpecNode places, String inner, String[][] names, List<Condition> more) {
    List<List<Condition>> result = new ArrayList<>();
    for (SpecNode place : places.items()) {
      List<Condition> conditions = new ArrayList<>();
      for (String[] name : names) {
        conditions.add(Condition.of(place.at(inner), name[0], name[1]));
      }
      conditions.addAll(more);
      result.add(conditions);
    }
    if (result.isEmpty()) {
      result.add(more);
    }
    return result;
  }
}
