package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import theater.kube.HttpKubeApi;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.kube.Kubeconfig;
import theater.kube.ResourceType;

/// Asks a running theater's control planes what they know, with the instance's credentials.
record TheaterApi(Settings settings, Messages messages) {

  /// @param context checked against those that exist
  /// @throws CommandException in one sentence
  JsonNode get(String context, String path) {
    return asked(context, api -> api.get(ControlPlaneApi.PREFIX + path));
  }

  /// All objects of a type that the context's API server has.
  ///
  /// @throws CommandException in one sentence
  List<ObjectNode> objects(String context, ResourceType type) {
    return asked(context, api -> api.list(type, null, null).items());
  }

  private <T> T asked(String context, Function<HttpKubeApi, T> question) {
    if (!Contexts.NAMES.contains(context)) {
      throw messages.failure("ask.context", context, String.join(", ", Contexts.NAMES));
    }
    if (!settings.everStarted()) {
      throw messages.failure("status.down");
    }
    try {
      Kubeconfig kubeconfig = Kubeconfig.read(settings.home().kubeconfig());
      return question.apply(new HttpKubeApi(kubeconfig.context(context)));
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
