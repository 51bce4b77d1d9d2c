package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import theater.kube.KubeApi;
import theater.kube.KubeUnavailableException;
import theater.kube.Meta;
import theater.kube.ResourceTypes;

/// Waits until every Deployment has its pods ready and the page answers through the ingress.
///
/// @param since what is said of pods that started earlier is from before the last stop, and not
///   true any more
record Readiness(
    Settings settings,
    Messages messages,
    Progress progress,
    Map<String, KubeApi> apis,
    SupervisorProcess supervisor,
    Instant since) {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration STEP = Duration.ofMillis(400);
  private static final int SHOWN = 2;
  private static final int OK = 200;

  /// What is not ready yet, and what waiting will not help.
  private record Open(int ready, int all, List<String> waiting, List<String> stuck) {}

  /// @throws CommandException naming what is not ready after the limit
  void await() {
    Instant end = Instant.now().plus(LIMIT);
    Open open = look();
    while (!open.waiting().isEmpty()) {
      progress.far(
          messages.text(
              "up.pods",
              open.ready(),
              open.all(),
              String.join(
                  ", ", open.waiting().subList(0, Math.min(SHOWN, open.waiting().size())))));
      if (Instant.now().isAfter(end)) {
        throw messages.failure("up.slow", LIMIT.toSeconds(), String.join(", ", open.waiting()));
      }
      pause();
      open = look();
    }
    open.stuck().forEach(pod -> progress.say(messages.text("up.stuck", pod)));
    awaitPage(end);
  }

  private Open look() {
    int ready = 0;
    int all = 0;
    List<String> waiting = new ArrayList<>();
    List<String> stuck = new ArrayList<>();
    if (!supervisor.alive()) {
      throw supervisor.failed();
    }
    for (Map.Entry<String, KubeApi> api : apis.entrySet()) {
      try {
        for (PodState pod :
            PodState.of(api.getValue().list(ResourceTypes.POD, null, null).items())) {
          String name = api.getKey() + "/" + pod.name();
          all++;
          if (pod.isReady() && !pod.started().isBefore(since)) {
            ready++;
          } else if (!pod.stuck().isEmpty()) {
            stuck.add(name + " (" + pod.stuck() + ")");
          } else {
            waiting.add(name + " " + pod.ready() + "/" + pod.containers() + " " + pod.phase());
          }
        }
        for (JsonNode deployment :
            api.getValue().list(ResourceTypes.DEPLOYMENT, null, null).items()) {
          int wanted = deployment.path("spec").path("replicas").asInt(1);
          boolean seen =
              deployment.path("status").path("observedGeneration").asLong()
                  >= deployment.path("metadata").path("generation").asLong();
          int available = deployment.path("status").path("readyReplicas").asInt();
          if (stuck.isEmpty() && (!seen || available < wanted)) {
            waiting.add(
                api.getKey() + "/" + Meta.name(deployment) + " " + available + "/" + wanted);
          }
        }
      } catch (KubeUnavailableException e) {
        waiting.add(api.getKey() + ": " + e.getMessage());
      }
    }
    return new Open(ready, all, waiting, stuck);
  }

  /// The whole way: ingress, gateway, sidecars, a service, Redis.
  private void awaitPage(Instant end) {
    URI users = URI.create("http://127.0.0.1:" + settings.plan().ingressPort() + "/users/?limit=1");
    progress.step(messages.text("up.page", users));
    String last = "";
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
      while (Instant.now().isBefore(end)) {
        try {
          HttpRequest request =
              HttpRequest.newBuilder(URI.create(users.toString().replace("127.0.0.1", "localhost")))
                  .timeout(Duration.ofSeconds(5))
                  .build();
          int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
          if (status == OK) {
            return;
          }
          last = "status " + status;
        } catch (IOException e) {
          last = e.toString();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted", e);
        }
        pause();
      }
    }
    throw messages.failure("up.nopage", users, last);
  }

  private static void pause() {
    LockSupport.parkNanos(STEP.toNanos());
  }
}
