package theater.laptop.node.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import theater.kube.Meta;
import theater.kube.Quantity;

/// Looks at the containers of a node every second: one that uses more memory than its limit is
/// killed; every 15 s what all of them use is written to a file, which the API server answers
/// `metrics.k8s.io` from.
public final class UsageMeter implements Runnable {
  /// How often it wants to run.
  public static final long PERIOD_MILLIS = 1000;

  private static final Logger LOG = System.getLogger(UsageMeter.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long WINDOW_NANOS = 15_000_000_000L;

  private final String node;
  private final Path file;
  private final Clock clock;
  private final long windowNanos;
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private final Set<Process> killed = ConcurrentHashMap.newKeySet();
  private Map<Watched, Long> before = Map.of();
  private long beforeAt;

  /// @param file what is used, replaced as a whole
  public UsageMeter(String node, Path file, Clock clock) {
    this(node, file, clock, WINDOW_NANOS);
  }

  UsageMeter(String node, Path file, Clock clock, long windowNanos) {
    this.windowNanos = windowNanos;
    this.node = node;
    this.file = file;
    this.clock = clock;
  }

  /// A container's process runs; its end is seen by itself.
  public void started(JsonNode pod, JsonNode container, Process process) {
    long limit =
        Quantity.value(container.path("resources").path("limits").path("memory"))
            .orElse(Long.MAX_VALUE);
    watched.add(
        new Watched(
            Meta.namespace(pod), Meta.name(pod), container.path("name").asText(), process, limit));
  }

  /// Whether this process was killed for its memory. Asked once, when it has ended.
  public boolean killed(Process process) {
    return killed.remove(process);
  }

  @Override
  public void run() {
    try {
      look(System.nanoTime());
    } catch (RuntimeException | IOException e) {
      LOG.log(Level.WARNING, "what pods of {0} use is not known: {1}", node, e.toString());
    }
  }

  private void look(long now) throws IOException {
    watched.removeIf(each -> !each.process().isAlive());
    ProcessTable table = ProcessTable.read();
    for (Watched each : watched) {
      List<ProcessTable.Row> tree = table.tree(each.process().pid());
      if (each.limit() < Long.MAX_VALUE && each.tooLarge(tree)) {
        killed.add(each.process());
        tree.forEach(row -> ProcessHandle.of(row.pid()).ifPresent(ProcessHandle::destroyForcibly));
      }
    }
    if (now - beforeAt >= windowNanos || before.isEmpty()) {
      Map<Watched, Long> cpu = new HashMap<>();
      UsageFile usage = new UsageFile(node, clock.instant(), now - beforeAt);
      for (Watched each : watched) {
        List<ProcessTable.Row> tree = table.tree(each.process().pid());
        long nanos = tree.stream().mapToLong(ProcessTable.Row::cpuNanos).sum();
        cpu.put(each, nanos);
        Long last = before.get(each);
        if (last != null) {
          usage.add(each, Math.max(0, nanos - last), Watched.memory(tree));
        }
      }
      if (!before.isEmpty()) {
        write(usage);
      }
      before = cpu;
      beforeAt = now;
    }
  }

  private void write(UsageFile usage) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.createDirectories(file.getParent());
    Files.write(part, JSON.writeValueAsBytes(usage.json()));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Nothing is known any more.
  public void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
