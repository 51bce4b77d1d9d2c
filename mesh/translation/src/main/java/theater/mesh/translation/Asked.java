package theater.mesh.translation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import theater.mesh.translation.memo.Lookup;
import theater.mesh.translation.memo.Root;
import theater.mesh.translation.memo.Same;
import theater.mesh.translation.registry.Services;
import theater.mesh.translation.rule.Rule;
import theater.mesh.view.MeshContext;
import theater.mesh.view.Service;
import theater.mesh.view.Workload;

/// What a [Sight] can be asked about the view and the proxy.
enum Asked implements Lookup<Object> {
  VIEW,
  PROXY,
  MESH,
  VIEW_CONTEXT,
  ROLE,
  CONTEXT,
  NAMESPACE,
  NETWORK,
  REGION,
  ZONE,
  REDIRECTING;

  @Override
  public Object look(Sight sight) {
    Workload workload = sight.caller().workload();
    return switch (this) {
      case VIEW -> sight.facts().view();
      case PROXY -> sight.caller();
      case MESH -> sight.facts().view().mesh();
      case VIEW_CONTEXT -> sight.facts().view().context();
      case ROLE -> sight.caller().role();
      case CONTEXT -> workload.context();
      case NAMESPACE -> workload.namespace();
      case NETWORK -> sight.caller().network();
      case REGION -> Objects.requireNonNullElse(workload.region(), "");
      case ZONE -> Objects.requireNonNullElse(workload.zone(), "");
      case REDIRECTING -> sight.caller().addresses().redirecting();
    };
  }

  @Override
  public Object shown(Object value) {
    return this == VIEW || this == PROXY ? new Same(value) : value;
  }

  @Override
  public Root root() {
    return switch (this) {
      case VIEW -> Root.VIEW;
      case PROXY -> Root.PROXY;
      default -> Root.MESH;
    };
  }

  /// Whether the proxy's workload has these labels.
  record Labelled(Map<String, String> labels) implements Lookup<Boolean> {
    @Override
    public Boolean look(Sight sight) {
      return sight.caller().workload().labels().entrySet().containsAll(labels.entrySet());
    }

    @Override
    public Object shown(Boolean value) {
      return value;
    }

    @Override
    public Root root() {
      return Root.PROXY;
    }
  }

  /// Whether the proxy is of a namespace.
  record In(String namespace) implements Lookup<Boolean> {
    @Override
    public Boolean look(Sight sight) {
      return sight.caller().workload().namespace().equals(namespace);
    }

    @Override
    public Object shown(Boolean value) {
      return value;
    }

    @Override
    public Root root() {
      return Root.MESH;
    }
  }

  /// Where the proxy takes calls to a service.
  ///
  /// @param redirecting then every proxy takes them at the service's own address
  record Outbound(Same service, boolean redirecting) implements Lookup<Optional<String>> {
    Outbound(Service service, boolean redirecting) {
      this(new Same(service), redirecting);
    }

    @Override
    public Optional<String> look(Sight sight) {
      return sight.caller().addresses().outbound((Service) service.object());
    }

    @Override
    public Object shown(Optional<String> value) {
      return value;
    }

    @Override
    public Root root() {
      return redirecting ? Root.MESH : Root.PROXY;
    }
  }

  /// The rules of a kind.
  record Rules(String kind) implements Lookup<List<Rule>> {
    @Override
    public List<Rule> look(Sight sight) {
      return sight.facts().rules(kind);
    }

    @Override
    public Root root() {
      return Root.ofKind(kind);
    }
  }

  /// VirtualServices with `tcp` or `tls` routes.
  record Layer4Rules() implements Lookup<List<Rule>> {
    @Override
    public List<Rule> look(Sight sight) {
      return sight.facts().layer4Rules();
    }

    @Override
    public Root root() {
      return Root.LAYER4_RULES;
    }
  }

  /// The Services.
  record Kubernetes() implements Lookup<Services> {
    @Override
    public Services look(Sight sight) {
      return sight.facts().services();
    }

    @Override
    public Object shown(Services value) {
      return new Same(value.all());
    }

    @Override
    public Root root() {
      return Root.SERVICES;
    }
  }

  /// The contexts.
  record Contexts() implements Lookup<List<MeshContext>> {
    @Override
    public List<MeshContext> look(Sight sight) {
      return sight.facts().view().contexts();
    }

    @Override
    public Object shown(List<MeshContext> value) {
      return value;
    }

    @Override
    public Root root() {
      return Root.MESH;
    }
  }
}
