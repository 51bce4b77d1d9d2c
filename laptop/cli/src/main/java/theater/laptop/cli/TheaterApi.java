package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import theater.kube.HttpKubeApi;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.kube.Kubeconfig;

/// Asks a running theater's control planes what they know, with the instance's credentials.
record TheaterApi(Settings settings, Messages messages) {

  /// @param context checked against those that exist
  /// @throws CommandException in one sentence
  JsonNode get(String context, String path) {
    if (!Contexts.NAMES.contains(context)) {
      throw messages.failure("ask.context", context, String.join(", ", Contexts.NAMES));
    }
    if (!settings.everStarted()) {
      throw messages.failure("status.down");
    }
    try {
      Kubeconfig kubeconfig = Kubeconfig.read(settings.home().kubeconfig());
      return new HttpKubeApi(kubeconfig.context(context)).get(ControlPlaneApi.PREFIX + path);
    } catch (KubeException e) {
      throw new CommandException(
          e.code() == 404 ? messages.text("ask.older", context) : e.getMessage());
    } catch (KubeUnavailableException e) {
      throw messages.failure("ask.down", context);
    }
  }

  static String parameters(String name, List<String> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(
        value -> text.append('&').append(name).append('=').append(AskedContexts.encode(value)));
    return text.toString();
  }
}
