package theater.laptop.api.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import theater.laptop.api.json.Json;
import theater.laptop.api.store.ObjectKey;
import theater.laptop.api.store.ObjectStore;

/// Tokens of service accounts: JSON web tokens (RFC 7519) signed with HMAC-SHA-256 by a key that
/// only this server has; nobody else needs to check them. The key lies beside the store and is made
/// at the first start.
public final class ServiceAccountTokens {
  private static final String ISSUER = "https://kubernetes.default.svc";
  private static final String ACCOUNT_ANNOTATION = "kubernetes.io/service-account.name";
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
  private final ObjectStore store;
  private final byte[] key;
  private final String rootPem;

  /// @param folder where the key is kept
  /// @param rootPem `ca.crt` of the tokens' Secrets
  public ServiceAccountTokens(ObjectStore store, Path folder, String rootPem) {
    this.store = store;
    this.rootPem = rootPem;
    try {
      this.key = key(folder.resolve("token.key"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] key(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] fresh = new byte[32];
      new SecureRandom().nextBytes(fresh);
      Path next = file.resolveSibling("token.key.new");
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(next, fresh);
      Files.move(next, file);
    }
    return Files.readAllBytes(file);
  }

  /// @param expires null for a token without an end
  public String mint(String namespace, String account, Instant expires) {
    ObjectNode found = store.get(new ObjectKey("serviceaccounts", namespace, account));
    ObjectNode claims = Json.object();
    claims
        .put("iss", ISSUER)
        .put("sub", subject(namespace, account))
        .put("iat", Instant.now().getEpochSecond());
    claims.putArray("aud").add(ISSUER);
    if (expires != null) {
      claims.put("exp", expires.getEpochSecond());
    }
    ObjectNode kubernetes = claims.putObject("kubernetes.io").put("namespace", namespace);
    ObjectNode reference = kubernetes.putObject("serviceaccount").put("name", account);
    if (found != null) {
      reference.put("uid", Json.text(found, "metadata", "uid"));
    }
    String head =
        URL.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + URL.encodeToString(Json.bytes(claims));
    return head + "." + URL.encodeToString(sign(head));
  }

  /// Fills a Secret of type `kubernetes.io/service-account-token` in place.
  public void fill(ObjectNode secret) {
    String account = Json.text(secret, "metadata", "annotations", ACCOUNT_ANNOTATION);
    if (!Json.text(secret, "type").equals("kubernetes.io/service-account-token")
        || account.isEmpty()) {
      return;
    }
    ObjectNode data = Json.child(secret, "data");
    putText(data, "token", mint(Json.namespace(secret), account, null));
    putText(data, "ca.crt", rootPem);
    putText(data, "namespace", Json.namespace(secret));
  }

  private static void putText(ObjectNode data, String name, String text) {
    data.put(name, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// The account of a token; empty when it is not ours, too old, or its account is gone.
  public Optional<User> check(String token) {
    int dot = token.lastIndexOf('.');
    try {
      if (dot < 0
          || !MessageDigest.isEqual(
              sign(token.substring(0, dot)),
              Base64.getUrlDecoder().decode(token.substring(dot + 1)))) {
        return Optional.empty();
      }
      JsonNode claims =
          Json.read(Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1, dot)));
      if (claims.has("exp") && claims.path("exp").asLong() < Instant.now().getEpochSecond()) {
        return Optional.empty();
      }
      JsonNode kubernetes = claims.path("kubernetes.io");
      String namespace = Json.text(kubernetes, "namespace");
      String account = Json.text(kubernetes, "serviceaccount", "name");
      String uid = Json.text(kubernetes, "serviceaccount", "uid");
      ObjectNode found = store.get(new ObjectKey("serviceaccounts", namespace, account));
      if (found == null || !uid.isEmpty() && !uid.equals(Json.text(found, "metadata", "uid"))) {
        return Optional.empty();
      }
      return Optional.of(
          new User(
              subject(namespace, account),
              List.of(
                  "system:serviceaccounts",
                  "system:serviceaccounts:" + namespace,
                  "system:authenticated")));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String subject(String namespace, String account) {
    return "system:serviceaccount:" + namespace + ":" + account;
  }

  private byte[] sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
