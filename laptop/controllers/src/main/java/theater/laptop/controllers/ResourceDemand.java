package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import theater.kube.Meta;
import theater.kube.Quantity;

/// How many pods one metric of a HorizontalPodAutoscaler asks for (Kubernetes: replica calculator).
/// Pure.
///
/// @param replicas wanted
/// @param utilization percent of what the measured pods request; -1 when that is not the target
/// @param average of the measured pods, in thousandths (cpu) or bytes (memory)
record ResourceDemand(int replicas, int utilization, long average) {
  /// Kubernetes: horizontal-pod-autoscaler-tolerance.
  private static final double TOLERANCE = 0.1;

  /// A metric cannot be computed, and why.
  static final class Unknown extends Exception {
    private static final long serialVersionUID = 1;

    Unknown(String message) {
      super(message);
    }
  }

  /// What it is called in conditions and events.
  static String name(JsonNode metric) {
    boolean one = metric.path("type").asText().equals("ContainerResource");
    JsonNode source = metric.path(one ? "containerResource" : "resource");
    return source.path("name").asText()
        + (one ? " container" : "")
        + " resource"
        + (percent(source.path("target")) ? " utilization (percentage of request)" : "");
  }

  private static boolean percent(JsonNode target) {
    return target.path("type").asText().equals("Utilization");
  }

  /// @param metric an element of `spec.metrics` of type Resource or ContainerResource
  /// @param pods that the target selects
  /// @param measured PodMetrics of the namespace
  static ResourceDemand of(
      JsonNode metric,
      int current,
      List<? extends JsonNode> pods,
      List<? extends JsonNode> measured)
      throws Unknown {
    boolean one = metric.path("type").asText().equals("ContainerResource");
    JsonNode source = metric.path(one ? "containerResource" : "resource");
    String resource = source.path("name").asText();
    String container = one ? source.path("container").asText() : "";
    JsonNode target = source.path("target");
    boolean percent = percent(target);
    String failed = "failed to get " + resource + (percent ? " utilization: " : " usage: ");
    Map<String, JsonNode> usage = new HashMap<>();
    measured.forEach(each -> usage.put(Meta.name(each), each));
    long goal =
        percent
            ? target.path("averageUtilization").asLong()
            : amount(resource, target.path("averageValue")).orElse(0);
    if (goal <= 0) {
      throw new Unknown("the target of " + resource + " is not above zero");
    }
    if (pods.stream().noneMatch(pod -> usage.containsKey(Meta.name(pod)))) {
      throw new Unknown(
          failed
              + "unable to get metrics for resource "
              + resource
              + ": no metrics returned from resource metrics API");
    }
    List<Long> used = new ArrayList<>();
    long requested = 0;
    int missing = 0;
    int unready = 0;
    for (JsonNode pod : pods) {
      if (!Pods.active(pod)) {
        continue;
      }
      OptionalLong own = used(usage.get(Meta.name(pod)), resource, container);
      if (percent) {
        requested += request(pod, resource, container, failed);
      }
      if (resource.equals("cpu") && !Pods.ready(pod)) {
        unready++;
      } else if (own.isEmpty()) {
        missing++;
      } else {
        used.add(own.getAsLong());
      }
    }
    if (used.isEmpty()) {
      throw new Unknown(
          failed + "did not receive metrics for targeted pods (pods might be unready)");
    }
    int counted = used.size() + missing + unready;
    double perPod = percent ? (double) requested / counted * goal / 100 : goal;
    long sum = used.stream().mapToLong(Long::longValue).sum();
    int utilization =
        percent ? (int) (sum * 100 / Math.max(1, requested * used.size() / counted)) : -1;
    return new ResourceDemand(
        replicas(current, used.size(), missing, unready, sum / perPod),
        utilization,
        sum / used.size());
  }

  /// @param needed how many pods would have exactly the target if they shared the load
  private static int replicas(int current, int measured, int missing, int unready, double needed) {
    double ratio = needed / measured;
    int counted = measured;
    double load = needed;
    if (missing + unready > 0) {
      if (ratio < 1) {
        load += missing;
        counted += missing;
      } else if (ratio > 1) {
        counted += missing + unready;
      }
      double next = load / counted;
      if (ratio < 1 && next > 1 || ratio > 1 && next < 1) {
        return current;
      }
      ratio = next;
    }
    if (Math.abs(1 - ratio) <= TOLERANCE) {
      return current;
    }
    int wanted = (int) Math.ceil(ratio * counted - 1e-9);
    boolean against = ratio < 1 && wanted > current || ratio > 1 && wanted < current;
    return against ? current : wanted;
  }

  private static OptionalLong used(JsonNode metrics, String resource, String only) {
    if (metrics == null) {
      return OptionalLong.empty();
    }
    long sum = 0;
    for (JsonNode container : metrics.path("containers")) {
      if (only.isEmpty() || container.path("name").asText().equals(only)) {
        OptionalLong own = amount(resource, container.path("usage").path(resource));
        if (own.isEmpty()) {
          return own;
        }
        sum += own.getAsLong();
      }
    }
    return OptionalLong.of(sum);
  }

  private static long request(JsonNode pod, String resource, String only, String failed)
      throws Unknown {
    long sum = 0;
    for (JsonNode container : pod.path("spec").path("containers")) {
      String name = container.path("name").asText();
      if (only.isEmpty() || name.equals(only)) {
        OptionalLong own =
            amount(resource, container.path("resources").path("requests").path(resource));
        if (own.isEmpty()) {
          throw new Unknown(
              failed
                  + "missing request for "
                  + resource
                  + " in container "
                  + name
                  + " of Pod "
                  + Meta.name(pod));
        }
        sum += own.getAsLong();
      }
    }
    return sum;
  }

  private static OptionalLong amount(String resource, JsonNode quantity) {
    return resource.equals("cpu") ? Quantity.milli(quantity) : Quantity.value(quantity);
  }
}
