package theater.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import theater.kube.Connection;
import theater.kube.HttpKubeApi;
import theater.kube.Informer;
import theater.kube.InformerListener;
import theater.kube.KubeApi;
import theater.kube.Loss;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// What is read of one context: pods and deployments, and in the own one the rules of the mesh.
final class KubeContext implements AutoCloseable {
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int LONGEST_REASON = 300;

  private final Runnable release;
  private final List<Informer> informers = new ArrayList<>();
  private final Informer pods;
  private final Informer deployments;
  private final Informer virtualServices;
  private final Informer destinationRules;

  /// @param rulesChanged null: rules are not read
  /// @param release of the connection, when this is closed
  KubeContext(
      KubeApi api,
      String namespace,
      Runnable podsChanged,
      Runnable rulesChanged,
      Runnable release) {
    this.release = release;
    pods = informer(api, ResourceTypes.POD, namespace, podsChanged);
    deployments = informer(api, ResourceTypes.DEPLOYMENT, namespace, podsChanged);
    boolean rules = rulesChanged != null;
    virtualServices =
        rules ? informer(api, ResourceTypes.VIRTUAL_SERVICE, namespace, rulesChanged) : null;
    destinationRules =
        rules ? informer(api, ResourceTypes.DESTINATION_RULE, namespace, rulesChanged) : null;
    informers.forEach(Informer::start);
  }

  /// Over HTTPS.
  static KubeContext open(
      Connection connection, String namespace, Runnable podsChanged, Runnable rulesChanged) {
    HttpKubeApi api = new HttpKubeApi(connection, REQUEST_LIMIT);
    return new KubeContext(api, namespace, podsChanged, rulesChanged, api::close);
  }

  private Informer informer(KubeApi api, ResourceType type, String namespace, Runnable changed) {
    Informer informer = new Informer(api, type, namespace, InformerListener.always(changed));
    informers.add(informer);
    return informer;
  }

  /// Null when pods and deployments are known, otherwise why not.
  String podsUnknown() {
    return unknown(pods, deployments);
  }

  /// Null when the rules are known, otherwise why not.
  String rulesUnknown() {
    return unknown(virtualServices, destinationRules);
  }

  List<JsonNode> pods() {
    return byName(pods);
  }

  List<JsonNode> deployments() {
    return byName(deployments);
  }

  List<JsonNode> virtualServices() {
    return byName(virtualServices);
  }

  List<JsonNode> destinationRules() {
    return byName(destinationRules);
  }

  /// Known is what was read once, as long as the server is away for a moment only.
  private static String unknown(Informer... of) {
    for (Informer informer : of) {
      Loss loss = informer.loss().orElse(null);
      if (loss != null && (!informer.synced() || loss.lasts(GRACE))) {
        String reason = "the API server can not be read: " + loss.reason();
        return reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
      }
      if (!informer.synced()) {
        return "the API server has not answered yet";
      }
    }
    return null;
  }

  private static List<JsonNode> byName(Informer informer) {
    List<JsonNode> all = new ArrayList<>(informer.all());
    all.sort(Comparator.comparing(Meta::name));
    return all;
  }

  @Override
  public void close() {
    informers.forEach(Informer::close);
    release.run();
  }
}
