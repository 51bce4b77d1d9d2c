package theater.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.locks.LockSupport;
import theater.kube.HttpKubeApi;
import theater.kube.KubeApi;
import theater.kube.Kubeconfig;
import theater.kube.ResourceTypes;
import theater.visitor.Await;
import theater.visitor.Calls;
import theater.visitor.Context;
import theater.visitor.Theater;

/// From the write of changed weights at the API to the first request under the new rule, at 200
/// requests a second through the front door: first with programs that have just started, then
/// again.
final class Propagation {
  private static final int CHANGES = 100;
  private static final int RATE = 200;
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration UNDISTURBED = Duration.ofSeconds(10);

  private final KubeApi api;
  private final OpenLoop load;
  private final RoutedCalls routed;
  private final Report report;

  private Propagation(KubeApi api, OpenLoop load, RoutedCalls routed, Report report) {
    this.api = api;
    this.load = load;
    this.routed = routed;
    this.report = report;
  }

  static void measure(Theater theater, Report report) throws IOException {
    report.heading("A changed weight, from the API write to the first request under the new rule");
    KubeApi api =
        new HttpKubeApi(Kubeconfig.read(theater.home().resolve("kubeconfig")).context("ctx1"));
    try (OpenLoop load = new OpenLoop(theater.address() + "/users/", RATE);
        RoutedCalls routed = new RoutedCalls(theater)) {
      Propagation propagation = new Propagation(api, load, routed, report);
      propagation.change("ctx1");
      // Cold programs cannot take the load at first: what waits then would be counted as the rule's
      // delay.
      LockSupport.parkNanos(WARM_UP.toNanos());
      load.answers().clear();
      LockSupport.parkNanos(UNDISTURBED.toNanos());
      double[] plain =
          load.answers().stream().mapToDouble(a -> (a.done() - a.sent()) / 1e6).toArray();
      report.table("from the start of the write to", "p50 ms", "p90 ms", "p99 ms", "max ms");
      propagation.changes("first");
      propagation.changes("next");
      propagation.row("(beside it: a request while nothing changes)", plain);
      report.text("");
      report.text(
          "Changes after "
              + WARM_UP.plus(UNDISTURBED).toSeconds()
              + " s of load; failed requests: "
              + (load.failures().isEmpty() ? "0" : load.failures())
              + ".");
    } finally {
      theater.practice("01-initial");
    }
    report.text("");
    report.text(
        "The first request is the first that api-gateway's proxy routed by the new rule, by its access log (milliseconds); its answer is the first that a caller had. "
            + "The load samples each 5 ms. Clusters still warming in the gateway's sidecar afterwards: "
            + warming(theater)
            + ".");
  }

  private void changes(String which) throws IOException {
    double[] written = new double[CHANGES];
    double[] requested = new double[CHANGES];
    double[] answered = new double[CHANGES];
    Instant[] starts = new Instant[CHANGES];
    for (int i = 0; i < CHANGES; i++) {
      String target = target(i);
      load.answers().clear();
      starts[i] = Instant.now();
      long start = System.nanoTime();
      change(target);
      written[i] = (System.nanoTime() - start) / 1e6;
      Await.until(
          "a request under the new rule",
          Duration.ofSeconds(10),
          () -> first(load, target, start) > 0);
      answered[i] = (first(load, target, start) - start) / 1e6;
      LockSupport.parkNanos(300_000_000L);
    }
    Map<String, NavigableSet<Instant>> calls = routed.since(starts[0]);
    for (int i = 0; i < CHANGES; i++) {
      Instant first = calls.get(target(i)).ceiling(starts[i]);
      requested[i] = Duration.between(starts[i], first).toNanos() / 1e6;
    }
    String changes = " (" + which + " " + CHANGES + " changes)";
    row("its acknowledgement" + changes, written);
    row("the first request under the new rule" + changes, requested);
    row("the first answer under the new rule" + changes, answered);
  }

  private static String target(int change) {
    return change % 2 == 0 ? "ctx2" : "ctx1";
  }

  private void row(String what, double[] milliseconds) {
    Percentiles all = Percentiles.of(milliseconds);
    report.row(what, all.at(50), all.at(90), all.at(99), all.at(100));
  }

  private static long first(OpenLoop load, String target, long after) {
    return load.answers().stream()
        .filter(a -> a.sent() >= after && a.context().equals(target))
        .mapToLong(OpenLoop.Answer::done)
        .min()
        .orElse(0);
  }

  private void change(String context) throws IOException {
    String patch =
        """
        {"spec":{"http":[{"route":[
          {"destination":{"host":"user-service","subset":"ctx1"},"weight":%d},
          {"destination":{"host":"user-service","subset":"ctx2"},"weight":%d}]}]}}\
        """
            .formatted(context.equals("ctx1") ? 100 : 0, context.equals("ctx2") ? 100 : 0);
    JsonNode tree = new ObjectMapper().readTree(patch);
    api.mergePatch(ResourceTypes.VIRTUAL_SERVICE, "theater-msa", "user-service-vs", null, tree);
  }

  private static String warming(Theater theater) {
    Context ctx1 = theater.ctx1();
    String ip = ctx1.field("pod/" + ctx1.pod("api-gateway"), ".status.podIP");
    try (Calls admin = new Calls("http://" + ip + ":15000")) {
      return admin.get("/stats?filter=cluster_manager.warming_clusters").body().strip();
    }
  }
}
