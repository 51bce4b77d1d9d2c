package theater.laptop.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import theater.laptop.api.json.Json;

/// READY, STATUS and RESTARTS as the printer of Kubernetes 1.35 has them.
class PodColumnsTest {
  private static final String RUNS =
      "\"state\": {\"running\": {}}, \"ready\": true, \"started\": true";
  private static final String WAITS = "\"state\": {\"waiting\": {\"reason\": \"PodInitializing\"}}";
  private static final String CRASHED =
      "\"state\": {\"waiting\": {\"reason\": \"CrashLoopBackOff\"}}, \"restartCount\": 3";
  private static final String DONE =
      "\"state\": {\"terminated\": {\"exitCode\": 0, \"reason\": \"Completed\"}}";
  private static final String FAILED =
      "\"state\": {\"terminated\": {\"exitCode\": 3, \"reason\": \"Error\"}}";

  /// An init container `side` is a sidecar.
  @ParameterizedTest
  @CsvSource({
    "Pending,   False,     ,  one=WAITS two=WAITS,    a=WAITS,          0/1 Init:0/2 0",
    "Pending,   False,     ,  one=DONE two=RUNS,      a=WAITS,          0/1 Init:1/2 0",
    "Pending,   False,     ,  one=CRASHED two=WAITS,  a=WAITS,          0/1 Init:CrashLoopBackOff 3",
    "Pending,   False,     ,  one=FAILED two=WAITS,   a=WAITS,          0/1 Init:Error 0",
    "Running,   True,      ,  one=DONE,               a=RUNS b=RUNS,    2/2 Running 0",
    "Running,   True,      ,  one=DONE,               a=RUNS b=CRASHED, 1/2 CrashLoopBackOff 3",
    "Running,   True,      ,  ,                       a=DONE b=RUNS,    1/2 NotReady 0",
    "Running,   True,      ,  ,                       a=DONE b=FAILED,  0/2 Error 0",
    "Succeeded, True,      ,  ,                       a=DONE,           0/1 Completed 0",
    "Running,   True,   bye,  ,                       a=RUNS,           1/1 Terminating 0",
    "Succeeded, True,   bye,  ,                       a=DONE,           0/1 Completed 0",
    "Failed,    True,   bye,  ,                       a=FAILED,         0/1 Error 0",
    "Pending,   False,     ,  side=RUNS one=RUNS,     a=WAITS,          1/2 Init:1/2 0",
    "Running,   True,      ,  side=RUNS one=DONE,     a=RUNS,           2/2 Running 0",
    "Running,   True,      ,  side=CRASHED,           a=RUNS,           1/2 Init:CrashLoopBackOff 3",
  })
  void printed(
      String phase, String initialized, String deleted, String init, String main, String row)
      throws Exception {
    String pod =
        """
        {"metadata": {"name": "p"%s},
         "spec": {"initContainers": [%s], "containers": [%s]},
         "status": {"phase": "%s", "conditions": [{"type": "Initialized", "status": "%s"}],
          "initContainerStatuses": [%s], "containerStatuses": [%s]}}
        """
            .formatted(
                deleted == null ? "" : ", \"deletionTimestamp\": \"2026-11-21T10:00:00Z\"",
                each(init, false),
                each(main, false),
                phase,
                initialized,
                each(init, true),
                each(main, true));
    ObjectNode object = (ObjectNode) Json.read(pod.getBytes(StandardCharsets.UTF_8));
    assertThat(
            PodColumns.ALL.subList(1, 4).stream()
                .map(column -> column.cell().apply(object).asText())
                .collect(Collectors.joining(" ")))
        .isEqualTo(row);
  }

  private static String each(String list, boolean status) {
    if (list == null) {
      return "";
    }
    return java.util.Arrays.stream(list.split(" "))
        .map(one -> one.split("="))
        .map(one ->
            "{\"name\": \"%s\"%s}"
                .formatted(
                    one[0],
                    status
                        ? ", " + state(one[1])
                        : one[0].equals("side") ? ", \"restartPolicy\": \"Always\"" : ""))
        .collect(Collectors.joining(", "));
  }

  private static String state(String word) {
    return switch (word) {
      case "RUNS" -> RUNS;
      case "WAITS" -> WAITS;
      case "CRASHED" -> CRASHED;
      case "DONE" -> DONE;
      case "FAILED" -> FAILED;
      default -> throw new IllegalArgumentException(word);
    };
  }
}
