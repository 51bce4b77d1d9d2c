package theater.kube.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import theater.kube.EventRecorder;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

class EventRecorderTest {
  private static final Clock STANDING =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);
  private final FakeKubeApi api = new FakeKubeApi();

  @Test
  void eventsOfOneMomentAreNamedInTheirOrder() throws Exception {
    List<String> reasons = List.of("Scheduled", "Pulled", "Created", "Started", "BackOff");
    try (EventRecorder events = new EventRecorder(api, "kubelet", "node-1", STANDING)) {
      reasons.forEach(reason -> events.normal(ResourceTypes.POD, pod(), reason, "told"));
      assertThat(api.await(() -> events().size() == reasons.size(), 20)).isTrue();
    }
    assertThat(
            events().stream()
                .sorted(Comparator.comparing((ObjectNode event) -> Meta.name(event)))
                .map(event -> event.path("reason").asText()))
        .containsExactlyElementsOf(reasons);
    assertThat(Meta.name(events().getFirst())).matches("web\\.[0-9a-f]{16}");
  }

  @Test
  void repeatsAreCountedAndWrittenTogether() throws Exception {
    try (EventRecorder events = new EventRecorder(api, "kubelet", "node-1", Clock.systemUTC())) {
      events.warning(ResourceTypes.POD, pod(), "Unhealthy", "503");
      assertThat(api.await(() -> events().size() == 1, 20)).isTrue();
      String first = Meta.resourceVersion(events().getFirst());
      for (int i = 0; i < 9; i++) {
        events.warning(ResourceTypes.POD, pod(), "Unhealthy", "503");
      }
      assertThat(api.await(() -> count() == 10, 20)).isTrue();
      assertThat(Long.parseLong(Meta.resourceVersion(events().getFirst())))
          .isEqualTo(Long.parseLong(first) + 1);
    }
  }

  @Test
  void aRepeatOfADeletedEventMakesANewOne() throws Exception {
    try (EventRecorder events = new EventRecorder(api, "kubelet", "node-1", Clock.systemUTC())) {
      events.warning(ResourceTypes.POD, pod(), "Unhealthy", "503");
      assertThat(api.await(() -> events().size() == 1, 20)).isTrue();
      api.delete(ResourceTypes.EVENT, "shop", Meta.name(events().getFirst()), null, null);
      assertThat(
              api.await(
                  () -> {
                    events.warning(ResourceTypes.POD, pod(), "Unhealthy", "503");
                    return !events().isEmpty();
                  },
                  20))
          .isTrue();
    }
  }

  private int count() {
    return events().getFirst().path("count").asInt();
  }

  private static ObjectNode pod() {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.putObject("metadata").put("name", "web").put("namespace", "shop").put("uid", "1");
    return pod;
  }

  private List<ObjectNode> events() {
    return api.list(ResourceTypes.EVENT, "shop", null).items();
  }
}
