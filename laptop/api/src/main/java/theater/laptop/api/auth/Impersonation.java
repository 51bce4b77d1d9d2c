package theater.laptop.api.auth;

import java.util.ArrayList;
import java.util.List;
import theater.laptop.api.status.StatusException;

/// `kubectl --as`: a request in the name of somebody else, by somebody who may `impersonate` them
/// (Kubernetes: User impersonation).
public final class Impersonation {
  private static final String ACCOUNT = "system:serviceaccount:";
  private static final String AUTHENTICATED = "system:authenticated";

  private Impersonation() {}

  /// @param real who asks
  /// @param name header Impersonate-User, empty for nobody
  /// @param groups headers Impersonate-Group
  /// @throws StatusException 403 when they may not, 400 for groups without a user
  public static User of(User real, String name, List<String> groups, Rbac rbac) {
    if (name.isEmpty()) {
      if (!groups.isEmpty()) {
        throw StatusException.badRequest("requested groups " + groups + " without a user");
      }
      return real;
    }
    List<String> all = new ArrayList<>(groups);
    String[] account = name.startsWith(ACCOUNT) ? name.split(":", 4) : new String[0];
    if (account.length == 4) {
      require(real, rbac, "serviceaccounts", account[2], account[3]);
      if (groups.isEmpty()) {
        all.add("system:serviceaccounts");
        all.add("system:serviceaccounts:" + account[2]);
      }
    } else {
      require(real, rbac, "users", "", name);
    }
    groups.forEach(group -> require(real, rbac, "groups", "", group));
    if (!all.contains(AUTHENTICATED)) {
      all.add(AUTHENTICATED);
    }
    return new User(name, all);
  }

  private static void require(
      User real, Rbac rbac, String resource, String namespace, String name) {
    if (!rbac.allowed(real, new Attributes("impersonate", "", resource, namespace, name, ""))) {
      String where =
          namespace.isEmpty() ? " at the cluster scope" : " in the namespace \"" + namespace + "\"";
      throw new StatusException(
          403,
          "Forbidden",
          resource
              + " \""
              + name
              + "\" is forbidden: User \""
              + real.name()
              + "\" cannot impersonate resource \""
              + resource
              + "\" in API group \"\""
              + where,
          null);
    }
  }
}
