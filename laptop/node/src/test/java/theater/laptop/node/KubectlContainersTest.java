package theater.laptop.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import theater.kube.ResourceTypes;
import theater.laptop.node.LiveNode.Answer;

/// What kubectl shows of containers that end, wait, are changed or need too much.
@Timeout(300)
class KubectlContainersTest {
  @TempDir static Path folder;
  private static LiveNode node;

  @BeforeAll
  static void begin() throws Exception {
    node = new LiveNode(folder);
  }

  @AfterAll
  static void end() {
    if (node != null) {
      node.close();
    }
  }

  private static String ok(String... words) throws Exception {
    Answer answer = node.kubectl(words);
    assertThat(answer.exit()).as(String.join(" ", words) + ": " + answer.text()).isZero();
    return answer.text();
  }

  private static String field(String pod, String path) throws Exception {
    return ok("get", "pod", pod, "-o", "jsonpath={" + path + "}");
  }

  private static void await(String what, Said said, String text) throws Exception {
    LiveNode.await(
        what,
        () -> {
          try {
            return said.text().contains(text);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private interface Said {
    String text() throws Exception;
  }

  @Test
  void previousIsTheRunBeforeAndSinceHidesWhatIsOlder() throws Exception {
    node.pod(
        "twice",
        "if [ ! -e $DATA/flag ]; then touch $DATA/flag; echo one; exit 3; fi;"
            + " echo two; while :; do echo tick; sleep 0.2; done",
        "env: [{name: DATA, value: /data}]");
    await("it runs again", () -> field("twice", ".status..restartCount"), "1");
    await("the second run speaks", () -> ok("logs", "twice"), "tick");
    assertThat(ok("logs", "twice", "--previous")).isEqualTo("one\n");
    assertThat(ok("logs", "twice")).startsWith("two\ntick\n").doesNotContain("one");
    Instant now = Instant.now();
    LiveNode.await("time goes on", () -> Instant.now().isAfter(now.plusSeconds(5)));
    assertThat(ok("logs", "twice", "--since=2s")).startsWith("tick\n").doesNotContain("two");
    assertThat(ok("logs", "twice", "--since=1h")).startsWith("two\n");
    node.pod("once", "exec sleep 1000");
    assertThat(node.kubectl("logs", "once", "--previous").text())
        .contains("previous terminated container \"main\" in pod \"once\" not found");
  }

  @Test
  void anImageThatIsNotThereIsToldEverywhereAndAnotherOneHeals() throws Exception {
    String here = "{\"spec\": {\"nodeName\": \"node-1\"}}";
    ok("run", "bad", "--image=sh:v2.0.0", "--overrides=" + here, "--", "exec sleep 1000");
    await(
        "the log tells that it is tried again",
        () -> node.kubectl("logs", "bad").text(),
        "Error from server (BadRequest): container \"bad\" in pod \"bad\" is waiting to start: trying and failing to pull image");
    await(
        "the log tells of the pull itself",
        () -> node.kubectl("logs", "bad").text(),
        "is waiting to start: image can't be pulled");
    await(
        "events count up",
        () -> ok("describe", "pod", "bad").replaceAll("(?m) +", " "),
        "Back-off pulling image \"sh:v2.0.0\"");
    assertThat(ok("describe", "pod", "bad"))
        .containsPattern("Warning +Failed .* Error: ImagePullBackOff")
        .containsPattern("PodReadyToStartContainers +True");
    ok("set", "image", "pod/bad", "bad=sh:latest");
    ok("wait", "pod/bad", "--for=condition=Ready", "--timeout=60s");
    assertThat(field("bad", ".status.containerStatuses[0].restartCount")).isEqualTo("0");
  }

  @Test
  void aContainerThatNeedsTooMuchIsOomKilled() throws Exception {
    node.pod(
        "greedy",
        "sleep 1; x=$(head -c 80000000 /dev/zero | tr '\\0' x); sleep 1000; :",
        "resources: {limits: {memory: 32Mi}}");
    await("it was killed", () -> field("greedy", ".status..lastState"), "OOMKilled");
    assertThat(ok("describe", "pod", "greedy"))
        .containsPattern("Last State: +Terminated\\s+Reason: +OOMKilled\\s+Exit Code: +137");
    ok("delete", "pod", "greedy", "--now");
  }

  @Test
  void aSecretThatChangesReachesTheFileThatItIsMountedAs() throws Exception {
    ok("create", "secret", "generic", "key", "--from-literal=k=one");
    node.create(
        ResourceTypes.POD,
        """
        metadata: {name: keyed, namespace: default}
        spec:
          nodeName: node-1
          terminationGracePeriodSeconds: 1
          volumes: [{name: key, secret: {secretName: key}}]
          containers: [{name: main, image: sh, args: [exec sleep 1000], volumeMounts: [{name: key, mountPath: /etc/key}]}]
        """);
    ok("wait", "pod/keyed", "--for=condition=Ready", "--timeout=60s");
    assertThat(ok("exec", "keyed", "--", "cat", "/etc/key/k")).isEqualTo("one");
    ok("patch", "secret", "key", "-p", "{\"stringData\": {\"k\": \"two\"}}");
    await("the file follows", () -> ok("exec", "keyed", "--", "cat", "/etc/key/k"), "two");
  }

  @Test
  void servicesOfTheNamespaceAreInTheEnvironment() throws Exception {
    node.create(
        ResourceTypes.SERVICE,
        "metadata: {name: user-service, namespace: default}\nspec: {ports: [{name: http, port: 8081}]}");
    LiveNode.await(
        "the node knows the Service",
        () -> {
          try {
            node.pod("asks" + System.nanoTime(), "exec sleep 1000");
            return ok("exec", lastPod(), "--", "env").contains("USER_SERVICE_SERVICE_HOST=127.");
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(ok("exec", lastPod(), "--", "env"))
        .contains("USER_SERVICE_SERVICE_PORT=8081", "USER_SERVICE_PORT_8081_TCP_PROTO=tcp");
  }

  /// The youngest pod.
  private static String lastPod() throws Exception {
    return ok("get", "pods", "-o", "name")
        .lines()
        .filter(n -> n.contains("asks"))
        .reduce("", (a, b) -> b);
  }
}
