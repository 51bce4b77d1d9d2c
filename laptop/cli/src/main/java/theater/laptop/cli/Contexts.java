package theater.laptop.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.kube.HttpKubeApi;
import theater.kube.KubeApi;
import theater.kube.Kubeconfig;

/// The contexts of the laptop and how to reach their API servers.
final class Contexts {
  static final List<String> NAMES = List.of("ctx1", "ctx2");
  static final String NAMESPACE = "theater-msa";
  static final String SYSTEM = "istio-system";

  private Contexts() {}

  /// The client of the context that is named, or of the kubeconfig's current one.
  ///
  /// @param name empty for the current one
  static KubeApi chosen(Settings settings, Messages messages, String name) {
    if (!settings.everStarted()) {
      throw messages.failure("kubectl.never");
    }
    Kubeconfig kubeconfig = Kubeconfig.read(settings.home().kubeconfig());
    String context = name.isEmpty() ? kubeconfig.current() : name;
    if (!kubeconfig.contexts().containsKey(context)) {
      throw messages.failure("istioctl.context", context, kubeconfig.contexts().keySet());
    }
    return new HttpKubeApi(kubeconfig.context(context));
  }

  /// Clients by context, with the credentials of the instance's kubeconfig.
  static Map<String, KubeApi> open(Settings settings) {
    Kubeconfig kubeconfig = Kubeconfig.read(settings.home().kubeconfig());
    Map<String, KubeApi> apis = new LinkedHashMap<>();
    for (String name : NAMES) {
      apis.put(name, new HttpKubeApi(kubeconfig.context(name)));
    }
    return apis;
  }
}
