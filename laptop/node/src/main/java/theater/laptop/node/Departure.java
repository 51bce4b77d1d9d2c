package theater.laptop.node;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A pod that leaves: goes on answering until the Envoys of its context have forgotten it.
///
/// In life a program has to guess how long that takes and sleeps for so long. Here the Envoys are
/// asked, so that a slow computer loses no request either.
///
/// @param podIp empty for a pod that never had an address
/// @param others the other Envoys of the context
record Departure(String podIp, List<EnvoyAdmin> others) {
  private static final Logger LOG = System.getLogger(Departure.class.getName());
  private static final long PAUSE_MILLIS = 100;

  /// Nobody is asked.
  static final Departure AT_ONCE = new Departure("", List.of());

  /// @param envoys of the context, its own perhaps among them
  static Departure of(PodPlace place, List<EnvoyAdmin> envoys) {
    EnvoyAdmin own = new EnvoyAdmin(place.admin());
    return new Departure(place.podIp(), envoys.stream().filter(each -> !each.equals(own)).toList());
  }

  /// Returns when no Envoy may choose the pod any more, or at the deadline.
  ///
  /// @param deadline of `System.nanoTime()`
  /// @param enough ends the wait early
  void await(long deadline, BooleanSupplier enough) throws InterruptedException {
    if (podIp.isEmpty()) {
      return;
    }
    List<EnvoyAdmin> left = others;
    while (!enough.getAsBoolean() && System.nanoTime() < deadline) {
      left = left.parallelStream().filter(this::sends).toList();
      if (left.isEmpty()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    if (!left.isEmpty() && !enough.getAsBoolean()) {
      LOG.log(Level.WARNING, "{0} ends although {1} may still send to it", podIp, left);
    }
  }

  /// An Envoy that is gone sends nothing; one that is only slow is asked again.
  private boolean sends(EnvoyAdmin envoy) {
    try {
      return envoy.sendsTo(podIp);
    } catch (java.net.http.HttpTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
