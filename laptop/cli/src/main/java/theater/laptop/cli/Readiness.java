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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import theater.kube.Informer;
import theater.kube.InformerListener;
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
  private static final class Open {
    private int ready;
    private int all;
    private final List<String> waiting = new ArrayList<>();
    private final List<String> stuck = new ArrayList<>();

    void add(String name, PodState pod, Instant since) {
      all++;
      if (pod.isReady() && !pod.started().isBefore(since)) {
        ready++;
      } else if (!pod.stuck().isEmpty()) {
        stuck.add(name + " (" + pod.stuck() + ")");
      } else {
        waiting.add(name + " " + pod.ready() + "/" + pod.containers() + " " + pod.phase());
      }
    }
  }

  /// @throws CommandException naming what is not ready after the limit
  void await() {
    Instant end = Instant.now().plus(LIMIT);
    Thread waiter = Thread.currentThread();
    Map<String, Informer> pods = new LinkedHashMap<>();
    apis.forEach((context, api) ->
        pods.put(
            context,
            new Informer(
                    api,
                    ResourceTypes.POD,
                    null,
                    InformerListener.always(() -> LockSupport.unpark(waiter)))
                .start()));
    try {
      await(pods, end);
    } finally {
      pods.values().forEach(Informer::close);
    }
    awaitPage(end);
  }

  private void await(Map<String, Informer> pods, Instant end) {
    Open open = look(pods);
    while (!open.waiting.isEmpty()) {
      progress.far(
          messages.text(
              "up.pods",
              open.ready,
              open.all,
              String.join(", ", open.waiting.subList(0, Math.min(SHOWN, open.waiting.size())))));
      if (Instant.now().isAfter(end)) {
        throw messages.failure("up.slow", LIMIT.toSeconds(), String.join(", ", open.waiting));
      }
      pause();
      open = look(pods);
    }
    open.stuck.forEach(pod -> progress.say(messages.text("up.stuck", pod)));
  }

  private Open look(Map<String, Informer> pods) {
    Open open = new Open();
    if (!supervisor.alive()) {
      throw supervisor.failed();
    }
    pods.forEach((context, informer) -> {
      informer.loss().ifPresent(loss -> open.waiting.add(context + ": " + loss.reason()));
      if (!informer.synced()) {
        open.waiting.add(context);
      }
      PodState.of(informer.all()).forEach(pod -> open.add(context + "/" + pod.name(), pod, since));
    });
    if (open.waiting.isEmpty() && open.stuck.isEmpty()) {
      apis.forEach((context, api) -> lookAtDeployments(context, api, open.waiting));
    }
    return open;
  }

  /// One whose pods are all ready may still want others.
  private static void lookAtDeployments(String context, KubeApi api, List<String> waiting) {
    try {
      for (JsonNode deployment : api.list(ResourceTypes.DEPLOYMENT, null, null).items()) {
        int wanted = deployment.path("spec").path("replicas").asInt(1);
        boolean seen =
            deployment.path("status").path("observedGeneration").asLong()
                >= deployment.path("metadata").path("generation").asLong();
        int available = deployment.path("status").path("readyReplicas").asInt();
        if (!seen || available < wanted) {
          waiting.add(context + "/" + Meta.name(deployment) + " " + available + "/" + wanted);
        }
      }
    } catch (KubeUnavailableException e) {
      waiting.add(context + ": " + e.getMessage());
    }
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
