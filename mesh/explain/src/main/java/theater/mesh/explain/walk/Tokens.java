package theater.mesh.explain.walk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What Envoy's jwt_authn would say to the token of a request. The signature is not checked here: a
/// token whose issuer, time and audience are good may still be forged, and that is told.
final class Tokens {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SKEW_SECONDS = 60;

  private final JwtAuthentication filter;
  private final Question question;
  private final Instant now;

  Tokens(JwtAuthentication filter, Question question, Instant now) {
    this.filter = filter;
    this.question = question;
    this.now = now;
  }

  /// @param refusal Envoy's words; empty when the request passes
  /// @param claims of a token that passes if its signature is good
  record Verdict(String refusal, Optional<JsonNode> claims, String issuer) {}

  Verdict verdict() {
    if (filter.getRulesCount() == 0) {
      return new Verdict("", Optional.empty(), "");
    }
    return check(filter.getRules(0).getRequires());
  }

  private Verdict check(JwtRequirement requirement) {
    return switch (requirement.getRequiresTypeCase()) {
      case PROVIDER_NAME ->
          provider(
              filter.getProvidersOrDefault(
                  requirement.getProviderName(), JwtProvider.getDefaultInstance()));
      case REQUIRES_ANY -> {
        Verdict last = new Verdict("Jwt is missing", Optional.empty(), "");
        Verdict worst = null;
        for (JwtRequirement one : requirement.getRequiresAny().getRequirementsList()) {
          last = check(one);
          if (last.refusal.isEmpty()) {
            yield last;
          }
          worst = worst == null || worst.refusal.equals("Jwt is missing") ? last : worst;
        }
        yield worst == null ? last : worst;
      }
      case REQUIRES_ALL -> {
        Verdict result = new Verdict("", Optional.empty(), "");
        for (JwtRequirement one : requirement.getRequiresAll().getRequirementsList()) {
          Verdict next = check(one);
          if (!next.refusal.isEmpty()) {
            yield next;
          }
          result = next.claims.isPresent() ? next : result;
        }
        yield result;
      }
      case ALLOW_MISSING ->
          filter.getProvidersMap().values().stream().allMatch(one -> token(one).isEmpty())
              ? new Verdict("", Optional.empty(), "")
              : new Verdict("Jwt verification fails", Optional.empty(), "");
      default -> new Verdict("", Optional.empty(), "");
    };
  }

  private Verdict provider(JwtProvider provider) {
    Optional<String> token = token(provider);
    if (token.isEmpty()) {
      return new Verdict("Jwt is missing", Optional.empty(), provider.getIssuer());
    }
    Optional<JsonNode> claims = claims(token.get());
    String refusal =
        claims
            .map(found -> refusal(found, provider))
            .orElse(
                "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections");
    return new Verdict(
        refusal, refusal.isEmpty() ? claims : Optional.empty(), provider.getIssuer());
  }

  private String refusal(JsonNode claims, JwtProvider provider) {
    if (!provider.getIssuer().isEmpty()
        && !provider.getIssuer().equals(claims.path("iss").asText())) {
      return "Jwt issuer is not configured";
    }
    if (claims.has("exp") && claims.path("exp").asLong() + SKEW_SECONDS < now.getEpochSecond()) {
      return "Jwt is expired";
    }
    if (claims.path("nbf").asLong(0) > now.getEpochSecond() + SKEW_SECONDS) {
      return "Jwt not yet valid";
    }
    List<String> audiences = new ArrayList<>();
    if (claims.path("aud").isTextual()) {
      audiences.add(claims.path("aud").textValue());
    }
    claims.path("aud").forEach(one -> audiences.add(one.asText()));
    return provider.getAudiencesCount() > 0
            && audiences.stream().noneMatch(provider.getAudiencesList()::contains)
        ? "Audiences in Jwt are not allowed"
        : "";
  }

  private Optional<String> token(JwtProvider provider) {
    if (provider.getFromHeadersCount() == 0
        && provider.getFromParamsCount() == 0
        && provider.getFromCookiesCount() == 0) {
      return question
          .header("authorization")
          .filter(text -> text.toLowerCase(Locale.ROOT).startsWith("bearer "))
          .map(text -> text.substring("bearer ".length()).strip())
          .or(() -> question.parameter("access_token"));
    }
    for (JwtHeader from : provider.getFromHeadersList()) {
      Optional<String> found =
          question
              .header(from.getName())
              .filter(text -> text.contains(from.getValuePrefix()))
              .map(text ->
                  text.substring(
                          text.indexOf(from.getValuePrefix()) + from.getValuePrefix().length())
                      .strip());
      if (found.isPresent()) {
        return found;
      }
    }
    return provider.getFromParamsList().stream()
        .flatMap(name -> question.parameter(name).stream())
        .findFirst();
  }

  private static Optional<JsonNode> claims(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          JSON.readTree(
              new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException | JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
