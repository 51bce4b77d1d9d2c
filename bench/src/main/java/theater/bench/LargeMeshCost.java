package theater.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import theater.mesh.identity.CertificateAuthority;
import theater.mesh.translation.Translation;
import theater.mesh.view.MeshView;
import theater.mesh.view.Proxy;
import theater.mesh.xds.Counts;
import theater.mesh.xds.XdsServer;
import theater.visitor.Await;
import theater.visitor.TemporaryFolder;

/// What rules cost in a mesh of many services: translation, and from a change to the last
/// acknowledgement. In this process, so that nothing but the control plane's own work counts.
final class LargeMeshCost {
  private static final int PROXIES = 200;
  private static final int CHANGES = 50;
  private static final List<Integer> SIZES = List.of(100, 1_000, 5_000);
  private static final Duration LONG = Duration.ofMinutes(5);

  private LargeMeshCost() {}

  static void measure(Report report) throws IOException, InterruptedException {
    report.heading("Translation, by the number of services in each of two contexts");
    report.text(
        "CPU milliseconds of the translating thread, after warm-up. A change is one VirtualService's weights.");
    report.table(
        "services",
        "one sidecar, from nothing",
        PROXIES + " sidecars, from nothing",
        "a change, one sidecar",
        "a change, " + PROXIES + " sidecars");
    List<double[]> rows = new ArrayList<>();
    translation(SIZES.getFirst(), 3);
    for (int size : SIZES) {
      double[] row = translation(size, 2);
      rows.add(row);
      report.row(size, row[0], row[1], row[2], row[3]);
    }
    report.row(growth(rows, 0, 1));
    report.row(growth(rows, 1, 2));
    report.text("");
    report.text("Growth is the exponent of the power law between two sizes: 1 is linear.");
    pushes(report);
  }

  private static Object[] growth(List<double[]> rows, int from, int to) {
    double factor = (double) SIZES.get(to) / SIZES.get(from);
    Object[] cells = new Object[5];
    cells[0] = "growth " + SIZES.get(from) + " → " + SIZES.get(to);
    for (int i = 0; i < 4; i++) {
      cells[i + 1] =
          "%.2f".formatted(Math.log(rows.get(to)[i] / rows.get(from)[i]) / Math.log(factor));
    }
    return cells;
  }

  private static double[] translation(int size, int rounds) {
    LargeMesh mesh = new LargeMesh(size);
    double[] sums = new double[4];
    for (int round = 0; round < rounds; round++) {
      List<Proxy> proxies = new ArrayList<>();
      for (int i = 0; i < PROXIES; i++) {
        proxies.add(LargeMesh.sidecar(i % size));
      }
      MeshView view = mesh.view();
      Translation translation = new Translation();
      sums[0] += cpu(() -> translation.translate(view, proxies.getFirst()));
      sums[1] += cpu(() -> proxies.forEach(proxy -> translation.translate(view, proxy)));
      MeshView next = mesh.changed(view, size / 2, 10 + round);
      sums[2] += cpu(() -> translation.translate(next, proxies.getFirst()));
      sums[3] += cpu(() -> proxies.forEach(proxy -> translation.translate(next, proxy)));
    }
    return new double[] {
      sums[0] / rounds, (sums[0] + sums[1]) / rounds, sums[2] / rounds, (sums[2] + sums[3]) / rounds
    };
  }

  private static double cpu(Runnable work) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e6;
  }

  private static void pushes(Report report) throws IOException, InterruptedException {
    report.heading(
        "A changed weight in a large mesh, from the new view to the last acknowledgement");
    report.table(
        "services",
        "proxies",
        "p50 ms",
        "p99 ms",
        "CPU ms a change",
        "resources sent a change",
        "kB sent a change");
    push(report, 100, PROXIES, false);
    push(report, 1_000, PROXIES, false);
    push(report, 1_000, 1, true);
    report.text("");
    report.text(
        "The proxies are clients in this process that ask and answer as an Envoy does; CPU is theirs and the server's together. "
            + "\"one Envoy\" is a real one: it answers when it has applied the change, so its row is the bound.");
  }

  private static void push(Report report, int size, int proxies, boolean real)
      throws IOException, InterruptedException {
    LargeMesh mesh = new LargeMesh(size);
    try (TemporaryFolder folder = TemporaryFolder.named("large-mesh");
        XdsServer server =
            new XdsServer(
                    socket(folder),
                    CertificateAuthority.open(folder.path().resolve("pki")).intermediate("ctx1"),
                    new Translation()::translate)
                .start();
        AdsClients clients = new AdsClients(socket(folder))) {
      MeshView view = mesh.view();
      long first = server.update(view);
      long began = System.nanoTime();
      Process envoy = real ? LargeMeshEnvoy.start(folder.path(), socket(folder)) : null;
      try {
        for (int i = 0; !real && i < proxies; i++) {
          clients.connect(i % size);
        }
        BooleanSupplier all = () -> server.connected().size() == proxies;
        Await.until("all proxies are connected", LONG, all::getAsBoolean);
        view = mesh.changed(view, 0, 50);
        settled(server, server.update(view));
        double whole = (System.nanoTime() - began) / 1e6;
        double[] milliseconds = new double[CHANGES];
        Counts before = server.counts();
        long cpu = cpuNanos();
        for (int i = 0; i < CHANGES; i++) {
          view = mesh.changed(view, i * size / CHANGES, 20 + i % 50);
          long start = System.nanoTime();
          settled(server, server.update(view));
          milliseconds[i] = (System.nanoTime() - start) / 1e6;
        }
        double cpuMillis = (cpuNanos() - cpu) / 1e6 / CHANGES;
        Counts after = server.counts();
        Percentiles times = Percentiles.of(milliseconds);
        report.row(
            size,
            real ? "one Envoy (first time, everything: %.0f ms)".formatted(whole) : proxies,
            times.at(50),
            times.at(99),
            cpuMillis,
            (after.resources() - before.resources()) / (double) CHANGES,
            (after.bytes() - before.bytes()) / 1e3 / CHANGES);
      } finally {
        if (envoy != null) {
          envoy.destroyForcibly().onExit().join();
        }
      }
      if (first < 1) {
        throw new IllegalStateException("views are numbered from 1");
      }
    }
  }

  private static Path socket(TemporaryFolder folder) {
    return folder.path().resolve("xds.sock");
  }

  private static void settled(XdsServer server, long view) throws InterruptedException {
    if (!server.await(view, LONG)) {
      throw new IllegalStateException("not all proxies have taken view " + view + " in " + LONG);
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
