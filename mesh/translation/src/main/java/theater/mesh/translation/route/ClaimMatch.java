package theater.mesh.translation.route;

import io.envoyproxy.envoy.type.matcher.v3.ListMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher.PathSegment;
import io.envoyproxy.envoy.type.matcher.v3.OrMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.ValueMatcher;
import java.util.Locale;
import java.util.Optional;

/// A condition on a claim of the caller's token, written as a header `@request.auth.claims.NAME` or
/// `@request.auth.claims[NAME][INNER]`. Istio: routing by JWT claims; Envoy: dynamic metadata of
/// the JWT filter. The claim may be a text or a list that holds it.
final class ClaimMatch {
  private static final String MARK = "@request.auth.claims";
  private static final String FILTER = "envoy.filters.http.jwt_authn";
  private static final String PAYLOAD = "payload";

  private ClaimMatch() {}

  /// Empty when the name is that of a header.
  static Optional<MetadataMatcher.Builder> of(String name, StringMatcher text) {
    if (!name.toLowerCase(Locale.ROOT).startsWith(MARK)) {
      return Optional.empty();
    }
    String path = name.substring(MARK.length());
    String[] claims;
    if (path.startsWith(".") && path.length() > 1) {
      claims = path.substring(1).split("\\.", -1);
    } else if (path.startsWith("[") && path.endsWith("]") && path.length() > 2) {
      claims = path.substring(1, path.length() - 1).split("]\\[", -1);
    } else {
      return Optional.empty();
    }
    ValueMatcher value = ValueMatcher.newBuilder().setStringMatch(text).build();
    ValueMatcher one =
        ValueMatcher.newBuilder().setListMatch(ListMatcher.newBuilder().setOneOf(value)).build();
    MetadataMatcher.Builder result =
        MetadataMatcher.newBuilder()
            .setFilter(FILTER)
            .setValue(
                ValueMatcher.newBuilder()
                    .setOrMatch(
                        OrMatcher.newBuilder().addValueMatchers(one).addValueMatchers(value)));
    result.addPath(PathSegment.newBuilder().setKey(PAYLOAD));
    for (String claim : claims) {
      if (claim.isEmpty()) {
        return Optional.empty();
      }
      result.addPath(PathSegment.newBuilder().setKey(claim));
    }
    return Optional.of(result);
  }
}
