package theater.laptop.cli;

import java.util.List;
import theater.kube.KubeApi;
import theater.kube.Meta;
import theater.kube.ResourceTypes;
import theater.laptop.api.ApiServer;

/// The pod `istiod` of one context, as the control plane behind it knows it.
record Istiod(ApiServer server) {
  /// Names of its Service.
  static final List<String> NAMES =
      List.of("istiod.istio-system.svc", "istiod.istio-system", "istiod");

  private static final String ACCOUNTS = "system:serviceaccount:" + Contexts.SYSTEM + ":";

  /// Who may ask for what all proxies have: service accounts of istio-system.
  boolean trusts(String token) {
    return server.account(token).filter(name -> name.startsWith(ACCOUNTS)).isPresent();
  }

  /// Its name, by which istioctl tells control planes apart; `istiod` while there is none.
  String name() {
    KubeApi api = server.api();
    return api.list(ResourceTypes.POD, Contexts.SYSTEM, "app=istiod").items().stream()
        .map(Meta::name)
        .sorted()
        .findFirst()
        .orElse("istiod");
  }
}
