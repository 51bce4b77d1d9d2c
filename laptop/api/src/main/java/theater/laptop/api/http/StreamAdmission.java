package theater.laptop.api.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import java.security.cert.Certificate;
import java.util.Optional;
import theater.laptop.api.auth.Attributes;
import theater.laptop.api.auth.Authenticator;
import theater.laptop.api.auth.Impersonation;
import theater.laptop.api.auth.Rbac;
import theater.laptop.api.auth.User;
import theater.laptop.api.kind.ServedKinds;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.stream.StreamGate;
import theater.laptop.api.stream.StreamTarget;

/// Streams pass the same questions as requests: who is it, may they, is it there. A WebSocket's GET
/// also needs the right to create, as since Kubernetes 1.35.
record StreamAdmission(Authenticator authenticator, Rbac rbac, StreamHandler streams)
    implements StreamGate {
  /// No other kind has streams.
  private static final ServedKinds BUILT_IN = new ServedKinds();

  @Override
  public Optional<StreamTarget> admit(
      ConnectionContext connection, HttpPrologue prologue, Headers headers) {
    Optional<ApiPath> path =
        ApiPath.parse(BUILT_IN, prologue.uriPath().rawPath())
            .filter(each -> each.kind().is("", "pods"))
            .filter(each -> StreamHandler.VERBS.contains(each.subresource()));
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<User> user =
          authenticator
              .user(
                  connection.remotePeer().tlsCertificates().orElse(new Certificate[0]),
                  headers.first(HeaderNames.AUTHORIZATION).orElse(""))
              .map(real ->
                  Impersonation.of(
                      real,
                      headers.first(HeaderNames.create("Impersonate-User")).orElse(""),
                      headers.values(HeaderNames.create("Impersonate-Group")),
                      rbac));
      if (user.isEmpty()
          || !may(user.get(), "get", path.get())
          || !may(user.get(), "create", path.get())) {
        return Optional.empty();
      }
      return Optional.of(streams.target(path.get(), prologue.query()));
    } catch (StatusException e) {
      return Optional.empty();
    }
  }

  private boolean may(User user, String verb, ApiPath path) {
    String resource = "pods/" + path.subresource();
    return rbac.allowed(
        user, new Attributes(verb, "", resource, path.namespace(), path.name(), ""));
  }

  @Override
  public boolean alive(StreamTarget target) {
    return streams.alive(target);
  }
}
