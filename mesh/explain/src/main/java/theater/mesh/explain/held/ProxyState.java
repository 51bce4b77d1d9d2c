package theater.mesh.explain.held;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import theater.mesh.view.Proxy;
import theater.mesh.xds.ResourceKind;
import theater.mesh.xds.Versioned;

/// What one Envoy has taken. Not safe for threads: [Journal] guards it.
final class ProxyState {
  final Proxy proxy;

  /// The change during which it came: what it is sent at first is no difference.
  final long since;

  private final Map<ResourceKind, Map<String, Versioned>> taken = new EnumMap<>(ResourceKind.class);
  private final Map<String, Sent> unanswered = new HashMap<>();
  private final Map<ResourceKind, Map<String, String>> refused = new EnumMap<>(ResourceKind.class);
  private final Set<ResourceKind> begun = EnumSet.noneOf(ResourceKind.class);

  private record Sent(List<Versioned> changed, List<String> removed) {}

  ProxyState(Proxy proxy, long since) {
    this.proxy = proxy;
    this.since = since;
    for (ResourceKind kind : ResourceKind.values()) {
      taken.put(kind, new TreeMap<>());
      refused.put(kind, new LinkedHashMap<>());
    }
  }

  Versioned taken(ResourceKind kind, String name) {
    return taken.get(kind).get(name);
  }

  /// Whether it has answered anything of this type, so that more is a difference.
  boolean begun(ResourceKind kind) {
    return begun.contains(kind);
  }

  void kept(ResourceKind kind, List<Versioned> resources) {
    begun.add(kind);
    resources.forEach(resource -> taken.get(kind).put(resource.name(), resource));
  }

  void sent(ResourceKind kind, String nonce, List<Versioned> changed, List<String> removed) {
    unanswered.put(kind + "/" + nonce, new Sent(changed, removed));
  }

  /// @return the names that the answer is about, with the refusal of each, empty for taken
  Map<String, String> answered(ResourceKind kind, String nonce, String refusal) {
    Sent sent = unanswered.remove(kind + "/" + nonce);
    Map<String, String> result = new LinkedHashMap<>();
    if (sent == null) {
      return result;
    }
    begun.add(kind);
    for (Versioned resource : sent.changed) {
      String why = refusal(kind, resource.name(), refusal, sent.changed);
      result.put(resource.name(), why);
      if (why.isEmpty()) {
        taken.get(kind).put(resource.name(), resource);
        refused.get(kind).remove(resource.name());
      } else {
        refused.get(kind).put(resource.name(), why);
      }
    }
    for (String name : sent.removed) {
      String why = refusal.contains(name) ? refusal : "";
      result.put(name, why);
      if (why.isEmpty()) {
        taken.get(kind).remove(name);
        refused.get(kind).remove(name);
      }
    }
    return result;
  }

  /// Of clusters and listeners an Envoy takes the good ones and names the others; of the rest it
  /// takes all or nothing.
  private static String refusal(
      ResourceKind kind, String name, String refusal, List<Versioned> together) {
    boolean single = kind == ResourceKind.CLUSTER || kind == ResourceKind.LISTENER;
    boolean named = together.stream().anyMatch(other -> refusal.contains(other.name()));
    return single && named && !refusal.contains(name) ? "" : refusal;
  }

  Held held(String id) {
    Map<ResourceKind, Map<String, Versioned>> all = new EnumMap<>(ResourceKind.class);
    taken.forEach((kind, resources) -> all.put(kind, Map.copyOf(resources)));
    List<Held.Refused> no = new ArrayList<>();
    refused.forEach(
        (kind, names) -> names.forEach((name, text) -> no.add(new Held.Refused(kind, name, text))));
    return new Held(id, proxy, all, no, !unanswered.isEmpty());
  }
}
