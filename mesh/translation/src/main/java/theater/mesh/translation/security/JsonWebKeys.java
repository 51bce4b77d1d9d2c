package theater.mesh.translation.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Optional;

/// Keys that tokens are checked with (RFC 7517). One set without a usable key makes Envoy refuse a
/// whole listener, so they are looked at before.
final class JsonWebKeys {
  /// The key of nobody: a point of P-256 whose x is the SHA-256 of `theater: a key that nobody has
  /// N` for the first N that gives a point. No token can be signed with it.
  static final String NOBODY =
      "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"kid\":\"nobody\",\"x\":\"MW4W0Kn2l4iXtoNPX3KmAXRNTB63zXC_xJuMzj7u84w\",\"y\":\"87RtX8Rz2r1tbCjcDakTQdgmZjGQuw9l3_-gG3Z-D6w\"}]}";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BigInteger FIELD =
      BigInteger.TWO
          .pow(256)
          .subtract(BigInteger.TWO.pow(224))
          .add(BigInteger.TWO.pow(192))
          .add(BigInteger.TWO.pow(96))
          .subtract(BigInteger.ONE);
  private static final BigInteger B =
      new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
  private static final int SHORTEST_RSA_BITS = 1024;

  private JsonWebKeys() {}

  /// Whether at least one key surely is usable.
  static boolean usable(String text) {
    try {
      for (JsonNode key : JSON.readTree(text).path("keys")) {
        if (usable(key)) {
          return true;
        }
      }
      return false;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean usable(JsonNode key) {
    String algorithm = key.path("alg").asText("");
    return switch (key.path("kty").asText("")) {
      case "RSA" ->
          algorithm.matches("|[RP]S(256|384|512)")
              && number(key.path("n")).filter(n -> n.bitLength() >= SHORTEST_RSA_BITS).isPresent()
              && number(key.path("e")).filter(e -> e.bitLength() > 1 && e.testBit(0)).isPresent();
      case "oct" ->
          algorithm.matches("|HS(256|384|512)")
              && bytes(key.path("k")).filter(k -> k.length > 0).isPresent();
      case "EC" ->
          key.path("crv").asText("").equals("P-256")
              && algorithm.matches("|ES256")
              && onCurve(number(key.path("x")), number(key.path("y")));
      case "OKP" ->
          key.path("crv").asText("").equals("Ed25519")
              && algorithm.matches("|EdDSA")
              && bytes(key.path("x")).filter(x -> x.length == 32).isPresent();
      default -> false;
    };
  }

  private static boolean onCurve(Optional<BigInteger> x, Optional<BigInteger> y) {
    if (x.isEmpty() || y.isEmpty()) {
      return false;
    }
    BigInteger right =
        x.get().pow(3).subtract(x.get().multiply(BigInteger.valueOf(3))).add(B).mod(FIELD);
    return x.get().compareTo(FIELD) < 0
        && y.get().compareTo(FIELD) < 0
        && y.get().pow(2).mod(FIELD).equals(right);
  }

  private static Optional<BigInteger> number(JsonNode text) {
    return bytes(text).filter(bytes -> bytes.length > 0).map(bytes -> new BigInteger(1, bytes));
  }

  private static Optional<byte[]> bytes(JsonNode text) {
    try {
      return text.isTextual()
          ? Optional.of(Base64.getUrlDecoder().decode(text.textValue()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
