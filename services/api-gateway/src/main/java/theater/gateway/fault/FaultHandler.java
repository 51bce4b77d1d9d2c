package theater.gateway.fault;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.exceptions.JedisException;
import theater.gateway.GatewayConfig;
import theater.gateway.cluster.ClusterWatch;
import theater.gateway.cluster.ContextPods;
import theater.gateway.web.Problem;
import theater.gateway.web.UnreadRequest;

/// `GET`, `POST` and `DELETE /faults`, for the instructor.
public final class FaultHandler {
  private static final int MAX_BODY = 16 * 1024;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Vertx vertx;
  private final InstructorKey key;
  private final FaultStore store;
  private final ClusterWatch clusters;
  private final List<String> contexts;

  public FaultHandler(Vertx vertx, GatewayConfig config, ClusterWatch clusters) {
    this.vertx = vertx;
    this.key = new InstructorKey(config.instructorKey());
    this.store = new FaultStore(config.redisHost(), config.redisPort());
    this.clusters = clusters;
    this.contexts = List.of(config.context(), config.otherContext()).stream().sorted().toList();
  }

  public void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (!key.isConfigured()) {
      Problem.send(
          response,
          503,
          "faults can not be set: no instructor's key is configured (Secret theater-instructor)");
      return;
    }
    if (!key.opens(request.getHeader("X-Instructor-Key"))) {
      Problem.send(
          response,
          403,
          "header X-Instructor-Key is missing or wrong; expected the key in Secret theater-instructor");
      return;
    }
    switch (request.method().name()) {
      case "GET" -> answer(response, 200, this::list);
      case "POST" -> withBody(request, body -> answer(response, 201, () -> set(body)));
      case "DELETE" -> withBody(request, body -> answer(response, 200, () -> remove(body)));
      default -> {
        response.putHeader("Allow", "GET, POST, DELETE");
        Problem.send(
            response, 405, "method is " + request.method() + "; expected GET, POST or DELETE");
      }
    }
  }

  private static void withBody(
      HttpServerRequest request, java.util.function.Consumer<String> next) {
    Buffer body = Buffer.buffer();
    request.handler(piece -> {
      body.appendBuffer(piece);
      if (body.length() > MAX_BODY) {
        UnreadRequest.announceClose(request);
        Problem.send(request.response(), 413, "the body is longer than " + MAX_BODY + " bytes");
        UnreadRequest.close(request);
      }
    });
    request.endHandler(v -> next.accept(body.toString()));
  }

  private void answer(
      HttpServerResponse response, int status, java.util.concurrent.Callable<ObjectNode> work) {
    vertx
        .executeBlocking(work, false)
        .onComplete(
            json ->
                response
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(json.toString()),
            e -> {
              switch (e) {
                case FaultException refused ->
                    Problem.send(response, refused.status(), refused.getMessage());
                case JedisException redis ->
                    Problem.send(response, 503, "Redis does not answer: " + redis.getMessage());
                default -> Problem.send(response, 500, e.toString());
              }
            });
  }

  private ObjectNode list() throws JacksonException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode faults = json.putArray("faults");
    for (Map.Entry<String, String> fault : store.list().entrySet()) {
      faults.add(describe(fault.getKey(), (ObjectNode) MAPPER.readTree(fault.getValue())));
    }
    return json;
  }

  private ObjectNode set(String body) {
    FaultRequest request = FaultRequest.parse(body, contexts);
    Instant until = Instant.now().plus(request.duration());
    String name =
        key(
            request.service().id(),
            request.context(),
            pod(request.service().id(), request.context(), request.pod()));
    ObjectNode value = request.json(until);
    store.set(name, value.toString(), until.toEpochMilli());
    return describe(name, value);
  }

  private ObjectNode remove(String body) {
    FaultRequest.Target target = FaultRequest.target(body, contexts);
    boolean numbered = target.pod() != null && target.pod().matches("[0-9]+");
    if (numbered && (target.service() == null || target.context() == null)) {
      throw FaultException.field(
          "pod", "\"" + target.pod() + "\"", "service and context beside a pod's number");
    }
    String pod = numbered ? pod(target.service(), target.context(), target.pod()) : target.pod();
    List<String> removed =
        store.remove(name -> {
          String[] parts = name.split(":", 4);
          return (target.service() == null || target.service().equals(parts[1]))
              && (target.context() == null || target.context().equals(parts[2]))
              && (pod == null || pod.equals(parts[3]));
        });
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode names = json.putArray("removed");
    removed.forEach(name -> names.add(describe(name, JsonNodeFactory.instance.objectNode())));
    return json;
  }

  /// A number becomes the name of the nth ready pod; a name must be that of a pod, as far as the
  /// context's pods are known.
  private String pod(String service, String context, String pod) {
    if (pod.equals("*")) {
      return pod;
    }
    ContextPods pods =
        context.equals(clusters.ownPods().context()) ? clusters.ownPods() : clusters.remotePods();
    if (pod.matches("[0-9]+")) {
      if (pods.reason() != null) {
        throw FaultException.field(
            "pod",
            "\"" + pod + "\"",
            "a pod's name or \"*\", for the pods of " + context + " are unknown: " + pods.reason());
      }
      List<String> ready = pods.readyPods(service);
      int number = Integer.parseInt(pod);
      if (number > ready.size()) {
        throw FaultException.field(
            "pod",
            "\"" + pod + "\"",
            "at most "
                + ready.size()
                + ", for "
                + service
                + " has so many ready pods in "
                + context);
      }
      return ready.get(number - 1);
    }
    if (pods.reason() == null && !pods.hasPod(pod)) {
      throw FaultException.field("pod", "\"" + pod + "\"", "the name of a pod in " + context);
    }
    return pod;
  }

  private static String key(String service, String context, String pod) {
    return "fault:" + service + ":" + context + ":" + pod;
  }

  private static ObjectNode describe(String name, ObjectNode value) {
    String[] parts = name.split(":", 4);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("service", parts[1]).put("context", parts[2]).put("pod", parts[3]);
    json.setAll(value);
    return json;
  }
}
