package theater.laptop.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import theater.laptop.api.auth.ServiceAccountTokens;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kinds;
import theater.laptop.api.registry.Deleter;
import theater.laptop.api.registry.Reader;
import theater.laptop.api.registry.WriteOptions;
import theater.laptop.api.registry.Writer;
import theater.laptop.api.status.StatusException;

/// Subresources that are an action: `pods/binding`, `pods/eviction`, `serviceaccounts/token`.
record PartHandler(Reader reader, Writer writer, Deleter deleter, ServiceAccountTokens tokens) {
  private static final int LONGEST = 365 * 24 * 3600;

  /// `POST …/NAME/SUBRESOURCE`
  void post(Exchange exchange, ApiPath path) {
    switch (path.kind().plural() + "/" + path.subresource()) {
      case "pods/binding" -> bind(exchange, path);
      case "pods/eviction" -> evict(exchange, path);
      case "serviceaccounts/token" -> token(exchange, path);
      default -> throw StatusException.noSuchPath();
    }
  }

  private void evict(Exchange exchange, ApiPath path) {
    JsonNode eviction = Bodies.tree(exchange);
    if (!Json.name(eviction).equals(path.name())) {
      throw StatusException.badRequest("name in URL does not match name in Eviction object");
    }
    JsonNode options = eviction.path("deleteOptions");
    Integer grace =
        options.hasNonNull("gracePeriodSeconds")
            ? Integer.valueOf(options.path("gracePeriodSeconds").asInt())
            : null;
    boolean dryRun = !exchange.query("dryRun").isEmpty() || !options.path("dryRun").isEmpty();
    new Evictions(reader, writer, deleter)
        .evict(path.namespace(), path.name(), new Deleter.Options("", grace, "", "", dryRun));
    exchange.send(201, success());
  }

  private void bind(Exchange exchange, ApiPath path) {
    String node = Json.text(Bodies.object(exchange), "target", "name");
    if (node.isEmpty()) {
      throw StatusException.badRequest("target.name: Required value");
    }
    writer.patch(
        Kinds.of("", "pods"),
        "v1",
        path.namespace(),
        path.name(),
        "",
        current -> {
          if (!Json.text(current, "spec", "nodeName").isEmpty()) {
            throw StatusException.conflict(
                path.kind(),
                path.name(),
                "pod "
                    + path.name()
                    + " is already assigned to node \""
                    + Json.text(current, "spec", "nodeName")
                    + "\"");
          }
          ObjectNode next = current.deepCopy();
          Json.child(next, "spec").put("nodeName", node);
          return next;
        },
        WriteOptions.QUIET);
    exchange.send(201, success());
  }

  private void token(Exchange exchange, ApiPath path) {
    JsonNode request = Bodies.tree(exchange);
    reader.get(path.kind(), path.version(), path.namespace(), path.name());
    int seconds = request.path("spec").path("expirationSeconds").asInt(3600);
    if (seconds < 600 || seconds > LONGEST) {
      throw new StatusException(
          422,
          "Invalid",
          "TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: "
              + seconds
              + ": may not specify a duration "
              + (seconds < 600 ? "less than 10 minutes" : "larger than 1 year"),
          null);
    }
    Instant expires = Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
    ObjectNode answer =
        Json.object().put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
    answer.putObject("metadata").put("name", path.name()).put("namespace", path.namespace());
    answer.putObject("spec").put("expirationSeconds", seconds);
    answer
        .putObject("status")
        .put("token", tokens.mint(path.namespace(), path.name(), expires))
        .put("expirationTimestamp", expires.toString());
    exchange.send(201, answer);
  }

  private static ObjectNode success() {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status.put("status", "Success").put("code", 201);
  }
}
