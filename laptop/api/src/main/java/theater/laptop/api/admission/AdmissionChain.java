package theater.laptop.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import theater.laptop.api.auth.ServiceAccountTokens;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.schema.CustomValidator;
import theater.laptop.api.status.Cause;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.store.ObjectKey;
import theater.laptop.api.store.ObjectStore;

/// All that happens to an object between its decoding and the store.
public final class AdmissionChain {
  private final ObjectStore store;
  private final CustomValidator custom;
  private final ServiceAccountTokens tokens;
  private final ClusterIps clusterIps;
  private final List<Admission> plugged;

  /// Held while an object is prepared and written whose kind shares a range with its like
  /// (Services).
  private final ReentrantLock ranges = new ReentrantLock();

  /// @param addresses ClusterIPs to give
  public AdmissionChain(
      ObjectStore store,
      CustomValidator custom,
      ServiceAccountTokens tokens,
      List<String> addresses,
      List<Admission> plugged) {
    this.store = store;
    this.custom = custom;
    this.tokens = tokens;
    this.clusterIps = new ClusterIps(store, List.copyOf(addresses));
    this.plugged = List.copyOf(plugged);
  }

  /// The lock to hold from here to the write, null for none.
  public ReentrantLock lock(Kind kind) {
    return kind.is("", "services") ? ranges : null;
  }

  /// Refuses namespaces that do not exist or are being deleted. @throws StatusException 404 or 403
  public void namespace(Kind kind, ObjectNode object) {
    String namespace = Json.namespace(object);
    if (!kind.namespaced()) {
      return;
    }
    ObjectNode found = store.get(new ObjectKey("namespaces", "", namespace));
    if (found == null) {
      throw StatusException.notFound(theater.laptop.api.kind.Kinds.of("", "namespaces"), namespace);
    }
    if (!Json.text(found, "metadata", "deletionTimestamp").isEmpty()) {
      throw StatusException.forbidden(
          kind,
          Json.name(object),
          "unable to create new content in namespace "
              + namespace
              + " because it is being terminated");
    }
  }

  /// Puts defaults into a custom resource and checks it by its definition. @throws StatusException
  /// 422
  public void custom(Kind kind, String version, ObjectNode object) {
    kind.custom().fill(object);
    List<Cause> causes = custom.validate(kind, version, object);
    if (!causes.isEmpty()) {
      throw StatusException.invalid(kind, Json.name(object), causes);
    }
  }

  /// Completes and checks an object in place.
  ///
  /// @param old null when it is new
  /// @return warnings
  public List<String> admit(Kind kind, String version, ObjectNode object, ObjectNode old) {
    Defaults.apply(kind, object);
    if (kind.learned()) {
      kind.custom().fill(object);
    }
    if (old == null) {
      complete(kind, object);
    }
    if (kind.is("", "services")) {
      clusterIps.assign(object, old);
    }
    List<Cause> causes = new ArrayList<>(Checks.check(kind, object, old));
    if (kind.isCustom()) {
      causes.addAll(custom.validate(kind, version, object));
    }
    if (!causes.isEmpty()) {
      throw StatusException.invalid(kind, Json.name(object), causes);
    }
    List<String> warnings = new ArrayList<>();
    for (Admission admission : plugged) {
      Admission.Review review = admission.review(object);
      if (review.refusal() != null) {
        throw new StatusException(400, "", review.refusal(), null);
      }
      warnings.addAll(review.warnings());
    }
    return warnings;
  }

  private void complete(Kind kind, ObjectNode object) {
    switch (kind.resource()) {
      case "pods" -> {
        ObjectNode spec = Json.child(object, "spec");
        Json.putIfAbsent(spec, "serviceAccountName", "default");
        Json.putIfAbsent(spec, "serviceAccount", Json.text(spec, "serviceAccountName"));
        account(kind, object, Json.text(spec, "serviceAccountName"));
        ObjectNode namespace = store.get(new ObjectKey("namespaces", "", Json.namespace(object)));
        SidecarInjector.inject(
            object, namespace == null ? Json.object() : namespace.path("metadata").path("labels"));
        String account = Json.text(spec, "serviceAccountName");
        ObjectNode found =
            store.get(new ObjectKey("serviceaccounts", Json.namespace(object), account));
        PodAdmission.complete(spec, found == null ? Json.object() : found);
        Defaults.apply(kind, object);
      }
      case "namespaces" -> Json.child(object, "spec").putArray("finalizers").add("kubernetes");
      case "secrets" -> tokens.fill(object);
      default -> {}
    }
  }

  /// A pod's account must be there. `default` always comes with the namespace, if a moment later.
  private void account(Kind kind, ObjectNode pod, String name) {
    String namespace = Json.namespace(pod);
    if (!name.equals("default")
        && store.get(new ObjectKey("serviceaccounts", namespace, name)) == null) {
      String generated = Json.text(pod, "metadata", "generateName");
      throw StatusException.forbidden(
          kind,
          generated.isEmpty() ? Json.name(pod) : generated,
          "error looking up service account "
              + namespace
              + "/"
              + name
              + ": serviceaccount \""
              + name
              + "\" not found");
    }
  }
}
