package theater.mesh.explain.held;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import theater.mesh.explain.held.ObjectChange.Field;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshView;
import theater.mesh.view.Service;

/// Which objects differ between two views.
final class ObjectChanges {
  private static final int MOST_FIELDS = 50;
  private final MeshView before;
  private final MeshView after;
  private final Writes writes;
  private final List<ObjectChange> result = new ArrayList<>();

  private record Key(String kind, String context, String namespace, String name) {}

  private ObjectChanges(MeshView before, MeshView after, Writes writes) {
    this.before = before;
    this.after = after;
    this.writes = writes;
  }

  static List<ObjectChange> between(MeshView before, MeshView after, Writes writes) {
    ObjectChanges changes = new ObjectChanges(before, after, writes);
    if (!before.configs().equals(after.configs())) {
      changes.configs();
    }
    if (!before.services().equals(after.services())) {
      changes.services();
    }
    if (!before.endpoints().equals(after.endpoints())) {
      changes.endpoints();
    }
    return changes.result;
  }

  private void configs() {
    each(
        configs(before),
        configs(after),
        (old, now) -> {
          List<Field> fields = new ArrayList<>();
          JsonDifference.between("spec", spec(old), spec(now), fields, MOST_FIELDS);
          return fields;
        });
  }

  private static JsonNode spec(ConfigObject object) {
    return object == null || object.spec() == null ? MissingNode.getInstance() : object.spec();
  }

  private Map<Key, ConfigObject> configs(MeshView view) {
    Map<Key, ConfigObject> byKey = new LinkedHashMap<>();
    view.configs()
        .forEach(object ->
            byKey.put(
                new Key(object.kind(), view.context(), object.namespace(), object.name()), object));
    return byKey;
  }

  private void services() {
    each(
        services(before),
        services(after),
        (old, now) -> {
          List<Field> fields = new ArrayList<>();
          differ(fields, "ports", old.ports().toString(), now.ports().toString());
          differ(fields, "selector", old.selector().toString(), now.selector().toString());
          differ(fields, "clusterIP", old.clusterIp(), now.clusterIp());
          differ(
              fields,
              "externalIPs",
              old.externalAddresses().toString(),
              now.externalAddresses().toString());
          return fields;
        });
  }

  private static Map<Key, Service> services(MeshView view) {
    Map<Key, Service> byKey = new LinkedHashMap<>();
    view.services()
        .forEach(service ->
            byKey.put(
                new Key("Service", service.context(), service.namespace(), service.name()),
                service));
    return byKey;
  }

  private void endpoints() {
    each(
        endpoints(before),
        endpoints(after),
        (old, now) -> {
          List<Field> fields = new ArrayList<>();
          TreeSet<String> pods = new TreeSet<>(old.keySet());
          pods.addAll(now.keySet());
          for (String pod : pods) {
            differ(fields, pod, old.getOrDefault(pod, ""), now.getOrDefault(pod, ""));
          }
          return fields;
        });
  }

  /// By Service: pod → ready or not.
  private static Map<Key, Map<String, String>> endpoints(MeshView view) {
    return view.endpoints().stream()
        .collect(
            Collectors.groupingBy(
                one ->
                    new Key("Endpoints", one.context(), one.serviceNamespace(), one.serviceName()),
                LinkedHashMap::new,
                Collectors.toMap(
                    one -> one.workload().name(),
                    ObjectChanges::state,
                    (a, _) -> a,
                    TreeMap::new)));
  }

  private static String state(Endpoint endpoint) {
    return endpoint.ready() ? "ready" : "not ready";
  }

  private static void differ(List<Field> fields, String path, String from, String to) {
    if (!from.equals(to)) {
      fields.add(new Field(path, from, to));
    }
  }

  private <T> void each(
      Map<Key, ? extends T> old, Map<Key, ? extends T> now, BiFunction<T, T, List<Field>> fields) {
    for (Map.Entry<Key, ? extends T> entry : now.entrySet()) {
      T was = old.get(entry.getKey());
      if (!Objects.equals(was, entry.getValue())) {
        add(
            entry.getKey(),
            was == null ? "added" : "changed",
            was == null ? List.of() : fields.apply(was, entry.getValue()));
      }
    }
    for (Map.Entry<Key, ? extends T> entry : old.entrySet()) {
      if (!now.containsKey(entry.getKey())) {
        add(entry.getKey(), "removed", List.of());
      }
    }
  }

  private void add(Key key, String verb, List<Field> fields) {
    Writes.Write write =
        key.context.equals(after.context())
            ? writes.last(key.kind, key.namespace, key.name).orElse(null)
            : null;
    result.add(
        new ObjectChange(
            key.kind,
            key.context,
            key.namespace,
            key.name,
            verb,
            write == null ? "" : write.resourceVersion(),
            write == null ? null : write.at(),
            fields));
  }
}
