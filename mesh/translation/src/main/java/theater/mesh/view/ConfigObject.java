package theater.mesh.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/// An Istio object as a person wrote it. The spec stays a tree: each feature of the translation
/// reads its own fields.
///
/// @param apiVersion `networking.istio.io/v1`, `…/v1beta1` and `…/v1alpha3` mean the same
/// @param created decides which of two objects for one host wins: the older, then the name
public record ConfigObject(
    String apiVersion,
    String kind,
    String namespace,
    String name,
    Instant created,
    Map<String, String> labels,
    Map<String, String> annotations,
    JsonNode spec) {

  public ConfigObject {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }
}
