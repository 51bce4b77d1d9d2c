package theater.laptop.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Stops everything of one instance and nothing else: first asks the supervisor, at last kills.
record Stopping(RunFolder run, OwnProcesses processes) {
  private static final Duration POLITE = Duration.ofSeconds(20);
  private static final Duration KERNEL = Duration.ofSeconds(3);
  private static final Duration STEP = Duration.ofMillis(50);

  static Stopping of(Settings settings) {
    return new Stopping(new RunFolder(settings.home()), new OwnProcesses(settings.home()));
  }

  /// How many processes ran.
  int stop() {
    List<OwnProcesses.Own> before = processes.all();
    run.supervisor()
        .ifPresent(supervisor -> {
          supervisor.kill(false);
          if (!await(POLITE, () -> !supervisor.alive())) {
            supervisor.kill(true);
          }
        });
    // A supervisor whose pid file is lost, or one that has only begun.
    before.stream().filter(p -> p.role().startsWith("supervise")).forEach(p -> p.id().kill(true));
    // The kernel ends the children of a dead supervisor; whatever is left after that is killed.
    if (!await(KERNEL, () -> processes.all().isEmpty())) {
      processes.all().forEach(p -> p.id().kill(true));
      await(KERNEL, () -> processes.all().isEmpty());
    }
    run.clean();
    return before.size();
  }

  /// Whether the condition came true in time.
  static boolean await(Duration limit, BooleanSupplier condition) {
    Instant end = Instant.now().plus(limit);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        return false;
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
    return true;
  }
}
