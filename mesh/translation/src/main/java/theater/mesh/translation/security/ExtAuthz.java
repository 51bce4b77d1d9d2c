package theater.mesh.translation.security;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.BufferSettings;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.HttpService;
import io.envoyproxy.envoy.type.matcher.v3.ListStringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.v3.StatusCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import theater.mesh.translation.rule.ExtensionProviders.Target;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;

/// A provider of authorization as Envoy's ext_authz. Istio: envoyExtAuthzHttp, envoyExtAuthzGrpc.
///
/// @param status what a caller gets when the provider cannot be asked, as a number; empty for 403
record ExtAuthz(Target target, SpecNode provider, boolean grpc, String status) {
  static final String HTTP = "envoy.filters.http.ext_authz";
  static final String TCP = "envoy.filters.network.ext_authz";
  private static final int LONGEST_SECONDS = 600;

  io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz http(MetadataMatcher when) {
    var filter =
        io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz.newBuilder()
            .setTransportApiVersion(ApiVersion.V3)
            .setFailureModeAllow(provider.at("failOpen").flag())
            .setFilterEnabledMetadata(when);
    if (grpc) {
      filter.setGrpcService(service());
    } else {
      filter.setHttpService(httpService());
      headers(provider.at("includeRequestHeadersInCheck"))
          .or(() -> headers(provider.at("includeHeadersInCheck")))
          .ifPresent(filter::setAllowedHeaders);
    }
    if (!status.isEmpty()) {
      filter.getStatusOnErrorBuilder().setCode(StatusCode.forNumber(Integer.parseInt(status)));
    }
    SpecNode body = provider.at("includeRequestBodyInCheck");
    body.at("maxRequestBytes")
        .unsigned()
        .filter(bytes -> bytes != 0)
        .ifPresent(bytes ->
            filter.setWithRequestBody(
                BufferSettings.newBuilder()
                    .setMaxRequestBytes(bytes)
                    .setAllowPartialMessage(body.at("allowPartialMessage").flag())
                    .setPackAsBytes(body.at("packAsBytes").flag())));
    return filter.build();
  }

  io.envoyproxy.envoy.extensions.filters.network.ext_authz.v3.ExtAuthz tcp(
      String statPrefix, MetadataMatcher when) {
    return io.envoyproxy.envoy.extensions.filters.network.ext_authz.v3.ExtAuthz.newBuilder()
        .setStatPrefix(statPrefix)
        .setTransportApiVersion(ApiVersion.V3)
        .setFailureModeAllow(provider.at("failOpen").flag())
        .setGrpcService(service())
        .setFilterEnabledMetadata(when)
        .build();
  }

  private GrpcService service() {
    GrpcService.Builder result = GrpcService.newBuilder().setTimeout(timeout());
    result.getEnvoyGrpcBuilder().setClusterName(target.cluster()).setAuthority(target.host());
    return result.build();
  }

  private HttpService httpService() {
    HttpService.Builder result =
        HttpService.newBuilder().setPathPrefix(provider.at("pathPrefix").textOr(""));
    result
        .getServerUriBuilder()
        .setUri("http://" + target.host())
        .setCluster(target.cluster())
        .setTimeout(timeout());
    Map<String, String> more =
        new TreeMap<>(provider.at("includeAdditionalHeadersInCheck").texts());
    more.keySet().removeIf(name -> !SpecNode.headerName(name));
    more.forEach((name, value) ->
        result
            .getAuthorizationRequestBuilder()
            .addHeadersToAdd(HeaderValue.newBuilder().setKey(name).setValue(value)));
    headers(provider.at("headersToUpstreamOnAllow"))
        .ifPresent(
            list -> result.getAuthorizationResponseBuilder().setAllowedUpstreamHeaders(list));
    headers(provider.at("headersToDownstreamOnDeny"))
        .ifPresent(list -> result.getAuthorizationResponseBuilder().setAllowedClientHeaders(list));
    headers(provider.at("headersToDownstreamOnAllow"))
        .ifPresent(list ->
            result.getAuthorizationResponseBuilder().setAllowedClientHeadersOnSuccess(list));
    return result.build();
  }

  private Duration timeout() {
    return provider
        .at("timeout")
        .duration()
        .map(GoDuration::proto)
        .orElse(GoDuration.seconds(LONGEST_SECONDS));
  }

  private static Optional<ListStringMatcher> headers(SpecNode names) {
    List<String> written = names.textItems();
    if (written.isEmpty()) {
      return Optional.empty();
    }
    ListStringMatcher.Builder result = ListStringMatcher.newBuilder();
    written.forEach(
        name -> result.addPatterns(Patterns.text(name).toBuilder().setIgnoreCase(true)));
    return Optional.of(result.build());
  }
}
