package theater.mesh.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one Envoy asked for of one type, and what it was sent (xDS: the incremental protocol).
final class Subscription {
  private static final String EVERYTHING = "*";

  /// Stands for the version of a resource that does not exist.
  private static final String ABSENT = "";

  private final ResourceKind kind;
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> sent = new HashMap<>();
  private final Map<String, Map<String, String>> unanswered = new HashMap<>();
  private boolean wildcard;
  private boolean begun;
  private boolean answerDue;
  private Map<String, Versioned> told;
  private boolean removalsTold;

  Subscription(ResourceKind kind) {
    this.kind = kind;
  }

  /// A difference to send.
  record Difference(List<Versioned> changed, List<String> removed) {
    static final Difference NONE = new Difference(List.of(), List.of());

    boolean isEmpty() {
      return changed.isEmpty() && removed.isEmpty();
    }
  }

  void request(DeltaDiscoveryRequest request) {
    if (!begun
        || request.getResourceNamesSubscribeCount() > 0
        || request.getResourceNamesUnsubscribeCount() > 0) {
      told = null;
    }
    if (!begun) {
      begun = true;
      // An Envoy that comes back tells what it has; it need not be told again.
      sent.putAll(request.getInitialResourceVersionsMap());
      wildcard = kind.wildcard() && request.getResourceNamesSubscribeCount() == 0;
      answerDue = wildcard && sent.isEmpty();
    }
    for (String name : request.getResourceNamesSubscribeList()) {
      if (name.equals(EVERYTHING)) {
        wildcard = true;
        answerDue = sent.isEmpty();
      } else {
        names.add(name);
        // Asking is being answered, also for what was sent before.
        if (!request.getInitialResourceVersionsMap().containsKey(name)) {
          sent.remove(name);
        }
      }
    }
    for (String name : request.getResourceNamesUnsubscribeList()) {
      if (name.equals(EVERYTHING)) {
        wildcard = false;
      }
      names.remove(name);
      sent.remove(name);
    }
  }

  /// @return the versions that the nonce carried, or null when it is not one of ours
  Map<String, String> answered(String nonce) {
    return unanswered.remove(nonce);
  }

  boolean quiet() {
    return unanswered.isEmpty();
  }

  boolean names(String name) {
    return wildcard || names.contains(name);
  }

  /// What is new for this Envoy. Named resources are told as absent once and never taken away: the
  /// user of a name goes first.
  ///
  /// @param removals whether to take away what exists no more
  Difference difference(Map<String, Versioned> now, boolean removals) {
    // The same map holds the same resources: it need not be gone through again.
    if (now == told && (removalsTold || !removals)) {
      return Difference.NONE;
    }
    List<Versioned> changed = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    for (String name : wildcard ? now.keySet() : names) {
      Versioned resource = now.get(name);
      if (resource == null && !sent.containsKey(name)) {
        removed.add(name);
      } else if (resource != null && !resource.version().equals(sent.get(name))) {
        changed.add(resource);
      }
    }
    if (wildcard && removals) {
      sent.keySet().stream().filter(name -> !now.containsKey(name)).sorted().forEach(removed::add);
    }
    Difference difference = new Difference(changed, removed);
    if (difference.isEmpty()) {
      told = now;
      removalsTold = removals || !wildcard;
    }
    return difference;
  }

  boolean answerDue() {
    return answerDue;
  }

  void sent(String nonce, Difference difference) {
    Map<String, String> versions = new HashMap<>();
    difference.changed().forEach(resource -> versions.put(resource.name(), resource.version()));
    sent.putAll(versions);
    for (String name : difference.removed()) {
      if (wildcard) {
        sent.remove(name);
      } else {
        sent.put(name, ABSENT);
      }
    }
    told = null;
    unanswered.put(nonce, versions);
    answerDue = false;
  }

  /// The resource is sent again although its bytes are the same.
  void forget(String name) {
    told = null;
    sent.remove(name);
  }

  /// As [#forget], unless something newer was sent since.
  void forget(Map<String, String> versions) {
    told = null;
    versions.forEach((name, version) -> sent.remove(name, version));
  }
}
