package theater.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
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
/// requests a second through the front door.
final class Propagation {
  private static final int CHANGES = 100;
  private static final int RATE = 200;
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration UNDISTURBED = Duration.ofSeconds(10);

  private Propagation() {}

  static void measure(Theater theater, Report report) throws IOException {
    report.heading("A changed weight, from the API write to the first request under the new rule");
    KubeApi api =
        new HttpKubeApi(Kubeconfig.read(theater.home().resolve("kubeconfig")).context("ctx1"));
    double[] written = new double[CHANGES];
    double[] milliseconds = new double[CHANGES];
    try (OpenLoop load = new OpenLoop(theater.address() + "/users/", RATE)) {
      change(api, "ctx1");
      // Cold programs cannot take the load at first: what waits then would be counted as the rule's
      // delay.
      LockSupport.parkNanos(WARM_UP.toNanos());
      load.answers().clear();
      LockSupport.parkNanos(UNDISTURBED.toNanos());
      double[] plain =
          load.answers().stream().mapToDouble(a -> (a.done() - a.sent()) / 1e6).toArray();
      for (int i = 0; i < CHANGES; i++) {
        String target = i % 2 == 0 ? "ctx2" : "ctx1";
        load.answers().clear();
        long start = System.nanoTime();
        change(api, target);
        written[i] = (System.nanoTime() - start) / 1e6;
        Await.until(
            "a request under the new rule",
            Duration.ofSeconds(10),
            () -> first(load, target, start) > 0);
        milliseconds[i] = (first(load, target, start) - start) / 1e6;
        LockSupport.parkNanos(300_000_000L);
      }
      report.table("from the start of the write to", "p50 ms", "p90 ms", "p99 ms", "max ms");
      row("its acknowledgement", written, report);
      row("the first answer under the new rule", milliseconds, report);
      row("(beside it: a request while nothing changes)", plain, report);
      report.text("");
      report.text(
          CHANGES
              + " changes, after "
              + WARM_UP.toSeconds()
              + " s of load; failed requests: "
              + (load.failures().isEmpty() ? "0" : load.failures())
              + ".");
    } finally {
      theater.practice("01-initial");
    }
    report.text("");
    report.text(
        "The load itself samples each 5 ms. Clusters still warming in the gateway's sidecar afterwards: "
            + warming(theater)
            + ".");
  }

  private static void row(String what, double[] milliseconds, Report report) {
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

  private static void change(KubeApi api, String context) throws IOException {
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
