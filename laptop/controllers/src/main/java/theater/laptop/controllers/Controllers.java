package theater.laptop.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import theater.kube.EventRecorder;
import theater.kube.Informer;
import theater.kube.InformerListener;
import theater.kube.KubeApi;
import theater.kube.Meta;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;

/// All controllers of one context on one thread. Watches only say what to look at; every decision
/// reads the objects as they are.
public final class Controllers implements AutoCloseable {
  private static final String DEPLOYMENTS = "deployment";
  private static final String REPLICA_SETS = "replicaset";
  private static final String SCHEDULER = "scheduler";
  private static final String SLICES = "endpointslice";
  private static final String ENDPOINTS = "endpoints";
  private static final String NAMESPACES = "namespace";
  private static final String API_SERVER = "apiserver";
  private static final String CLAIMS = "claim";
  private static final String AUTOSCALERS = "autoscaler";
  private static final String DISRUPTIONS = "disruption";
  private static final String GARBAGE = "garbage";

  private final KubeApi api;
  private final Supplier<List<ResourceType>> types;
  private final List<EventRecorder> recorders;
  private final GarbageCollector garbage;
  private final WorkQueue queue;
  private final Map<ResourceType, Informer> informers = new ConcurrentHashMap<>();
  private boolean closed;

  /// @param api preferably the API server's own store: it is asked often
  /// @param types everything that the API server serves now, for owners and namespaces; call
  ///   [#typesChanged] when that changed
  /// @param published what they show of the cluster itself
  public Controllers(KubeApi api, Supplier<List<ResourceType>> types, Published published) {
    this(api, types, published, Clock.systemUTC());
  }

  Controllers(KubeApi api, Supplier<List<ResourceType>> types, Published published, Clock clock) {
    this.api = api;
    this.types = types;
    EventRecorder deployments = new EventRecorder(api, "deployment-controller", "", clock);
    EventRecorder sets = new EventRecorder(api, "replicaset-controller", "", clock);
    EventRecorder scheduler = new EventRecorder(api, "default-scheduler", "", clock);
    EventRecorder autoscaler = new EventRecorder(api, "horizontal-pod-autoscaler", "", clock);
    this.recorders = List.of(deployments, sets, scheduler, autoscaler);
    this.garbage = new GarbageCollector(api);
    this.queue =
        new WorkQueue(
            Map.ofEntries(
                Map.entry(DEPLOYMENTS, new DeploymentController(api, deployments, clock)),
                Map.entry(REPLICA_SETS, new ReplicaSetController(api, sets, clock)),
                Map.entry(SCHEDULER, new Scheduler(api, scheduler, clock)),
                Map.entry(SLICES, new EndpointSliceController(api)),
                Map.entry(ENDPOINTS, new EndpointsController(api)),
                Map.entry(
                    NAMESPACES,
                    new NamespaceController(
                        api, types, new RootCertificates(api, published.rootPem()), clock)),
                Map.entry(API_SERVER, new ApiServerService(api, published.apiServerPort())),
                Map.entry(CLAIMS, new ClaimController(api)),
                Map.entry(AUTOSCALERS, new AutoscaleController(api, autoscaler, clock)),
                Map.entry(DISRUPTIONS, new DisruptionController(api, clock)),
                Map.entry(GARBAGE, garbage)));
  }

  public Controllers start() {
    queue.start();
    typesChanged();
    return this;
  }

