package theater.mesh.xds;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Issues tokens (RFC 7519) with one key.
///
/// @param algorithm RS256, PS256, ES256 or EdDSA
record Tokens(String algorithm, KeyPair keys) {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int COORDINATE = 32;

  /// RSA pairs take seconds to make on a busy computer: two serve all tests, in turn.
  private static final List<KeyPair> RSA = new ArrayList<>();

  private static int given;

  static synchronized Tokens of(String algorithm) throws GeneralSecurityException {
    if (algorithm.equals("ES256") || algorithm.equals("EdDSA")) {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(algorithm.equals("ES256") ? "EC" : "Ed25519");
      if (algorithm.equals("ES256")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return new Tokens(algorithm, generator.generateKeyPair());
    }
    if (RSA.size() < 2) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      RSA.add(generator.generateKeyPair());
    }
    return new Tokens(algorithm, RSA.get(given++ % RSA.size()));
  }

  /// The public half (RFC 7517).
  String jwks() {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("alg", algorithm);
    switch (keys.getPublic()) {
      case RSAPublicKey rsa -> {
        key.put("kty", "RSA");
        key.put("n", BASE64.encodeToString(unsigned(rsa.getModulus(), 0)));
        key.put("e", BASE64.encodeToString(unsigned(rsa.getPublicExponent(), 0)));
      }
      case ECPublicKey ec -> {
        key.put("kty", "EC");
        key.put("crv", "P-256");
        key.put("x", BASE64.encodeToString(unsigned(ec.getW().getAffineX(), COORDINATE)));
        key.put("y", BASE64.encodeToString(unsigned(ec.getW().getAffineY(), COORDINATE)));
      }
      default -> {
        byte[] encoded = keys.getPublic().getEncoded();
        byte[] point = java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        key.put("kty", "OKP");
        key.put("crv", "Ed25519");
        key.put("x", BASE64.encodeToString(point));
      }
    }
    return "{\"keys\":[" + TestMesh.json(key) + "]}";
  }

  /// A token that is good for an hour, with more claims or others.
  String token(Map<String, Object> claims) throws GeneralSecurityException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("iss", "theater");
    all.put("sub", "somebody");
    all.put("aud", "shop");
    all.put("exp", System.currentTimeMillis() / 1000 + 3600);
    all.putAll(claims);
    String text =
        encoded(TestMesh.json(Map.of("alg", algorithm, "typ", "JWT")))
            + "."
            + encoded(TestMesh.json(all));
    return text + "." + BASE64.encodeToString(sign(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private byte[] sign(byte[] text) throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(
            switch (algorithm) {
              case "ES256" -> "SHA256withECDSAinP1363Format";
              case "EdDSA" -> "Ed25519";
              case "PS256" -> "RSASSA-PSS";
              default -> "SHA256withRSA";
            });
    if (algorithm.equals("PS256")) {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    signature.initSign(keys.getPrivate());
    signature.update(text);
    return signature.sign();
  }

  private static String encoded(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// @param length filled with zeros in front; 0 as long as needed
  private static byte[] unsigned(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    int skip = bytes[0] == 0 && bytes.length > 1 ? 1 : 0;
    byte[] result = new byte[Math.max(length, bytes.length - skip)];
    System.arraycopy(bytes, skip, result, result.length - bytes.length + skip, bytes.length - skip);
    return result;
  }
}
