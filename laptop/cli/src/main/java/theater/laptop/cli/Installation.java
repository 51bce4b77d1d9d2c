package theater.laptop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.ResourceTypes;

/// Applies what a cloud's administrator would have installed, and the course with its own script;
/// nothing that is there already and unchanged.
record Installation(Settings settings, Messages messages, Progress progress, Kubectl kubectl) {

  void preinstalled(Map<String, KubeApi> apis) {
    Path folder = settings.root().resolve("laptop/preinstalled");
    Deployed deployed = Deployed.of(settings.home(), "preinstalled", List.of(folder));
    if (deployed.current() && has(apis, Contexts.SYSTEM)) {
      return;
    }
    progress.step(messages.text("up.preinstalled"));
    for (String context : apis.keySet()) {
      List<String> manifests = new ArrayList<>();
      checked(
          "kubectl kustomize",
          manifests,
          kubectl.run(
              null, manifests::add, "kubectl", "kustomize", folder.resolve(context).toString()));
      String text =
          String.join("\n", manifests)
              .replace("${ISTIOD_SOCKET}", settings.home().istiodSocket(context).toString())
              .replace(
                  "${ISTIOD_PAGES_SOCKET}", settings.home().istiodPagesSocket(context).toString())
              .replace("${INGRESS_PORT}", Integer.toString(settings.plan().ingressPort()))
              .replace("${INGRESS_TLS_PORT}", Integer.toString(settings.plan().ingressTlsPort()));
      List<String> output = new ArrayList<>();
      checked(
          "kubectl apply",
          output,
          kubectl.run(text, output::add, "kubectl", "--context", context, "apply", "-f", "-"));
    }
    deployed.remember();
  }

  /// A learner's own rules are kept: `--keep-rules`.
  void course(Map<String, KubeApi> apis) {
    Path scripts = settings.root().resolve("k8s");
    Deployed deployed =
        Deployed.of(settings.home(), "course", List.of(scripts, settings.root().resolve("ui")));
    if (deployed.current() && has(apis, Contexts.NAMESPACE)) {
      return;
    }
    progress.step(messages.text("up.course"));
    Path log = settings.home().run().resolve("deploy.log");
    List<String> output = new ArrayList<>();
    int exit =
        kubectl.run(
            null,
            output::add,
            scripts.resolve("deploy-all.sh").toString(),
            "--keep-rules",
            "--remote-access",
            "--no-wait");
    try {
      Files.write(log, output);
    } catch (IOException e) {
      throw new UncheckedIOException("deploy.log cannot be written", e);
    }
    checked("k8s/deploy-all.sh", output, exit);
    progress.step(messages.text("up.deployed", log));
    deployed.remember();
  }

  private void checked(String what, List<String> output, int exit) {
    if (exit != 0) {
      String end =
          String.join("\n", output.subList(Math.max(0, output.size() - 10), output.size()));
      throw messages.failure("up.apply", what, exit, end);
    }
  }

  private static boolean has(Map<String, KubeApi> apis, String namespace) {
    for (KubeApi api : apis.values()) {
      try {
        api.get(ResourceTypes.NAMESPACE, null, namespace);
      } catch (KubeException e) {
        return false;
      }
    }
    return true;
  }
}
