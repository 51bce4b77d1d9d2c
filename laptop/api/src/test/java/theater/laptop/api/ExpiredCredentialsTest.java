package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.laptop.api.json.Json;

/// Credentials whose time is over are nobody's: 401, not a broken connection.
class ExpiredCredentialsTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  @TempDir Path folder;

  @Test
  void anOldTokenIsRefused() throws Exception {
    try (Cluster cluster = new Cluster(folder);
        RawApi api = RawApi.of(cluster, TestIdentity.get().tls(false))) {
      assertThat(cluster.run(folder, "create", "sa", "kim").exit()).isZero();
      String token = cluster.run(folder, "create", "token", "kim").text().strip();
      assertThat(api.get(MAPS, "Authorization", "Bearer " + token).status()).isEqualTo(403);
      Instant now = Instant.now();
      String fresh = ending(cluster, token, now.plusSeconds(60));
      assertThat(api.get(MAPS, "Authorization", "Bearer " + fresh).status()).isEqualTo(403);
      String old = ending(cluster, token, now.minusSeconds(60));
      RawApi.Reply reply = api.get(MAPS, "Authorization", "Bearer " + old);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.json().path("reason").asText()).isEqualTo("Unauthorized");
    }
  }

  @Test
  void anOldCertificateIsRefused() throws Exception {
    try (Cluster cluster = new Cluster(folder);
        RawApi administrator = RawApi.of(cluster, TestIdentity.get().tls(true));
        RawApi late = RawApi.of(cluster, TestIdentity.get().tls("expired"))) {
      assertThat(administrator.get(MAPS).status()).isEqualTo(200);
      RawApi.Reply reply = late.get(MAPS);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.json().path("message").asText()).isEqualTo("Unauthorized");
    }
  }

  /// The same token with another end, signed with the server's own key.
  private static String ending(Cluster cluster, String token, Instant end) throws Exception {
    String[] parts = token.split("\\.");
    ObjectNode claims = (ObjectNode) Json.read(Base64.getUrlDecoder().decode(parts[1]));
    claims.put("exp", end.getEpochSecond());
    String signed = parts[0] + "." + URL.encodeToString(Json.bytes(claims));
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = Files.readAllBytes(cluster.home.store("ctx1").resolve("token.key"));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return signed
        + "."
        + URL.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
  }
}
