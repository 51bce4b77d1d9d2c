package theater.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import theater.kube.HttpKubeApi;
import theater.kube.KubeApi;
import theater.kube.Kubeconfig;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;
import theater.visitor.Processes;
import theater.visitor.Theater;

/// What the API server of a running context costs with many objects: ConfigMaps of 1 kB, by HTTPS,
/// as a client sees it that parses what it gets.
final class ObjectCost {
  private static final List<Integer> SIZES = List.of(100, 1_000, 10_000);
  private static final int WRITERS = 16;
  private static final int WATCHERS = 100;
  private static final int READS = 500;
  private static final int CHANGES = 100;
  private static final int LISTS = 10;
  private static final String NAMESPACE = "many-objects";
  private static final String PREFIX = "object-";
  private static final ResourceType TYPE = ResourceTypes.CONFIG_MAP;

  private final HttpKubeApi api;
  private final long server;

  ObjectCost(HttpKubeApi api, long server) {
    this.api = api;
    this.server = server;
  }

  static void measure(Theater theater, Report report) throws IOException, InterruptedException {
    report.heading("Many objects in one API server");
    report.text(
        "ConfigMaps of 1 kB in ctx1. Writes are on disk when they are answered; \"all watchers\" is from the start of a write to the last of "
            + WATCHERS
            + " watchers that has it. Milliseconds are p50 / p99.");
    theater.ctx1().kubectl("create", "namespace", NAMESPACE);
    long server = new Processes(theater.home()).one("control-plane", "ctx1").pid();
    List<Map<String, String>> columns = new ArrayList<>();
    try (HttpKubeApi api =
        new HttpKubeApi(Kubeconfig.read(theater.home().resolve("kubeconfig")).context("ctx1"))) {
      ObjectCost cost = new ObjectCost(api, server);
      int there = 0;
      for (int size : SIZES) {
        columns.add(cost.at(there, size));
        there = size;
      }
    }
    report.table("what", "100 objects", "1,000 objects", "10,000 objects");
    for (String what : columns.getFirst().keySet()) {
      report.row(
          what, columns.get(0).get(what), columns.get(1).get(what), columns.get(2).get(what));
    }
    theater.ctx1().kubectl("delete", "namespace", NAMESPACE, "--wait=false");
  }

  Map<String, String> at(int from, int to) throws IOException, InterruptedException {
    Map<String, String> column = new LinkedHashMap<>();
    long start = System.nanoTime();
    double[] created = create(from, to);
    column.put(
        "created per second, " + WRITERS + " at a time",
        "%.0f".formatted((to - from) / ((System.nanoTime() - start) / 1e9)));
    column.put("create, " + WRITERS + " at a time", shown(created));
    column.put("get", shown(timed(READS, i -> api.get(TYPE, NAMESPACE, name(i * 7 % to)))));
    column.put("patch", shown(timed(CHANGES, i -> change(i * 7 % to, i))));
    column.put("list whole", shown(timed(LISTS, _ -> whole(to))));
    column.put("list in pages of 500", shown(timed(LISTS, _ -> pages(to))));
    column.put("all watchers", shown(watched(to)));
    column.put(
        "live heap of the control plane, MB",
        "%.0f".formatted(ProcessCost.liveHeapKilobytes(server) / 1e3));
    column.put("its PSS, MB", "%.0f".formatted(ProcessCost.pssKilobytes(server) / 1e3));
    return column;
  }

  private double[] create(int from, int to) throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Callable<Double>> writes = new ArrayList<>();
      for (int i = from; i < to; i++) {
        ObjectNode object = configMap(i);
        writes.add(() -> {
          long start = System.nanoTime();
          api.create(TYPE, object);
          return (System.nanoTime() - start) / 1e6;
        });
      }
      return threads.invokeAll(writes).stream().mapToDouble(ObjectCost::took).toArray();
    }
  }

  private static double took(Future<Double> write) {
    if (write.state() == Future.State.FAILED) {
      throw new IllegalStateException("a write failed", write.exceptionNow());
    }
    return write.resultNow();
  }

  private static ObjectNode configMap(int i) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", "v1").put("kind", "ConfigMap");
    object.putObject("metadata").put("name", name(i)).put("namespace", NAMESPACE);
    ObjectNode data = object.putObject("data");
    for (int line = 0; line < 10; line++) {
      data.put("line-" + line, (i + " seats, one after another. ").repeat(4));
    }
    return object;
  }

  private static String name(int i) {
    return PREFIX + i;
  }

  private void change(int i, int value) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("data").put("line-0", "changed " + value + " " + System.nanoTime());
    api.mergePatch(TYPE, NAMESPACE, name(i), null, patch);
  }

  private void whole(int size) {
    expect(size, ours(api.list(TYPE, NAMESPACE, null).items()));
  }

  private void pages(int size) {
    int found = 0;
    String next = "";
    do {
      ObjectNode page =
          api.get(
              TYPE.path(NAMESPACE) + "?limit=500" + (next.isEmpty() ? "" : "&continue=" + next));
      found += ours(page.path("items"));
      next = page.path("metadata").path("continue").asText();
    } while (!next.isEmpty());
    expect(size, found);
  }

  /// Every namespace has ConfigMaps with root certificates, too.
  private static int ours(Iterable<? extends JsonNode> items) {
    int ours = 0;
    for (JsonNode item : items) {
      if (item.path("metadata").path("name").asText().startsWith(PREFIX)) {
        ours++;
      }
    }
    return ours;
  }

  private static void expect(int size, int found) {
    if (found != size) {
      throw new IllegalStateException("listed " + found + " objects; expected " + size);
    }
  }

  private double[] watched(int size) throws IOException, InterruptedException {
    Semaphore told = new Semaphore(0);
    List<KubeApi.Watch> watches = new ArrayList<>();
    try {
      String now = api.list(TYPE, NAMESPACE, null).resourceVersion();
      for (int i = 0; i < WATCHERS; i++) {
        watches.add(
            api.watch(
                TYPE,
                NAMESPACE,
                now,
                event -> {
                  if (event.type() == KubeApi.WatchEvent.Type.MODIFIED) {
                    told.release();
                  }
                },
                _ -> {}));
      }
      change(0, 0);
      all(told);
      return timed(
          CHANGES,
          i -> {
            change(i * 7 % size, i);
            all(told);
          });
    } finally {
      watches.forEach(KubeApi.Watch::close);
    }
  }

  private static void all(Semaphore told) throws InterruptedException {
    if (!told.tryAcquire(WATCHERS, 60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          told.availablePermits() + " watchers were told; expected " + WATCHERS);
    }
  }

  private interface Step {
    void run(int i) throws IOException, InterruptedException;
  }

  private static double[] timed(int times, Step step) throws IOException, InterruptedException {
    double[] milliseconds = new double[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      step.run(i);
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    return milliseconds;
  }

  private static String shown(double[] milliseconds) {
    Percentiles all = Percentiles.of(milliseconds);
    return "%.1f / %.1f".formatted(all.at(50), all.at(99));
  }
}
