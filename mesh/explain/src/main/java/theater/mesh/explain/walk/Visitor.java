package theater.mesh.explain.walk;

import com.fasterxml.jackson.databind.JsonNode;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.matcher.v3.ValueMatcher;
import java.util.Optional;

/// A request as the server's sidecar sees it, and Envoy's RBAC conditions on it.
///
/// @param identity the caller's SPIFFE id without `spiffe://` in front cut off; empty for plaintext
/// @param port that the server listens on
/// @param claims of a good token, or null
record Visitor(Question question, String identity, int port, JsonNode claims) {

  Truth meets(Policy policy) {
    Truth permitted = Truth.any(policy.getPermissionsList(), this::permits);
    return permitted == Truth.NO
        ? Truth.NO
        : both(permitted, Truth.any(policy.getPrincipalsList(), this::is));
  }

  private static Truth both(Truth a, Truth b) {
    return a == Truth.NO || b == Truth.NO
        ? Truth.NO
        : a == Truth.YES && b == Truth.YES ? Truth.YES : Truth.UNKNOWN;
  }

  private Truth permits(Permission permission) {
    return switch (permission.getRuleCase()) {
      case ANY -> Truth.of(permission.getAny());
      case AND_RULES -> Truth.all(permission.getAndRules().getRulesList(), this::permits);
      case OR_RULES -> Truth.any(permission.getOrRules().getRulesList(), this::permits);
      case NOT_RULE -> permits(permission.getNotRule()).not();
      case HEADER ->
          Truth.of(
              Conditions.met(
                  permission.getHeader(), question.header(permission.getHeader().getName())));
      case URL_PATH ->
          Truth.of(Texts.match(permission.getUrlPath().getPath(), question.plainPath()));
      case DESTINATION_PORT -> Truth.of(permission.getDestinationPort() == port);
      default -> Truth.UNKNOWN;
    };
  }

  private Truth is(Principal principal) {
    return switch (principal.getIdentifierCase()) {
      case ANY -> Truth.of(principal.getAny());
      case AND_IDS -> Truth.all(principal.getAndIds().getIdsList(), this::is);
      case OR_IDS -> Truth.any(principal.getOrIds().getIdsList(), this::is);
      case NOT_ID -> is(principal.getNotId()).not();
      case AUTHENTICATED ->
          Truth.of(
              !identity.isEmpty()
                  && (!principal.getAuthenticated().hasPrincipalName()
                      || Texts.match(principal.getAuthenticated().getPrincipalName(), identity)));
      case HEADER ->
          Truth.of(
              Conditions.met(
                  principal.getHeader(), question.header(principal.getHeader().getName())));
      case URL_PATH ->
          Truth.of(Texts.match(principal.getUrlPath().getPath(), question.plainPath()));
      case SOURCED_METADATA -> claim(principal.getSourcedMetadata().getMetadataMatcher());
      default -> Truth.UNKNOWN;
    };
  }

  /// A claim of the token: jwt_authn writes them under the key `payload`.
  private Truth claim(MetadataMatcher matcher) {
    if (!matcher.getFilter().equals("envoy.filters.http.jwt_authn")) {
      return Truth.UNKNOWN;
    }
    if (claims == null) {
      return Truth.of(matcher.getInvert());
    }
    JsonNode node = claims;
    for (int i = 1; i < matcher.getPathCount(); i++) {
      node = node.path(matcher.getPath(i).getKey());
    }
    Truth found = value(matcher.getValue(), node);
    return matcher.getInvert() ? found.not() : found;
  }

  private static Truth value(ValueMatcher matcher, JsonNode node) {
    return switch (matcher.getMatchPatternCase()) {
      case STRING_MATCH ->
          Truth.of(node.isTextual() && Texts.match(matcher.getStringMatch(), node.textValue()));
      case PRESENT_MATCH -> Truth.of(!node.isMissingNode() == matcher.getPresentMatch());
      case OR_MATCH ->
          Truth.any(matcher.getOrMatch().getValueMatchersList(), one -> value(one, node));
      case LIST_MATCH -> {
        Truth result = Truth.NO;
        for (JsonNode item : node) {
          Truth one = value(matcher.getListMatch().getOneOf(), item);
          result = one == Truth.YES || result == Truth.YES ? Truth.YES : one;
        }
        yield result;
      }
      default -> Truth.UNKNOWN;
    };
  }

  Visitor with(Optional<JsonNode> token) {
    return new Visitor(question, identity, port, token.orElse(null));
  }
}