  /// Other kinds are served than before, for example after a CustomResourceDefinition.
  public synchronized void typesChanged() {
    List<ResourceType> now = types.get();
    informers
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !now.contains(entry.getKey());
          if (gone) {
            entry.getValue().close();
          }
          return gone;
        });
    for (ResourceType type : now) {
      if (!closed && !type.equals(ResourceTypes.EVENT) && !informers.containsKey(type)) {
        garbage.serve(type);
        informers.put(type, new Informer(api, type, null, new Changes(type)).start());
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    informers.values().forEach(Informer::close);
    queue.close();
    recorders.forEach(EventRecorder::close);
  }

  private void changed(ResourceType type, ObjectNode object) {
    String namespace = Meta.namespace(object);
    String name = Meta.name(object);
    if (name.equals(ApiServerService.NAME) && namespace.equals(ApiServerService.NAMESPACE)
        || type.equals(ResourceTypes.NAMESPACE) && name.equals(ApiServerService.NAMESPACE)) {
      queue.add(API_SERVER, ApiServerService.NAMESPACE, ApiServerService.NAME);
    }
    if (type.equals(ResourceTypes.DEPLOYMENT)) {
      queue.add(DEPLOYMENTS, namespace, name);
      budgets(namespace);
    } else if (type.equals(ResourceTypes.REPLICA_SET)) {
      queue.add(REPLICA_SETS, namespace, name);
      owner(object, "Deployment", DEPLOYMENTS);
      budgets(namespace);
    } else if (type.equals(ResourceTypes.POD)) {
      pod(object);
    } else if (type.equals(ResourceTypes.SERVICE)) {
      endpoints(object);
    } else if (type.equals(ResourceTypes.ENDPOINTS)) {
      if (Meta.labels(object).containsKey(EndpointsController.MANAGED_BY)) {
        queue.add(ENDPOINTS, namespace, name);
      }
    } else if (type.equals(ResourceTypes.ENDPOINT_SLICE)) {
      queue.add(
          SLICES, namespace, Meta.labels(object).getOrDefault("kubernetes.io/service-name", ""));
    } else if (type.equals(ResourceTypes.NAMESPACE)) {
      queue.add(NAMESPACES, "", name);
    } else if (type.equals(ResourceTypes.SERVICE_ACCOUNT)
        || type.equals(ResourceTypes.CONFIG_MAP) && RootCertificates.NAMES.contains(name)) {
      queue.add(NAMESPACES, "", namespace);
    } else if (type.equals(ResourceTypes.HORIZONTAL_POD_AUTOSCALER)) {
      queue.add(AUTOSCALERS, namespace, name);
    } else if (type.equals(ResourceTypes.POD_DISRUPTION_BUDGET)) {
      queue.add(DISRUPTIONS, namespace, name);
    } else if (type.equals(ResourceTypes.PERSISTENT_VOLUME_CLAIM)) {
      queue.add(CLAIMS, namespace, name);
    }
  }

  private void pod(ObjectNode pod) {
    String namespace = Meta.namespace(pod);
    if (pod.path("spec").path("nodeName").asText("").isEmpty()) {
      queue.add(SCHEDULER, namespace, Meta.name(pod));
    }
    if (Meta.controller(pod).isMissingNode()) {
      known(ResourceTypes.REPLICA_SET, namespace)
          .forEach(set -> queue.add(REPLICA_SETS, namespace, Meta.name(set)));
    } else {
      owner(pod, "ReplicaSet", REPLICA_SETS);
    }
    known(ResourceTypes.SERVICE, namespace).forEach(this::endpoints);
    budgets(namespace);
  }

  private void endpoints(ObjectNode service) {
    queue.add(SLICES, Meta.namespace(service), Meta.name(service));
    queue.add(ENDPOINTS, Meta.namespace(service), Meta.name(service));
  }

  private void budgets(String namespace) {
    known(ResourceTypes.POD_DISRUPTION_BUDGET, namespace)
        .forEach(budget -> queue.add(DISRUPTIONS, namespace, Meta.name(budget)));
  }

  private void owner(ObjectNode object, String kind, String controller) {
    if (Meta.controller(object).path("kind").asText().equals(kind)) {
      queue.add(controller, Meta.namespace(object), Meta.controller(object).path("name").asText());
    }
  }

  /// @param namespace null for all
  private List<ObjectNode> known(ResourceType type, String namespace) {
    Informer informer = informers.get(type);
    return informer == null
        ? List.of()
        : informer.all().stream()
            .filter(each -> namespace == null || Meta.namespace(each).equals(namespace))
            .toList();
  }

  /// A node came, went or changed: pods that wait may fit now.
  private void nodeChanged() {
    for (ObjectNode pod : known(ResourceTypes.POD, null)) {
      if (pod.path("spec").path("nodeName").asText("").isEmpty()) {
        queue.add(SCHEDULER, Meta.namespace(pod), Meta.name(pod));
      }
    }
    known(ResourceTypes.SERVICE, null)
        .forEach(service -> queue.add(SLICES, Meta.namespace(service), Meta.name(service)));
  }

  private final class Changes implements InformerListener {
    private final ResourceType type;

    Changes(ResourceType type) {
      this.type = type;
    }

    @Override
    public void added(ObjectNode object) {
      take(object);
      if (type.equals(ResourceTypes.NODE)) {
        nodeChanged();
      }
    }

    @Override
    public void modified(ObjectNode before, ObjectNode now) {
      take(now);
      boolean schedulable =
          before.path("spec").equals(now.path("spec"))
              && Meta.labels(before).equals(Meta.labels(now));
      if (type.equals(ResourceTypes.NODE) && !schedulable) {
        nodeChanged();
      }
      if (type.equals(ResourceTypes.POD) && !Meta.labels(before).equals(Meta.labels(now))) {
        changed(type, before);
      }
    }

    @Override
    public void deleted(ObjectNode object) {
      changed(type, object);
      if (type.equals(ResourceTypes.NODE)) {
        nodeChanged();
      }
      garbage
          .orphaned(object)
          .forEach(each ->
              queue.add(
                  GARBAGE, each.namespace(), GarbageCollector.name(each.type(), each.name())));
    }

    private void take(ObjectNode object) {
      changed(type, object);
      if (garbage.seen(type, object)) {
        queue.add(GARBAGE, Meta.namespace(object), GarbageCollector.name(type, Meta.name(object)));
      }
    }
  }
}
