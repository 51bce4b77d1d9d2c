package theater.mesh.translation;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import java.util.List;

/// Which place of which object an Envoy resource was made from. It travels with the resource, in
/// metadata that Envoy keeps and does not read, so that explaining needs no guess; the rule's name
/// also under `istio`, where istioctl looks.
///
/// @param object `VirtualService theater-msa/user-service-vs`; empty when nobody wrote it
/// @param place `spec.http[1]`, `spec.subsets[0]`
/// @param match the alternative among the rule's conditions, `spec.http[1].match[0]`; may be empty
/// @param destinations of a route, in its order: `spec.http[1].route[0]`
/// @param root for a delegate's route, who delegates: `VirtualService shop/root spec.http[0]`
/// @param policy of a cluster, whose trafficPolicy acts: `DestinationRule shop/reviews`; may be
///   empty
public record Origin(
    String object,
    String place,
    String match,
    List<String> destinations,
    String root,
    String policy) {
  private static final String NAMESPACE = "theater";
  private static final String ISTIO = "istio";

  /// Nobody wrote it.
  public static final Origin NONE = new Origin("", "", "", List.of(), "", "");

  public Origin {
    destinations = List.copyOf(destinations);
  }

  /// Of a route.
  public static Origin route(
      String object, String place, String match, List<String> destinations, String root) {
    return new Origin(object, place, match, destinations, root, "");
  }

  /// Of a cluster.
  ///
  /// @param subset the object that has the subset, empty for the whole service
  public static Origin cluster(String subset, String place, String policy) {
    return new Origin(subset, place, "", List.of(), "", policy);
  }

  /// Whether it says anything.
  public boolean present() {
    return !object.isEmpty() || !policy.isEmpty();
  }

  /// The form in which it travels.
  public Metadata metadata() {
    Struct.Builder struct = Struct.newBuilder();
    put(struct, "object", object);
    put(struct, "place", place);
    put(struct, "match", match);
    put(struct, "root", root);
    put(struct, "policy", policy);
    if (!destinations.isEmpty()) {
      ListValue.Builder list = ListValue.newBuilder();
      destinations.forEach(text -> list.addValues(Value.newBuilder().setStringValue(text)));
      struct.putFields("destinations", Value.newBuilder().setListValue(list).build());
    }
    Metadata.Builder metadata = Metadata.newBuilder().putFilterMetadata(NAMESPACE, struct.build());
    String path = path(policy.isEmpty() ? object : policy);
    if (!path.isEmpty()) {
      Value value = Value.newBuilder().setStringValue(path).build();
      metadata.putFilterMetadata(ISTIO, Struct.newBuilder().putFields("config", value).build());
    }
    return metadata.build();
  }

  /// What istioctl shows as the rule (Istio: metadata `istio`, field `config`); empty for what is
  /// no rule of its networking API.
  private static String path(String object) {
    int space = object.indexOf(' ');
    int slash = object.indexOf('/', space + 1);
    String kind =
        switch (space < 0 ? "" : object.substring(0, space)) {
          case "DestinationRule" -> "destination-rule";
          case "VirtualService" -> "virtual-service";
          default -> "";
        };
    return kind.isEmpty() || slash < 0
        ? ""
        : "/apis/networking.istio.io/v1/namespaces/"
            + object.substring(space + 1, slash)
            + "/"
            + kind
            + "/"
            + object.substring(slash + 1);
  }

  /// The reverse of [#metadata].
  public static Origin of(Metadata metadata) {
    Struct struct = metadata.getFilterMetadataOrDefault(NAMESPACE, Struct.getDefaultInstance());
    return new Origin(
        text(struct, "object"),
        text(struct, "place"),
        text(struct, "match"),
        struct
            .getFieldsOrDefault("destinations", Value.getDefaultInstance())
            .getListValue()
            .getValuesList()
            .stream()
            .map(Value::getStringValue)
            .toList(),
        text(struct, "root"),
        text(struct, "policy"));
  }

  private static void put(Struct.Builder struct, String name, String text) {
    if (!text.isEmpty()) {
      struct.putFields(name, Value.newBuilder().setStringValue(text).build());
    }
  }

  private static String text(Struct struct, String name) {
    return struct.getFieldsOrDefault(name, Value.getDefaultInstance()).getStringValue();
  }
}
