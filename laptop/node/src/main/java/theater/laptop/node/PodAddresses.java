package theater.laptop.node;

import java.util.BitSet;
import theater.laptop.plan.AddressPlan;

/// The pod IPs of one context; shared by its nodes. Safe for many threads.
public final class PodAddresses {
  private final AddressPlan plan;
  private final String context;
  private final BitSet used = new BitSet();

  public PodAddresses(AddressPlan plan, String context) {
    this.plan = plan;
    this.context = context;
  }

  /// The lowest free one.
  ///
  /// @throws ContainerConfigException when all are in use
  synchronized String take() {
    int pod = used.nextClearBit(AddressPlan.FIRST_POD);
    if (pod > AddressPlan.LAST_POD) {
      throw new ContainerConfigException(
          "no free pod address: " + AddressPlan.LAST_POD + " pods run in " + context);
    }
    used.set(pod);
    return plan.podIp(context, pod);
  }

  /// Keeps a pod's address from before.
  ///
  /// @return whether it was free and belongs to the context
  synchronized boolean keep(String podIp) {
    if (!podIp.matches("127\\." + plan.octet(context) + "\\.\\d+\\.1")) {
      return false;
    }
    int pod = AddressPlan.pod(podIp);
    if (used.get(pod)) {
      return false;
    }
    used.set(pod);
    return true;
  }

  synchronized void free(String podIp) {
    used.clear(AddressPlan.pod(podIp));
  }
}
