package theater.gateway.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import theater.gateway.mesh.Fault.Delay;
import theater.gateway.mesh.HttpRule.Destination;

/// How the gateway's calls to one service are routed now.
public final class ServiceRouting {
  private final ServiceHost host;
  private final String rule;
  private final List<HttpRule> rules;
  private final Map<String, String> subsets;
  private final HttpRule plain;
  private final String canary;

  /// @param rule the VirtualService's name; null: there is none
  /// @param subsets context by subset
  /// @param plainRequest one without headers of its own
  ServiceRouting(
      ServiceHost host,
      String rule,
      List<HttpRule> rules,
      Map<String, String> subsets,
      MeshRequest plainRequest) {
    this.host = host;
    this.rule = rule;
    this.rules = rules;
    this.subsets = subsets;
    this.plain = met(plainRequest);
    this.canary = canary(plainRequest);
  }

  /// The VirtualService's name; null when none acts on the service.
  public String rule() {
    return rule;
  }

  /// Share by context, in percent, of requests without headers; a destination that does not say its
  /// context counts for `other`. Empty when no rule with weights is met: Envoy then spreads over
  /// all endpoints.
  public SequencedMap<String, Double> weights() {
    SequencedMap<String, Double> shares = new LinkedHashMap<>();
    if (plain == null) {
      return shares;
    }
    double total = plain.destinations().stream().mapToLong(Destination::weight).sum();
    Map<String, Long> sums = new TreeMap<>();
    plain.destinations().forEach(d -> sums.merge(context(d), d.weight(), Long::sum));
    if (total > 0 && !(sums.size() == 1 && sums.containsKey("other"))) {
      sums.forEach((context, weight) -> shares.put(context, 100 * weight / total));
    }
    return shares;
  }

  /// A fault in force.
  ///
  /// @param match null: it acts on requests without headers; otherwise what a request must have, as
  ///   a person writes it, `x-target: ctx2`
  public record ActiveFault(Fault fault, String match) {}

  /// Faults that a request of this gateway can meet; first those of requests without headers, then
  /// in the order of the rules.
  public List<ActiveFault> faults() {
    List<ActiveFault> found = new ArrayList<>();
    if (plain != null) {
      plain.faults().forEach(fault -> found.add(new ActiveFault(fault, null)));
    }
    for (HttpRule rule : rules) {
      if (rule != plain && rule.possible()) {
        rule.faults().forEach(fault -> found.add(new ActiveFault(fault, rule.words())));
      }
      if (rule.catchesAll()) {
        break;
      }
    }
    return List.copyOf(found);
  }

  /// Where `x-canary: true` leads by a rule of its own; null when it does not, or when the context
  /// is not known.
  public String canary() {
    return canary;
  }

  /// Context of a subset's pods, or null.
  public String context(String subset) {
    return subsets.get(subset);
  }

  /// True when this request is routed by another rule than one without headers.
  public boolean isSpecial(MeshRequest request) {
    return met(request) != plain;
  }

  /// False when every request meets the same rule, so that nobody needs to ask about one.
  public boolean hasConditions() {
    return rules.size() > 1 || (plain == null && !rules.isEmpty());
  }

  /// True when a delay rule acts on this request and it took at least as long.
  public boolean mayBeDelayed(MeshRequest request, double durationMs) {
    HttpRule met = met(request);
    return met != null
        && met.faults().stream()
            .anyMatch(fault -> fault instanceof Delay delay && durationMs >= delay.delayMs());
  }

  /// False when no rule of this service delays, so that nobody needs to ask about a request.
  public boolean hasDelay() {
    return rules.stream().anyMatch(r -> r.faults().stream().anyMatch(Delay.class::isInstance));
  }

  private HttpRule met(MeshRequest request) {
    for (HttpRule candidate : rules) {
      if (candidate.meets(request)) {
        return candidate;
      }
    }
    return null;
  }

  private String canary(MeshRequest plainRequest) {
    HttpRule met =
        met(
            new MeshRequest(
                plainRequest.method(),
                plainRequest.uri(),
                plainRequest.authority(),
                name -> name.equalsIgnoreCase("x-canary") ? "true" : plainRequest.header(name)));
    if (met == null || met == plain) {
      return null;
    }
    return met.destinations().stream()
        .filter(d -> d.weight() > 0)
        .map(this::context)
        .distinct()
        .reduce((a, b) -> "other")
        .filter(context -> !context.equals("other"))
        .orElse(null);
  }

  private String context(Destination destination) {
    if (!host.is(destination.host()) || destination.subset() == null) {
      return "other";
    }
    // A subset without a DestinationRule has no endpoints; it still is meant for the context that
    // it is called like.
    String named = destination.subset().matches("ctx[1-9]") ? destination.subset() : "other";
    return subsets.getOrDefault(destination.subset(), named);
  }
}
