package theater.laptop.api.selector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.status.StatusException;

/// `metadata.name=x,status.phase!=Running`.
public final class FieldSelector {
  private static final Set<String> EVERY = Set.of("metadata.name", "metadata.namespace");
  private static final Set<String> POD =
      Set.of(
          "spec.nodeName",
          "spec.restartPolicy",
          "spec.schedulerName",
          "spec.serviceAccountName",
          "spec.hostNetwork",
          "status.phase",
          "status.podIP",
          "status.nominatedNodeName");
  private static final Set<String> EVENT =
      Set.of(
          "involvedObject.kind",
          "involvedObject.namespace",
          "involvedObject.name",
          "involvedObject.uid",
          "involvedObject.apiVersion",
          "involvedObject.resourceVersion",
          "involvedObject.fieldPath",
          "reason",
          "reportingComponent",
          "source",
          "type",
          "regarding.kind",
          "regarding.namespace",
          "regarding.name",
          "regarding.uid");
  private final List<Term> terms;

  private FieldSelector(List<Term> terms) {
    this.terms = terms;
  }

  /// @param text null or empty selects everything
  /// @throws StatusException 400 for a field that this kind cannot be selected by
  public static FieldSelector parse(Kind kind, String text) {
    List<Term> terms = new ArrayList<>();
    if (text != null && !text.isBlank()) {
      for (String part : text.split(",")) {
        String[] sides = part.split("!=|==|=", 2);
        if (sides.length != 2) {
          throw StatusException.badRequest(
              "invalid selector: '" + part + "'; can't understand '" + part + "'");
        }
        if (!supported(kind).contains(sides[0]) && !EVERY.contains(sides[0])) {
          throw StatusException.badRequest(
              supported(kind).isEmpty() && !kind.isCustom() && !kind.learned()
                  ? "\""
                      + sides[0]
                      + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                  : "field label not supported: " + sides[0]);
        }
        terms.add(
            new Term(
                sides[0].replace("regarding.", "involvedObject.").split("\\."),
                sides[1],
                !part.contains("!=")));
      }
    }
    return new FieldSelector(terms);
  }

  private static Set<String> supported(Kind kind) {
    if (kind.learned()) {
      return Set.copyOf(kind.custom().selectable());
    }
    return switch (kind.plural()) {
      case "pods" -> POD;
      case "events" -> EVENT;
      case "namespaces" -> Set.of("status.phase");
      case "secrets" -> Set.of("type");
      case "nodes" -> Set.of("spec.unschedulable");
      case "services" -> Set.of("spec.clusterIP", "spec.type");
      case "replicasets", "replicationcontrollers" -> Set.of("status.replicas");
      case "jobs" -> Set.of("status.successful");
      default -> Set.of();
    };
  }

  /// Whether the object is selected. A missing field is the empty text.
  public boolean matches(JsonNode object) {
    return terms.stream().allMatch(term -> term.matches(object));
  }

  private record Term(String[] path, String value, boolean equal) {
    boolean matches(JsonNode object) {
      JsonNode at = object;
      for (String step : path) {
        at = at.path(step);
      }
      if (path.length == 1 && path[0].equals("source")) {
        at = object.path("source").path("component");
      }
      return value.equals(at.asText("")) == equal;
    }
  }
}
