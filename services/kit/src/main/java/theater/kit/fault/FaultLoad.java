package theater.kit.fault;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;

/// The faults that weigh on the pod itself and not on a request: a processor burnt, memory held.
final class FaultLoad {
  private static final long MEMORY = 64L << 20;

  private Thread burner;
  private Arena held;

  /// Brings the load in line with the fault in force; null for none.
  synchronized void follow(Fault fault) {
    boolean burn = fault != null && fault.cpu();
    if (burn && (burner == null || !burner.isAlive())) {
      Instant until = fault.until();
      burner = Thread.ofPlatform().daemon().name("fault-cpu").start(() -> burn(until));
    } else if (!burn && burner != null) {
      burner.interrupt();
      burner = null;
    }
    boolean hold = fault != null && fault.memory();
    if (hold && held == null) {
      held = Arena.ofShared();
      // Outside the heap, so that the pod grows and does not run out of heap; written, so that it
      // is really there.
      MemorySegment memory = held.allocate(MEMORY);
      memory.fill((byte) 1);
    } else if (!hold && held != null) {
      held.close();
      held = null;
    }
  }

  private static void burn(Instant until) {
    while (!Thread.currentThread().isInterrupted() && Instant.now().isBefore(until)) {
      for (int i = 0; i < 10_000; i++) {
        Thread.onSpinWait();
      }
    }
  }
}
