package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import theater.kube.Informer;
import theater.kube.InformerListener;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// The cloud's load balancers: a Service of type LoadBalancer gets the address of a pod behind it
/// (`status.loadBalancer.ingress`), and keeps the last one while it has no pod, as a cloud's keeps
/// its address. A pod that listens elsewhere, too (annotation `theater.dev/listen`), gives that
/// address.
final class LoadBalancers implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LoadBalancers.class.getName());
  private static final String LISTEN = "theater.dev/listen";

  private final KubeApi api;
  private final Informer services;
  private final Informer pods;

  LoadBalancers(KubeApi api) {
    this.api = api;
    InformerListener changes = InformerListener.always(this::look);
    this.services = new Informer(api, ResourceTypes.SERVICE, null, changes);
    this.pods = new Informer(api, ResourceTypes.POD, null, changes);
  }

  LoadBalancers start() {
    services.start();
    pods.start();
    return this;
  }

  @Override
  public void close() {
    services.close();
    pods.close();
  }

  private synchronized void look() {
    for (ObjectNode service : services.all()) {
      if (service.path("spec").path("type").asText().equals("LoadBalancer")) {
        address(service)
            .filter(address -> !address.equals(shown(service)))
            .ifPresent(address -> write(service, address));
      }
    }
  }

  private static String shown(JsonNode service) {
    return service.path("status").path("loadBalancer").path("ingress").path(0).path("ip").asText();
  }

  private Optional<String> address(JsonNode service) {
    Map<String, String> selector = Meta.texts(service.path("spec").path("selector"));
    return selector.isEmpty()
        ? Optional.empty()
        : pods.all().stream()
            .filter(pod -> Meta.namespace(pod).equals(Meta.namespace(service)))
            .filter(pod -> !Meta.deleting(pod))
            .filter(pod -> Meta.labels(pod).entrySet().containsAll(selector.entrySet()))
            .map(LoadBalancers::addressOf)
            .filter(address -> !address.isEmpty())
            .sorted()
            .findFirst();
  }

  private static String addressOf(JsonNode pod) {
    String ip = pod.path("status").path("podIP").asText("");
    String listen = Meta.annotations(pod).getOrDefault(LISTEN, "");
    int start = listen.indexOf('=');
    int end = listen.indexOf(':', start + 1);
    return ip.isEmpty() || start < 0 || end < start ? ip : listen.substring(start + 1, end);
  }

  private void write(JsonNode service, String address) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch
        .putObject("status")
        .putObject("loadBalancer")
        .putArray("ingress")
        .addObject()
        .put("ip", address);
    try {
      api.mergePatch(
          ResourceTypes.SERVICE, Meta.namespace(service), Meta.name(service), "status", patch);
    } catch (KubeException | KubeUnavailableException e) {
      LOG.log(Level.WARNING, "address of Service {0}: {1}", Meta.key(service), e.getMessage());
    }
  }
}
