package theater.mesh.translation.security;

import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.config.rbac.v3.SourcedMetadata;
import io.envoyproxy.envoy.type.matcher.v3.ListMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.ValueMatcher;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Who calls and with what, as Envoy's Principal. Istio: `from.source`, and `when` about the caller
/// and the request. Identities come from the caller's certificate, claims from a checked token.
final class Principals extends Terms<Principal> {
  private static final String IDENTITY = "spiffe://";
  private static final String CLAIMS = "request.auth.claims";
  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]+)]");

  private final String trustDomain;
  private final String namespace;

  /// @param namespace of the policy: a service account without one belongs to it
  Principals(String trustDomain, String namespace) {
    this.trustDomain = trustDomain;
    this.namespace = namespace;
  }

  /// Whether an attribute exists.
  static boolean knows(String attribute) {
    return List.of(
                "source.ip",
                "remote.ip",
                "source.namespace",
                "source.principal",
                "source.serviceAccount",
                "request.auth.principal",
                "request.auth.audiences",
                "request.auth.presenter")
            .contains(attribute)
        || attribute.matches("request\\.(headers|auth\\.claims)(\\[[^\\[\\]]+])+");
  }

  @Override
  Principal any() {
    return Principal.newBuilder().setAny(true).build();
  }

  @Override
  Principal all(List<Principal> terms) {
    return terms.size() == 1
        ? terms.getFirst()
        : Principal.newBuilder().setAndIds(Principal.Set.newBuilder().addAllIds(terms)).build();
  }

  @Override
  Principal either(List<Principal> terms) {
    return terms.size() == 1
        ? terms.getFirst()
        : Principal.newBuilder().setOrIds(Principal.Set.newBuilder().addAllIds(terms)).build();
  }

  @Override
  Principal not(Principal term) {
    return Principal.newBuilder().setNotId(term).build();
  }

  @Override
  Optional<Principal> leaf(Condition condition, String value, boolean tcp) {
    String attribute = condition.attribute();
    return switch (attribute) {
      case "source.ip", "remote.ip" ->
          Permissions.told(
              condition,
              value,
              "an address or block such as 10.0.0.0/8",
              Patterns.block(value)
                  .map(block ->
                      attribute.equals("source.ip")
                          ? Principal.newBuilder().setDirectRemoteIp(block).build()
                          : Principal.newBuilder().setRemoteIp(block).build()));
      case "source.namespace" ->
          Optional.of(
              identity(
                  Patterns.regex(".*/ns/" + Patterns.escaped(value).replace("\\*", ".*") + "/.*")));
      case "source.principal" -> Optional.of(identity(Patterns.text(inMesh(value), IDENTITY)));
      case "source.serviceAccount" -> Optional.of(identity(serviceAccount(value)));
      default -> tcp ? Optional.empty() : ofRequest(attribute, value);
    };
  }

  private Optional<Principal> ofRequest(String attribute, String value) {
    if (attribute.startsWith("request.headers[") && attribute.endsWith("]")) {
      return Patterns.header(
              attribute.substring("request.headers[".length(), attribute.length() - 1),
              value,
              false)
          .map(header -> Principal.newBuilder().setHeader(header).build());
    }
    return attribute.equals("request.auth.principal")
        ? Optional.of(subject(value))
        : Optional.empty();
  }

  /// `ISSUER/SUBJECT`; the issuer may hold slashes itself. A text with a star in front is open in
  /// its issuer, one with a star at its end in its subject.
  private Principal subject(String value) {
    int slash = value.lastIndexOf('/');
    String issuer = slash < 0 ? value : value.substring(0, slash);
    String subject = value.substring(slash + 1);
    if (value.startsWith("*")) {
      return slash < 0
          ? caller(Patterns.text("*"), Patterns.text(value))
          : caller(Patterns.text(issuer), Patterns.exactly(subject));
    }
    if (value.endsWith("*")) {
      return slash < 0
          ? caller(Patterns.text(value), Patterns.text("*"))
          : caller(Patterns.exactly(issuer), Patterns.text(subject));
    }
    return caller(Patterns.exactly(issuer), Patterns.exactly(slash < 0 ? "" : subject));
  }

  private Principal caller(StringMatcher issuer, StringMatcher subject) {
    return all(List.of(own("iss", issuer), own("sub", subject)));
  }

  private static Principal own(String claim, StringMatcher value) {
    return metadata(ValueMatcher.newBuilder().setStringMatch(value).build(), claim);
  }

  /// A claim is a text, or a list that holds it; its values are one matcher.
  @Override
  Optional<Principal> oneOf(Condition condition, List<String> values, boolean tcp, boolean strict) {
    String[] claim =
        switch (condition.attribute()) {
          case "request.auth.audiences" -> new String[] {"aud"};
          case "request.auth.presenter" -> new String[] {"azp"};
          case String name when name.startsWith(CLAIMS) ->
              BRACKETS
                  .matcher(name.substring(CLAIMS.length()))
                  .results()
                  .map(found -> found.group(1))
                  .toArray(String[]::new);
          default -> new String[0];
        };
    if (tcp || claim.length == 0) {
      return super.oneOf(condition, values, tcp, strict);
    }
    List<ValueMatcher> texts =
        values.stream()
            .map(value -> ValueMatcher.newBuilder().setStringMatch(Patterns.text(value)).build())
            .toList();
    ValueMatcher text = texts.size() == 1 ? texts.getFirst() : either(texts.stream());
    ValueMatcher list =
        ValueMatcher.newBuilder().setListMatch(ListMatcher.newBuilder().setOneOf(text)).build();
    return Optional.of(metadata(either(Stream.of(list, text)), claim));
  }

  private static ValueMatcher either(Stream<ValueMatcher> values) {
    ValueMatcher.Builder result = ValueMatcher.newBuilder();
    values.forEach(result.getOrMatchBuilder()::addValueMatchers);
    return result.build();
  }

  private static Principal metadata(ValueMatcher value, String... path) {
    MetadataMatcher.Builder result =
        MetadataMatcher.newBuilder().setFilter(JwtFilter.NAME).setValue(value);
    result.addPathBuilder().setKey(JwtFilter.PAYLOAD);
    for (String step : path) {
      result.addPathBuilder().setKey(step);
    }
    return Principal.newBuilder()
        .setSourcedMetadata(SourcedMetadata.newBuilder().setMetadataMatcher(result))
        .build();
  }

  private static Principal identity(StringMatcher name) {
    Principal.Builder result = Principal.newBuilder();
    result.getAuthenticatedBuilder().setPrincipalName(name);
    return result.build();
  }

  /// `cluster.local` always means the mesh's own trust domain.
  private String inMesh(String principal) {
    return principal.startsWith("cluster.local/")
        ? trustDomain + principal.substring("cluster.local".length())
        : principal;
  }

  private StringMatcher serviceAccount(String value) {
    Matcher parts = Pattern.compile("(?:([^/]*)/)?(.*)").matcher(value);
    String in = parts.matches() && parts.group(1) != null ? parts.group(1) : namespace;
    String account = parts.group(2);
    return Patterns.regex(
        "spiffe://.+/ns/"
            + Patterns.escaped(in)
            + "/(.+/|)sa/"
            + Patterns.escaped(account)
            + "(/.+)?");
  }
}
