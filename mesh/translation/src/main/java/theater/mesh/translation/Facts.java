package theater.mesh.translation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.gatewayapi.GatewayApi;
import theater.mesh.translation.memo.Kept;
import theater.mesh.translation.memo.Root;
import theater.mesh.translation.memo.Same;
import theater.mesh.translation.memo.Unit;
import theater.mesh.translation.registry.Services;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.Problems;
import theater.mesh.view.ConfigObject;
import theater.mesh.view.MeshView;

/// A view, sorted for all proxies. What is as in the view before stays the same object.
final class Facts {
  private final MeshView written;
  private final MeshView view;
  private final List<Problem> converting;
  private final Services services;
  private final Map<ConfigObject, Rule> byObject = new IdentityHashMap<>();
  private final Map<ConfigObject, List<Problem>> notModelled = new IdentityHashMap<>();
  private final Map<String, List<Rule>> byKind = new HashMap<>();
  private final List<Rule> layer4;
  private final Object[] roots = new Object[Root.values().length];
  private final Map<Place, Map<Unit<?>, Kept<?>>> seen = new HashMap<>();

  /// @param before the facts of another view, or null
  Facts(MeshView written, Facts before, Problems problems) {
    this.written = written;
    Problems converted = new Problems();
    view = kept(GatewayApi.expanded(written, converted), before);
    converting = converted.list();
    services = Services.of(view, before == null ? null : before.services);
    boolean same = before != null && before.view.configs() == view.configs();
    if (same) {
      byObject.putAll(before.byObject);
      byKind.putAll(before.byKind);
      notModelled.putAll(before.notModelled);
    } else {
      sort(before, problems);
    }
    layer4 = layer4(before);
    roots[Root.VIEW.ordinal()] = view;
    roots[Root.MESH.ordinal()] = List.of(view.context(), view.mesh(), view.contexts());
    roots[Root.SERVICES.ordinal()] = services.all();
    roots[Root.VIRTUAL_SERVICES.ordinal()] = rules("VirtualService");
    roots[Root.LAYER4_RULES.ordinal()] = layer4;
    roots[Root.DESTINATION_RULES.ordinal()] = rules("DestinationRule");
    List<Object> others = new ArrayList<>();
    byKind.keySet().stream()
        .filter(kind -> Root.ofKind(kind) == Root.OTHER_RULES)
        .sorted()
        .forEach(kind -> others.add(new Same(byKind.get(kind))));
    roots[Root.OTHER_RULES.ordinal()] = others;
  }

  /// What routes of the Gateway API come to, as the same objects as before where they are equal.
  private MeshView kept(MeshView expanded, Facts before) {
    if (expanded == written || before == null || before.view == before.written) {
      return expanded;
    }
    Map<ConfigObject, ConfigObject> made = new HashMap<>();
    before.made().forEach(config -> made.put(config, config));
    List<ConfigObject> all = new ArrayList<>(written.configs());
    expanded.configs().stream()
        .skip(written.configs().size())
        .forEach(config -> all.add(made.getOrDefault(config, config)));
    return expanded.with(all);
  }

  private List<ConfigObject> made() {
    return view.configs().subList(written.configs().size(), view.configs().size());
  }

  private void sort(Facts before, Problems problems) {
    Map<String, List<Rule>> found = new HashMap<>();
    for (ConfigObject config : view.configs()) {
      Rule known = before == null ? null : before.byObject.get(config);
      Rule rule = known == null ? Rule.of(config, problems) : known;
      byObject.put(config, rule);
      notModelled.put(
          config, known == null ? NotModelled.in(config) : before.notModelled.get(config));
      if (Rule.istio(config.apiVersion())) {
        found.computeIfAbsent(config.kind(), _ -> new ArrayList<>()).add(rule);
      }
    }
    found.forEach((kind, rules) -> {
      List<Rule> sorted = rules.stream().sorted(Rule.BY_AGE).toList();
      List<Rule> old = before == null ? List.of() : before.rules(kind);
      byKind.put(kind, identical(sorted, old) ? old : sorted);
    });
  }

  private List<Rule> layer4(Facts before) {
    List<Rule> now =
        rules("VirtualService").stream()
            .filter(rule -> rule.spec().at("tcp").present() || rule.spec().at("tls").present())
            .toList();
    return before != null && identical(now, before.layer4) ? before.layer4 : now;
  }

  private static boolean identical(List<Rule> one, List<Rule> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (one.get(i) != other.get(i)) {
        return false;
      }
    }
    return true;
  }

  /// The view that was given.
  MeshView written() {
    return written;
  }

  /// The same with what routes of the Gateway API come to.
  MeshView view() {
    return view;
  }

  Services services() {
    return services;
  }

  List<Rule> rules(String kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  /// VirtualServices with `tcp` or `tls` routes.
  List<Rule> layer4Rules() {
    return layer4;
  }

  /// What proxies of a place have been given.
  Map<Unit<?>, Kept<?>> seen(Place place) {
    return seen.computeIfAbsent(place, _ -> new HashMap<>());
  }

  /// What all proxies are told: of routes of the Gateway API, of the mesh's settings, then what no
  /// feature reads, object by object.
  void tell(Problems problems) {
    problems.addAll(converting);
    problems.addAll(MeshConfigFields.notModelled(view.mesh().config()));
    written.configs().forEach(config -> problems.addAll(notModelled.get(config)));
  }

  /// Whether the parts of the view that these bits stand for are as they were. A proxy is always as
  /// it was.
  boolean unchanged(Facts since, int bits) {
    for (Root root : Root.values()) {
      Object now = roots[root.ordinal()];
      Object then = since.roots[root.ordinal()];
      boolean same = root == Root.MESH || root == Root.OTHER_RULES ? now.equals(then) : now == then;
      if (root.in(bits) && !same) {
        return false;
      }
    }
    return true;
  }
}
