package theater.laptop.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import theater.laptop.api.auth.Attributes;
import theater.laptop.api.auth.Authenticator;
import theater.laptop.api.auth.Impersonation;
import theater.laptop.api.auth.Rbac;
import theater.laptop.api.auth.User;
import theater.laptop.api.kind.ServedKinds;
import theater.laptop.api.status.StatusException;

/// Every request comes through here: who is it, may they, which verb is it, and what went wrong.
public final class ApiHandler implements Handler {
  private static final Logger LOG = System.getLogger(ApiHandler.class.getName());
  private static final String ENDPOINTS =
      "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice";
  private final ServedKinds kinds;
  private final Authenticator authenticator;
  private final Rbac rbac;
  private final MetaHandler meta;
  private final Verbs verbs;
  private final Map<String, Extension> extensions = new ConcurrentHashMap<>();

  /// @param verbs handlers of the verbs on objects
  ApiHandler(
      ServedKinds kinds, Authenticator authenticator, Rbac rbac, MetaHandler meta, Verbs verbs) {
    this.kinds = kinds;
    this.authenticator = authenticator;
    this.rbac = rbac;
    this.meta = meta;
    this.verbs = verbs;
  }

  /// Answers paths below a prefix from now on.
  ///
  /// @param prefix `/theater/v1/`
  public void extend(String prefix, Extension extension) {
    extensions.put(prefix, extension);
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    Exchange exchange = new Exchange(request, response, null);
    try {
      User user =
          authenticator
              .user(
                  request.remotePeer().tlsCertificates().orElse(new Certificate[0]),
                  exchange.header("Authorization"))
              .orElse(null);
      if (user == null && !MetaHandler.open(exchange.path())) {
        throw StatusException.unauthorized();
      }
      User acting =
          user == null
              ? null
              : Impersonation.of(
                  user,
                  exchange.header("Impersonate-User"),
                  exchange.headers("Impersonate-Group"),
                  rbac);
      dispatch(new Exchange(request, response, acting));
    } catch (StatusException refusal) {
      answer(exchange, refusal);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, exchange.method() + " " + exchange.path() + " failed", e);
      answer(
          exchange,
          new StatusException(500, "InternalError", "Internal error occurred: " + e, null));
    }
  }

  private static void answer(Exchange exchange, StatusException refusal) {
    if (!exchange.response.isSent()) {
      exchange.refuse(refusal);
    }
  }

  private void dispatch(Exchange exchange) {
    Optional<ApiPath> found = ApiPath.parse(kinds, exchange.path());
    if (found.isEmpty()) {
      if (exchange.user != null) {
        require(
            exchange,
            Attributes.nonResource(
                exchange.method().toLowerCase(java.util.Locale.ROOT), exchange.path()));
      }
      if (!extended(exchange)) {
        meta.handle(exchange);
      }
      return;
    }
    ApiPath path = found.get();
    String verb = verb(exchange, path);
    String resource =
        path.kind().plural() + (path.subresource().isEmpty() ? "" : "/" + path.subresource());
    require(
        exchange,
        new Attributes(verb, path.kind().group(), resource, path.namespace(), path.name(), ""));
    if (verb.equals("get") && StreamHandler.VERBS.contains(path.subresource())) {
      require(
          exchange,
          new Attributes(
              "create", path.kind().group(), resource, path.namespace(), path.name(), ""));
    }
    if (path.kind().learned() && !path.kind().custom().warning().isEmpty()) {
      exchange.warn(path.kind().custom().warning());
    }
    if (path.kind().plural().equals("endpoints")) {
      exchange.warn(ENDPOINTS);
    }
    verbs.call(verb, exchange, path);
  }

  private boolean extended(Exchange exchange) {
    for (Map.Entry<String, Extension> entry : extensions.entrySet()) {
      if (exchange.path().startsWith(entry.getKey())) {
        if (!exchange.method().equals("GET")) {
          throw new StatusException(
              405, "MethodNotAllowed", exchange.path() + " is asked by GET only", null);
        }
        JsonNode answer =
            entry
                .getValue()
                .get(exchange.path().substring(entry.getKey().length()), exchange::queries);
        if (answer == null) {
          throw StatusException.noSuchPath();
        }
        exchange.send(200, answer);
        return true;
      }
    }
    return false;
  }

  private static String verb(Exchange exchange, ApiPath path) {
    boolean one = !path.name().isEmpty();
    return switch (exchange.method()) {
      case "GET" -> path.watch() || exchange.flag("watch") ? "watch" : one ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> one ? "delete" : "deletecollection";
      default ->
          throw new StatusException(
              405,
              "MethodNotAllowed",
              "the server does not allow this method on the requested resource",
              null);
    };
  }

  private void require(Exchange exchange, Attributes wanted) {
    User user = exchange.user;
    if (rbac.allowed(user, wanted)) {
      return;
    }
    if (wanted.resource().isEmpty()) {
      throw new StatusException(
          403,
          "Forbidden",
          "forbidden: User \""
              + user.name()
              + "\" cannot "
              + wanted.verb()
              + " path \""
              + wanted.path()
              + "\"",
          null);
    }
    String what =
        "User \""
            + user.name()
            + "\" cannot "
            + wanted.verb()
            + " resource \""
            + wanted.resource()
            + "\" in API group \""
            + wanted.group()
            + "\"";
    String where =
        wanted.namespace().isEmpty()
            ? " at the cluster scope"
            : " in the namespace \"" + wanted.namespace() + "\"";
    ApiPath path = ApiPath.parse(kinds, exchange.path()).orElseThrow();
    throw StatusException.forbidden(path.kind(), wanted.name(), what + where);
  }
}
