package theater.mesh.translation.security;

import io.envoyproxy.envoy.type.v3.StatusCode;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.rule.ExtensionProviders;
import theater.mesh.translation.spec.SpecNode;

/// Who may be asked by CUSTOM policies. Istio: extensionProviders `envoyExtAuthzHttp` and
/// `envoyExtAuthzGrpc`.
public final class ExtAuthzProviders {
  private static final List<String> HEADER_LISTS =
      List.of(
          "includeRequestHeadersInCheck",
          "includeHeadersInCheck",
          "headersToUpstreamOnAllow",
          "headersToDownstreamOnDeny",
          "headersToDownstreamOnAllow");

  private final ExtensionProviders providers;

  ExtAuthzProviders(Sight sight) {
    providers = new ExtensionProviders(sight);
  }

  /// The fields of a provider that have an effect.
  public static List<String> fields() {
    return List.of(
        "envoyExtAuthzHttp.service",
        "envoyExtAuthzHttp.port",
        "envoyExtAuthzHttp.timeout",
        "envoyExtAuthzHttp.pathPrefix",
        "envoyExtAuthzHttp.failOpen",
        "envoyExtAuthzHttp.statusOnError",
        "envoyExtAuthzHttp.includeRequestHeadersInCheck[]",
        "envoyExtAuthzHttp.includeHeadersInCheck[]",
        "envoyExtAuthzHttp.includeAdditionalHeadersInCheck.*",
        "envoyExtAuthzHttp.includeRequestBodyInCheck.**",
        "envoyExtAuthzHttp.headersToUpstreamOnAllow[]",
        "envoyExtAuthzHttp.headersToDownstreamOnDeny[]",
        "envoyExtAuthzHttp.headersToDownstreamOnAllow[]",
        "envoyExtAuthzGrpc.service",
        "envoyExtAuthzGrpc.port",
        "envoyExtAuthzGrpc.timeout",
        "envoyExtAuthzGrpc.failOpen",
        "envoyExtAuthzGrpc.statusOnError",
        "envoyExtAuthzGrpc.includeRequestBodyInCheck.**");
  }

  /// Empty when it cannot be used, which is told at `written`.
  Optional<ExtAuthz> find(String name, SpecNode written) {
    Optional<SpecNode> provider =
        providers.all().stream().filter(one -> one.at("name").textOr("").equals(name)).findFirst();
    SpecNode http = provider.map(one -> one.at("envoyExtAuthzHttp")).orElse(null);
    SpecNode grpc = provider.map(one -> one.at("envoyExtAuthzGrpc")).orElse(null);
    Optional<ExtAuthz> result =
        http != null && http.present()
            ? usable(http, false)
            : grpc != null && grpc.present() ? usable(grpc, true) : Optional.empty();
    if (result.isEmpty()) {
      written.problem(
          Severity.BROKEN_REFERENCE,
          "\""
              + name
              + "\" is no usable provider of meshConfig.extensionProviders (envoyExtAuthzHttp or"
              + " envoyExtAuthzGrpc): calls that the rules are about are denied");
    }
    return result;
  }

  private Optional<ExtAuthz> usable(SpecNode provider, boolean grpc) {
    String prefix = provider.at("pathPrefix").textOr("");
    if (!prefix.isEmpty() && !prefix.startsWith("/")) {
      provider.at("pathPrefix").malformed("a path that begins with /");
      return Optional.empty();
    }
    for (String list : HEADER_LISTS) {
      if (provider.at(list).textItems().contains("*")) {
        provider.at(list).malformed("names, name* or *name: a single * is not supported");
        return Optional.empty();
      }
    }
    String status = provider.at("statusOnError").textOr("");
    boolean known =
        status.matches("\\d{1,5}")
            && StatusCode.forNumber(Integer.parseInt(status)) != null
            && Integer.parseInt(status) != 0;
    if (!status.isEmpty() && !known) {
      provider.at("statusOnError").malformed("an HTTP status such as \"503\"");
      return Optional.empty();
    }
    return providers.target(provider).map(target -> new ExtAuthz(target, provider, grpc, status));
  }
}
