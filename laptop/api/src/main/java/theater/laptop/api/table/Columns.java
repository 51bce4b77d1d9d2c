package theater.laptop.api.table;

import static theater.laptop.api.table.Column.count;
import static theater.laptop.api.table.Column.nameColumn;
import static theater.laptop.api.table.Column.number;
import static theater.laptop.api.table.Column.path;
import static theater.laptop.api.table.Column.text;
import static theater.laptop.api.table.Column.wide;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;

/// The columns of each kind, with the real server's names and order.
final class Columns {
  static final Column AGE = text("Age", object -> age(object, "metadata", "creationTimestamp"));

  private Columns() {}

  static List<Column> of(Kind kind) {
    if (kind.learned()) {
      return LearnedColumns.of(kind.custom());
    }
    return switch (kind.resource()) {
      case "pods" -> PodColumns.ALL;
      case "services" -> ServiceColumns.SERVICES;
      case "endpoints" -> ServiceColumns.ENDPOINTS;
      case "endpointslices.discovery.k8s.io" -> ServiceColumns.ENDPOINT_SLICES;
      case "ingresses.networking.k8s.io" -> ServiceColumns.INGRESSES;
      case "nodes" -> NodeColumns.ALL;
      case "deployments.apps" ->
          with(
              List.of(
                  nameColumn(),
                  text(
                      "Ready",
                      o ->
                          integer(o, "status", "readyReplicas")
                              + "/"
                              + integer(o, "spec", "replicas")),
                  count("Up-to-date", "status", "updatedReplicas"),
                  count("Available", "status", "availableReplicas"),
                  AGE),
              workload("selector"));
      case "replicasets.apps", "replicationcontrollers" ->
          with(
              List.of(
                  nameColumn(),
                  count("Desired", "spec", "replicas"),
                  count("Current", "status", "replicas"),
                  count("Ready", "status", "readyReplicas"),
                  AGE),
              workload("selector"));
      case "statefulsets.apps" ->
          with(
              List.of(
                  nameColumn(),
                  text(
                      "Ready",
                      o ->
                          integer(o, "status", "readyReplicas")
                              + "/"
                              + integer(o, "spec", "replicas")),
                  AGE),
              workload(""));
      case "daemonsets.apps" ->
          List.of(
              nameColumn(),
              count("Desired", "status", "desiredNumberScheduled"),
              count("Current", "status", "currentNumberScheduled"),
              count("Ready", "status", "numberReady"),
              count("Up-to-date", "status", "updatedNumberScheduled"),
              count("Available", "status", "numberAvailable"),
              AGE);
      case "mutatingwebhookconfigurations.admissionregistration.k8s.io",
          "validatingwebhookconfigurations.admissionregistration.k8s.io" ->
          List.of(nameColumn(), number("Webhooks", o -> o.path("webhooks").size()), AGE);
      case "namespaces" ->
          List.of(nameColumn(), text("Status", o -> Json.text(o, "status", "phase")), AGE);
      case "configmaps" ->
          List.of(
              nameColumn(),
              number("Data", o -> o.path("data").size() + o.path("binaryData").size()),
              AGE);
      case "secrets" ->
          List.of(
              nameColumn(),
              text("Type", o -> Json.text(o, "type")),
              number("Data", o -> o.path("data").size()),
              AGE);
      case "serviceaccounts" ->
          List.of(nameColumn(), number("Secrets", o -> o.path("secrets").size()), AGE);
      case "events" -> EventColumns.ALL;
      case "persistentvolumeclaims" ->
          List.of(
              nameColumn(),
              text("Status", o -> Json.text(o, "status", "phase")),
              text("Volume", o -> Json.text(o, "spec", "volumeName")),
              text("Capacity", o -> Json.text(o, "status", "capacity", "storage")),
              text("Access Modes", o -> ServiceColumns.modes(o.path("spec").path("accessModes"))),
              text("StorageClass", o -> Json.text(o, "spec", "storageClassName")),
              text("VolumeAttributesClass", _ -> "<unset>"),
              AGE,
              wide("VolumeMode", o -> Json.text(o, "spec", "volumeMode")));
      case "roles.rbac.authorization.k8s.io",
          "clusterroles.rbac.authorization.k8s.io",
          "customresourcedefinitions.apiextensions.k8s.io" ->
          List.of(
              nameColumn(), text("Created At", o -> Json.text(o, "metadata", "creationTimestamp")));
      case "rolebindings.rbac.authorization.k8s.io",
          "clusterrolebindings.rbac.authorization.k8s.io" ->
          List.of(
              nameColumn(),
              text(
                  "Role",
                  o -> Json.text(o, "roleRef", "kind") + "/" + Json.text(o, "roleRef", "name")),
              AGE);
      case "poddisruptionbudgets.policy" ->
          List.of(
              nameColumn(),
              text("Min Available", o -> bound(o, "minAvailable")),
              text("Max Unavailable", o -> bound(o, "maxUnavailable")),
              count("Allowed Disruptions", "status", "disruptionsAllowed"),
              AGE);
      case "horizontalpodautoscalers.autoscaling" -> AutoscalerColumns.ALL;
      case "priorityclasses.scheduling.k8s.io" ->
          List.of(
              nameColumn(),
              count("Value", "value"),
              text("Global-Default", o -> Boolean.toString(o.path("globalDefault").asBoolean())),
              AGE,
              text("PreemptionPolicy", o -> Json.text(o, "preemptionPolicy")));
      case "leases.coordination.k8s.io" ->
          List.of(nameColumn(), text("Holder", o -> Json.text(o, "spec", "holderIdentity")), AGE);
      case "virtualservices.networking.istio.io" ->
          List.of(
              nameColumn(),
              path("Gateways", "spec", "gateways"),
              path("Hosts", "spec", "hosts"),
              AGE);
      case "destinationrules.networking.istio.io" ->
          List.of(nameColumn(), path("Host", "spec", "host"), AGE);
      case "serviceentries.networking.istio.io" ->
          List.of(
              nameColumn(),
              path("Hosts", "spec", "hosts"),
              path("Location", "spec", "location"),
              path("Resolution", "spec", "resolution"),
              AGE);
      case "workloadentries.networking.istio.io" ->
          List.of(nameColumn(), AGE, path("Address", "spec", "address"));
      case "peerauthentications.security.istio.io" ->
          List.of(nameColumn(), path("Mode", "spec", "mtls", "mode"), AGE);
      case "authorizationpolicies.security.istio.io" ->
          List.of(nameColumn(), path("Action", "spec", "action"), AGE);
      case "gatewayclasses.gateway.networking.k8s.io" -> GatewayColumns.CLASSES;
      case "gateways.gateway.networking.k8s.io" -> GatewayColumns.GATEWAYS;
      case "httproutes.gateway.networking.k8s.io", "grpcroutes.gateway.networking.k8s.io" ->
          GatewayColumns.ROUTES;
      default -> List.of(nameColumn(), AGE);
    };
  }

  private static List<Column> with(List<Column> first, List<Column> more) {
    List<Column> all = new ArrayList<>(first);
    all.addAll(more);
    return List.copyOf(all);
  }

  private static List<Column> workload(String selector) {
    List<Column> columns = new ArrayList<>();
    columns.add(wide("Containers", o -> list(o, "name")));
    columns.add(wide("Images", o -> list(o, "image")));
    if (!selector.isEmpty()) {
      columns.add(
          wide(
              "Selector",
              o -> ServiceColumns.labels(o.path("spec").path("selector").path("matchLabels"))));
    }
    return columns;
  }

  private static String list(ObjectNode object, String field) {
    List<String> texts = new ArrayList<>();
    object
        .path("spec")
        .path("template")
        .path("spec")
        .path("containers")
        .forEach(container -> texts.add(Json.text(container, field)));
    return String.join(",", texts);
  }

  private static String bound(ObjectNode object, String field) {
    String text = Json.text(object, "spec", field);
    return text.isEmpty() ? "N/A" : text;
  }

  private static int integer(ObjectNode object, String... path) {
    return object.path(path[0]).path(path[1]).asInt(0);
  }

  static String age(ObjectNode object, String... path) {
    return Age.since(Json.text(object, path), Instant.now());
  }
}
