package theater.mesh.explain.held;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import theater.mesh.view.Proxy;
import theater.mesh.xds.ResourceKind;
import theater.mesh.xds.Versioned;

/// A change while it is recorded. Not safe for threads: [Journal] guards it.
final class OpenChange {
  /// Objects of one `kubectl apply` are written one after the other.
  private static final Duration TOGETHER = Duration.ofSeconds(1);

  private static final Duration LONGEST = Duration.ofSeconds(10);

  final long number;
  final Instant pushed;
  private final Map<String, ObjectChange> objects = new LinkedHashMap<>();
  private final Map<String, Map<String, Step>> steps = new LinkedHashMap<>();
  private Instant lastPush;
  private long bytes;

  OpenChange(long number, Instant pushed, List<ObjectChange> first) {
    this.number = number;
    this.pushed = pushed;
    add(first, pushed);
  }

  boolean written() {
    return objects.values().stream().anyMatch(ObjectChange::written);
  }

  /// Whether what is pushed now belongs to the same apply.
  boolean goesOn(List<ObjectChange> next, Instant now) {
    return written() == next.stream().anyMatch(ObjectChange::written)
        && Duration.between(lastPush, now).compareTo(TOGETHER) < 0
        && Duration.between(pushed, now).compareTo(LONGEST) < 0;
  }

  void add(List<ObjectChange> more, Instant now) {
    lastPush = now;
    more.forEach(object ->
        objects.merge(
            object.kind() + "/" + object.context() + "/" + object.namespace() + "/" + object.name(),
            object,
            OpenChange::both));
  }

  /// The same object twice: from what it was at first to what it is at last.
  private static ObjectChange both(ObjectChange first, ObjectChange second) {
    Map<String, ObjectChange.Field> fields = new LinkedHashMap<>();
    first.fields().forEach(field -> fields.put(field.path(), field));
    second
        .fields()
        .forEach(field ->
            fields.merge(
                field.path(), field, (a, b) -> new ObjectChange.Field(a.path(), a.from(), b.to())));
    fields.values().removeIf(field -> field.from().equals(field.to()));
    String verb =
        first.verb().equals("added") && second.verb().equals("changed") ? "added" : second.verb();
    return new ObjectChange(
        second.kind(),
        second.context(),
        second.namespace(),
        second.name(),
        first.verb().equals("removed") && verb.equals("added") ? "changed" : verb,
        second.resourceVersion(),
        second.at(),
        List.copyOf(fields.values()));
  }

  /// @param room bytes that may still be kept
  void sent(
      String proxy,
      ResourceKind kind,
      String name,
      Versioned before,
      Versioned after,
      Instant at,
      long room) {
    steps
        .computeIfAbsent(proxy, _ -> new LinkedHashMap<>())
        .compute(
            kind + "/" + name,
            (_, known) -> {
              if (known != null) {
                return known.after() != null
                        && after != null
                        && known.after().version().equals(after.version())
                    ? known
                    : known.sentAgain(after, at);
              }
              Step step = new Step(kind, name, before, after, true, at, null, "");
              if (step.cost() > room) {
                return new Step(kind, name, null, null, false, at, null, "");
              }
              bytes += step.cost();
              return step;
            });
  }

  /// @return whether this change sent it
  boolean answered(String proxy, ResourceKind kind, String name, Instant at, String refusal) {
    Map<String, Step> own = steps.get(proxy);
    return own != null
        && own.computeIfPresent(kind + "/" + name, (_, step) -> step.answered(at, refusal)) != null;
  }

  /// Node ids of the Envoys that were sent something.
  Set<String> receivers() {
    return steps.keySet();
  }

  long bytes() {
    return bytes;
  }

  Change close(Function<String, Proxy> proxies) {
    List<Change.ProxyChange> parts = new ArrayList<>();
    steps.forEach((id, own) -> {
      Proxy proxy = proxies.apply(id);
      if (proxy != null) {
        parts.add(new Change.ProxyChange(id, proxy.workload(), List.copyOf(own.values())));
      }
    });
    return new Change(number, pushed, List.copyOf(objects.values()), parts);
  }
}
