package theater.mesh.explain.diff;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import theater.mesh.explain.Refusals;
import theater.mesh.explain.held.Change;
import theater.mesh.explain.held.Journal;
import theater.mesh.explain.held.ObjectChange;
import theater.mesh.explain.held.Step;
import theater.mesh.view.MeshContext;
import theater.mesh.view.MeshView;

/// A change, told: objects, what of it reached Envoys, and when they took it.
///
/// @param written when its last object was written, or pushed where that is not known
/// @param resources equal differences of several Envoys are told once
/// @param proxies the Envoys that were sent something
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ChangeReport(
    String context,
    long number,
    String written,
    List<Written> objects,
    List<Resource> resources,
    List<Receiver> proxies) {

  /// An object that was written, or the pods behind a Service.
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Written(
      String kind,
      String context,
      String namespace,
      String name,
      String verb,
      String resourceVersion,
      String written,
      List<ObjectChange.Field> fields) {}

  /// A resource that changed.
  ///
  /// @param kind cluster, endpoint, listener or route
  /// @param tooLarge its former form was not kept
  /// @param proxies pods whose Envoys it changed in
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Resource(
      String kind,
      String name,
      String verb,
      boolean tooLarge,
      List<Difference> differences,
      List<String> proxies) {}

  /// What an Envoy answered.
  ///
  /// @param taken milliseconds from the write to the last answer; -1 while it is awaited
  /// @param refused what it did not take
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Receiver(
      String pod,
      String namespace,
      String app,
      int resources,
      double taken,
      List<Refused> refused) {}

  /// @param reason a code, see [Refusals]
  /// @param text Envoy's own
  public record Refused(String kind, String name, String reason, String text) {}

  /// Of a change in the journal.
  public static ChangeReport of(Change change, Journal journal) {
    MeshView view = journal.view();
    ResourceDifferences differences = new ResourceDifferences(at -> name(at, journal, view));
    Map<List<Object>, List<String>> receivers = new LinkedHashMap<>();
    Map<List<Object>, Resource> resources = new LinkedHashMap<>();
    List<Receiver> proxies = new ArrayList<>();
    Instant began = change.began();
    for (Change.ProxyChange proxy : change.proxies()) {
      for (Step step : proxy.steps()) {
        Resource resource = resource(step, differences.of(step));
        List<Object> key =
            List.of(resource.kind, resource.name, resource.verb, resource.differences);
        resources.putIfAbsent(key, resource);
        receivers.computeIfAbsent(key, _ -> new ArrayList<>()).add(proxy.workload().name());
      }
      proxies.add(receiver(proxy, began));
    }
    List<Resource> told = new ArrayList<>();
    resources.forEach((key, it) ->
        told.add(
            new Resource(
                it.kind, it.name, it.verb, it.tooLarge, it.differences, receivers.get(key))));
    return new ChangeReport(
        view.context(),
        change.number(),
        began.toString(),
        change.objects().stream().map(ChangeReport::object).toList(),
        told,
        proxies);
  }

  private static Written object(ObjectChange it) {
    return new Written(
        it.kind(),
        it.context(),
        it.namespace(),
        it.name(),
        it.verb(),
        it.resourceVersion(),
        it.at() == null ? "" : it.at().toString(),
        it.fields());
  }

  private static Resource resource(Step step, List<Difference> differences) {
    String verb =
        !step.bodies()
            ? "changed"
            : step.before() == null ? "added" : step.after() == null ? "removed" : "changed";
    return new Resource(
        kind(step),
        step.name(),
        verb,
        !step.bodies(),
        verb.equals("changed") ? differences : List.of(),
        List.of());
  }

  private static Receiver receiver(Change.ProxyChange proxy, Instant began) {
    boolean waiting = proxy.steps().stream().anyMatch(it -> it.answered() == null);
    Instant last =
        proxy.steps().stream()
            .map(Step::answered)
            .filter(it -> it != null)
            .max(Instant::compareTo)
            .orElse(began);
    return new Receiver(
        proxy.workload().name(),
        proxy.workload().namespace(),
        proxy.workload().labels().getOrDefault("app", proxy.workload().name()),
        proxy.steps().size(),
        waiting ? -1 : Math.max(0, Duration.between(began, last).toNanos() / 10_000 / 100.0),
        proxy.steps().stream()
            .filter(it -> !it.refusal().isEmpty())
            .map(
                it -> new Refused(kind(it), it.name(), Refusals.reason(it.refusal()), it.refusal()))
            .toList());
  }

  private static String kind(Step step) {
    return step.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String name(String at, Journal journal, MeshView view) {
    String address = at.substring(0, at.lastIndexOf(':'));
    for (MeshContext context : view.contexts()) {
      if (at.equals(context.eastWestAddress() + ":" + context.eastWestPort())) {
        return "gateway of " + context.name();
      }
    }
    String pod = journal.pod(address);
    return pod.isEmpty() ? at : pod;
  }
}
