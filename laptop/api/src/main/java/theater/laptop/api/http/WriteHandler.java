package theater.laptop.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.patch.JsonPatch;
import theater.laptop.api.patch.MergePatch;
import theater.laptop.api.patch.StrategicMergePatch;
import theater.laptop.api.registry.Deleter;
import theater.laptop.api.registry.Reader;
import theater.laptop.api.registry.Scale;
import theater.laptop.api.registry.Writer;
import theater.laptop.api.selector.FieldSelector;
import theater.laptop.api.selector.LabelSelector;
import theater.laptop.api.status.StatusException;
import theater.laptop.schemas.ObjectSchema;
import theater.laptop.schemas.Schemas;

/// Create, update, patch and delete.
record WriteHandler(Reader reader, Writer writer, Deleter deleter, Schemas schemas) {

  void create(Exchange exchange, ApiPath path) {
    ObjectNode body = Bodies.object(exchange);
    exchange.send(
        201,
        writer.create(
            path.kind(), path.version(), path.namespace(), body, exchange.writeOptions()));
  }

  void update(Exchange exchange, ApiPath path) {
    ObjectNode body = Bodies.object(exchange);
    if (path.subresource().equals("scale")) {
      Function<ObjectNode, JsonNode> change = current -> Scale.onto(path.kind(), current, body);
      exchange.send(
          200,
          Scale.of(
              path.kind(),
              writer.patch(
                  path.kind(),
                  path.version(),
                  path.namespace(),
                  path.name(),
                  "",
                  change,
                  exchange.writeOptions())));
      return;
    }
    String part = path.subresource().equals("status") ? "status" : "";
    exchange.send(
        200,
        writer.update(
            path.kind(),
            path.version(),
            path.namespace(),
            path.name(),
            part,
            body,
            exchange.writeOptions()));
  }

  void patch(Exchange exchange, ApiPath path) {
    if (exchange.contentType().equals("application/apply-patch+yaml")) {
      apply(exchange, path);
      return;
    }
    JsonNode body = Bodies.tree(exchange);
    Function<ObjectNode, JsonNode> change = patch(exchange, path, body);
    if (path.subresource().equals("scale")) {
      Function<ObjectNode, JsonNode> scaled =
          current -> Scale.onto(path.kind(), current, change.apply(Scale.of(path.kind(), current)));
      exchange.send(
          200,
          Scale.of(
              path.kind(),
              writer.patch(
                  path.kind(),
                  path.version(),
                  path.namespace(),
                  path.name(),
                  "",
                  scaled,
                  exchange.writeOptions())));
      return;
    }
    String part = path.subresource().equals("status") ? "status" : "";
    exchange.send(
        200,
        writer.patch(
            path.kind(),
            path.version(),
            path.namespace(),
            path.name(),
            part,
            change,
            exchange.writeOptions()));
  }

  private Function<ObjectNode, JsonNode> patch(Exchange exchange, ApiPath path, JsonNode body) {
    Kind kind = path.kind();
    return switch (exchange.contentType()) {
      case "application/merge-patch+json" -> current -> MergePatch.apply(current, body);
      case "application/json-patch+json" -> current -> JsonPatch.apply(current, body);
      case "application/strategic-merge-patch+json" -> {
        if (kind.isCustom()) {
          throw unsupported(
              kind,
              path.version(),
              "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
        }
        if (!(body instanceof ObjectNode changes)) {
          throw StatusException.badRequest(
              "the patch is " + body.getNodeType() + "; expected an object");
        }
        ObjectSchema schema =
            schemas.kind(kind.apiVersion(path.version()), kind.kind()).orElse(null);
        yield current -> new StrategicMergePatch(schemas).apply(current, changes, schema);
      }
      default ->
          throw unsupported(
              kind,
              path.version(),
              "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml");
    };
  }

  /// Server-side apply.
  private void apply(Exchange exchange, ApiPath path) {
    if (!path.subresource().isEmpty()) {
      throw StatusException.unsupportedMediaType(
          "server-side apply to " + path.subresource() + " is not supported: use a merge patch");
    }
    if (exchange.query("fieldManager").isEmpty()) {
      throw new StatusException(
          422,
          "Invalid",
          "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch",
          null);
    }
    Writer.Applied applied =
        writer.apply(
            path.kind(),
            path.version(),
            path.namespace(),
            path.name(),
            Bodies.object(exchange),
            exchange.flag("force"),
            exchange.writeOptions());
    exchange.send(applied.made() ? 201 : 200, applied.object());
  }

  private static StatusException unsupported(Kind kind, String version, String accepted) {
    return StatusException.unsupportedMediaType(
        "the body of the request was in an unknown format - accepted media types include: "
            + accepted);
  }

  void delete(Exchange exchange, ApiPath path) {
    Deleter.Outcome outcome =
        deleter.delete(path.kind(), path.namespace(), path.name(), options(exchange));
    if (!outcome.gone() || path.kind().is("", "pods")) {
      exchange.send(200, Reader.as(path.kind(), path.version(), outcome.object()));
      return;
    }
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success");
    ObjectNode details = status.putObject("details").put("name", path.name());
    if (!path.kind().group().isEmpty()) {
      details.put("group", path.kind().group());
    }
    details
        .put("kind", path.kind().plural())
        .put("uid", Json.text(outcome.object(), "metadata", "uid"));
    exchange.send(200, status);
  }

  void deleteCollection(Exchange exchange, ApiPath path) {
    Kind kind = path.kind();
    Deleter.Options options = options(exchange);
    ObjectNode list =
        Json.object()
            .put("kind", kind.listKind())
            .put("apiVersion", kind.apiVersion(path.version()));
    list.putObject("metadata");
    ArrayNode items = list.putArray("items");
    var found =
        reader.list(
            kind,
            path.version(),
            path.namespace(),
            LabelSelector.parse(exchange.query("labelSelector")),
            FieldSelector.parse(kind, exchange.query("fieldSelector")));
    for (ObjectNode object : found.items()) {
      try {
        deleter.delete(kind, Json.namespace(object), Json.name(object), options);
        items.add(object);
      } catch (StatusException e) {
        if (e.code() != 404) {
          throw e;
        }
      }
    }
    exchange.send(200, list);
  }

  private static Deleter.Options options(Exchange exchange) {
    JsonNode body = Bodies.tree(exchange);
    Integer grace =
        body.hasNonNull("gracePeriodSeconds")
            ? Integer.valueOf(body.path("gracePeriodSeconds").asInt())
            : exchange.number("gracePeriodSeconds");
    String propagation =
        exchange.query("propagationPolicy").isEmpty()
            ? Json.text(body, "propagationPolicy")
            : exchange.query("propagationPolicy");
    if (body.path("orphanDependents").asBoolean()) {
      propagation = "Orphan";
    }
    boolean dryRun = !exchange.query("dryRun").isEmpty() || !body.path("dryRun").isEmpty();
    return new Deleter.Options(
        propagation,
        grace,
        Json.text(body, "preconditions", "uid"),
        Json.text(body, "preconditions", "resourceVersion"),
        dryRun);
  }
}
