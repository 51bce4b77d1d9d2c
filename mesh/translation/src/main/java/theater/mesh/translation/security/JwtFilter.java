package theater.mesh.translation.security;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.Sight;
import theater.mesh.translation.names.ClusterName;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.ModelledFields;
import theater.mesh.translation.spec.SpecNode;

/// RequestAuthentication as Envoy's jwt_authn: a token must be good where there is one; that there
/// is one is the business of an AuthorizationPolicy. Claims go to the metadata that policies read.
public final class JwtFilter {
  static final String NAME = "envoy.filters.http.jwt_authn";
  static final String PAYLOAD = "payload";

  /// Claims of several words in one text, which policies see as lists (RFC 8693).
  private static final List<String> LISTS = List.of("scope", "permission");

  private static final java.util.regex.Pattern URI =
      java.util.regex.Pattern.compile("http://([^/:?#]+)(?::(\\d{1,5}))?(?:[/?#].*)?");

  private JwtFilter() {}

  /// The fields that have an effect.
  public static ModelledFields modelledFields() {
    List<String> paths = new ArrayList<>(WorkloadRules.fields());
    for (String field :
        List.of(
            "issuer",
            "audiences[]",
            "jwks",
            "jwksUri",
            "jwks_uri",
            "fromHeaders[].name",
            "fromHeaders[].prefix",
            "fromParams[]",
            "fromCookies[]",
            "outputPayloadToHeader",
            "outputClaimToHeaders[].header",
            "outputClaimToHeaders[].claim",
            "forwardOriginalToken",
            "spaceDelimitedClaims[]",
            "timeout")) {
      paths.add("jwtRules[]." + field);
    }
    return ModelledFields.of(paths);
  }

  /// Empty when nothing asks for tokens.
  public static Optional<HttpFilter> of(Sight sight) {
    List<SpecNode> rules = new ArrayList<>();
    for (Rule rule : WorkloadRules.of(sight, "RequestAuthentication")) {
      rules.addAll(rule.spec().at("jwtRules").items());
    }
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    JwtAuthentication.Builder filter = JwtAuthentication.newBuilder().setBypassCorsPreflight(true);
    List<JwtRequirement> good = new ArrayList<>();
    List<JwtRequirement> goodOrMissing = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      String name = "origins-" + i;
      filter.putProviders(
          name,
          provider(rules.get(i), sight)
              .setClearRouteCache(!sight.sidecar()) // a gateway's routes may ask for claims
              .build());
      JwtRequirement one = JwtRequirement.newBuilder().setProviderName(name).build();
      good.add(one);
      goodOrMissing.add(
          any(
              List.of(
                  one,
                  JwtRequirement.newBuilder()
                      .setAllowMissing(Empty.getDefaultInstance())
                      .build())));
    }
    var required = filter.addRulesBuilder();
    required.getMatchBuilder().setPrefix("/");
    required.setRequires(required(good, goodOrMissing));
    return Optional.of(
        HttpFilter.newBuilder().setName(NAME).setTypedConfig(Any.pack(filter.build())).build());
  }

  /// Of several issuers one good token is enough; none at all is fine, a bad one is not.
  private static JwtRequirement required(
      List<JwtRequirement> good, List<JwtRequirement> goodOrMissing) {
    if (goodOrMissing.size() == 1) {
      return goodOrMissing.getFirst();
    }
    JwtRequirement.Builder each = JwtRequirement.newBuilder();
    each.getRequiresAllBuilder().addAllRequirements(goodOrMissing);
    List<JwtRequirement> either = new ArrayList<>(good);
    either.add(each.build());
    return any(either);
  }

  private static JwtRequirement any(List<JwtRequirement> requirements) {
    JwtRequirement.Builder result = JwtRequirement.newBuilder();
    result.getRequiresAnyBuilder().addAllRequirements(requirements);
    return result.build();
  }

  private static JwtProvider.Builder provider(SpecNode rule, Sight sight) {
    JwtProvider.Builder provider =
        JwtProvider.newBuilder()
            .setIssuer(rule.at("issuer").textOr(""))
            .addAllAudiences(rule.at("audiences").textItems())
            .setPayloadInMetadata(PAYLOAD)
            .setForward(rule.at("forwardOriginalToken").flag());
    provider
        .getNormalizePayloadInMetadataBuilder()
        .addAllSpaceDelimitedClaims(LISTS)
        .addAllSpaceDelimitedClaims(
            rule.at("spaceDelimitedClaims").textItems().stream()
                .filter(claim -> !LISTS.contains(claim))
                .distinct()
                .toList());
    header(rule.at("outputPayloadToHeader")).ifPresent(provider::setForwardPayloadHeader);
    for (SpecNode from : rule.at("fromHeaders").items()) {
      header(from.at("name"))
          .ifPresent(name ->
              provider
                  .addFromHeadersBuilder()
                  .setName(name)
                  .setValuePrefix(from.at("prefix").textOr("")));
    }
    provider.addAllFromParams(rule.at("fromParams").textItems());
    provider.addAllFromCookies(rule.at("fromCookies").textItems());
    for (SpecNode to : rule.at("outputClaimToHeaders").items()) {
      Optional<String> claim = to.at("claim").text().filter(text -> !text.isEmpty());
      header(to.at("header"))
          .ifPresent(name ->
              claim.ifPresent(text ->
                  provider.addClaimToHeadersBuilder().setHeaderName(name).setClaimName(text)));
    }
    keys(rule, sight, provider);
    return provider;
  }

  private static Optional<String> header(SpecNode name) {
    Optional<String> written = name.text();
    if (written.isPresent() && !SpecNode.headerName(written.get())) {
      name.malformed("a header name");
    }
    return written.filter(SpecNode::headerName);
  }

  /// Inline keys, or keys that Envoy fetches from a service of the mesh. Istio's control plane
  /// fetches from anywhere; this one asks nobody.
  private static void keys(SpecNode rule, Sight sight, JwtProvider.Builder provider) {
    Optional<String> inline = rule.at("jwks").text().filter(text -> !text.isEmpty());
    if (inline.isPresent()) {
      boolean usable = JsonWebKeys.usable(inline.get());
      if (!usable) {
        rule.at("jwks").problem(Severity.MALFORMED, "holds no usable key; every token is refused");
      }
      provider.getLocalJwksBuilder().setInlineString(usable ? inline.get() : JsonWebKeys.NOBODY);
      return;
    }
    SpecNode written = rule.either("jwksUri", "jwks_uri");
    String uri = written.textOr("");
    var parts = URI.matcher(uri);
    int port = parts.matches() && parts.group(2) != null ? Integer.parseInt(parts.group(2)) : 80;
    if (parts.matches()
        && sight
            .registry()
            .find(parts.group(1))
            .filter(service -> service.port(port).isPresent())
            .isPresent()) {
      var remote = provider.getRemoteJwksBuilder();
      remote
          .getHttpUriBuilder()
          .setUri(uri)
          .setCluster(ClusterName.outbound(port, "", parts.group(1)).text())
          .setTimeout(
              GoDuration.proto(
                  rule.at("timeout").duration().orElse(java.time.Duration.ofSeconds(5))));
      remote.getAsyncFetchBuilder();
      return;
    }
    (written.present() ? written : rule)
        .problem(
            Severity.NOT_MODELLED,
            "gives no keys here: only jwks, or a jwksUri http://HOST of a service of the mesh, is modelled; every token is refused");
    provider.getLocalJwksBuilder().setInlineString(JsonWebKeys.NOBODY);
  }
}
