package theater.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import theater.kube.KubeApi;
import theater.kube.Meta;
import theater.kube.ResourceTypes;
import theater.kube.fake.FakeKubeApi;

class KubeContextTest {
  private final FakeKubeApi api = new FakeKubeApi();
  private final AtomicInteger podNews = new AtomicInteger();
  private KubeContext context;

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void podsAreThoseOfTheNamespaceByName() {
    pod("theater-msa", "b");
    pod("theater-msa", "a");
    pod("other", "c");
    open(api);
    await("known", () -> context.podsUnknown() == null && context.pods().size() == 2);
    assertThat(context.pods()).extracting(Meta::name).containsExactly("a", "b");
    int told = podNews.get();
    pod("theater-msa", "0");
    await("told", () -> podNews.get() > told);
    assertThat(context.pods()).extracting(Meta::name).containsExactly("0", "a", "b");
  }

  @Test
  void aServerThatNeverAnsweredIsUnknownWithItsReason() {
    api.unavailable(true);
    open(api);
    await("refused", () -> context.podsUnknown().endsWith("the fake is unavailable"));
    assertThat(context.rulesUnknown()).startsWith("the API server ");
    api.unavailable(false);
    await("known", () -> context.podsUnknown() == null && context.rulesUnknown() == null);
  }

  @Test
  void aServerThatIsAwayForAMomentIsStillKnown() {
    pod("theater-msa", "a");
    open(api);
    await("known", () -> context.podsUnknown() == null && context.rulesUnknown() == null);
    api.unavailable(true);
    assertThat(context.pods()).as("the last known pods stay").hasSize(1);
    await("unknown after a while", () -> context.podsUnknown() != null);
    assertThat(context.podsUnknown())
        .isEqualTo("the API server can not be read: the fake is unavailable");
    api.unavailable(false);
    await("known again", () -> context.podsUnknown() == null && context.rulesUnknown() == null);
  }

  private void open(KubeApi of) {
    context = new KubeContext(of, "theater-msa", podNews::incrementAndGet, () -> {}, () -> {});
  }

  private void pod(String namespace, String name) {
    ObjectNode pod = new ObjectMapper().createObjectNode().put("kind", "Pod");
    pod.putObject("metadata").put("namespace", namespace).put("name", name);
    api.create(ResourceTypes.POD, pod);
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not within 40 s: " + what).isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
