package theater.mesh.translation.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// Texts and numbers that a field of a name might hold, the good beside the absurd.
final class Words {
  private static final List<String> HOSTS =
      List.of(
          "user-service",
          "user-service.theater-msa.svc.cluster.local",
          "redis.theater-msa.svc.cluster.local",
          "istio-ingressgateway.istio-system.svc.cluster.local",
          "api-gateway",
          "nobody",
          "nobody.example.com",
          "*",
          "*.example.com",
          "*.local",
          "*.theater-msa.svc.cluster.local",
          "a.b.c.d.e.f",
          "10.0.0.1",
          "UPPER.example.com",
          "xn--nxasmq6b.example.com");
  private static final List<String> NAMES =
      List.of(
          "x-a",
          "x-b",
          "one",
          "two",
          "v1",
          "v2",
          "host",
          ":authority",
          ":path",
          "a",
          "ctx1",
          "ctx2",
          "@request.auth.claims.a",
          "@request.auth.claims[a][b]",
          "content-type",
          "한",
          "a b",
          "-");
  private static final List<String> PATHS =
      List.of(
          "/", "/users", "/users/", "/a/*", "/{a}/b", "//", "/%2F", "/?a=b", "users", "*", "/한");
  private static final List<String> EXPRESSIONS =
      List.of("*", ".*", "a|b", "(a)(b)", "[a-z]+", "(", "a{1001}", "\\d", "^$", "(?i)a", "\\1");
  private static final List<String> DURATIONS =
      List.of("1s", "0s", "1ms", "100000h", "-1s", "0.5s", "1h1m1s", "999us", "5");
  private static final List<String> ADDRESSES =
      List.of(
          "10.0.0.1",
          "127.0.0.1",
          "10.0.0.0/8",
          "0.0.0.0/0",
          "::1",
          "2001:db8::/32",
          "256.1.1.1",
          "10.0.0.1/33",
          "unix:///a.sock",
          "a.example.com");
  private static final List<String> ENDPOINTS =
      List.of(
          "127.0.0.1:8080",
          "0.0.0.0:9090",
          "[::1]:80",
          "[::]:80",
          "unix:///run/app.sock",
          "unix://@app",
          "unix://",
          "unix://app",
          "10.0.0.1:80",
          "127.0.0.1:0",
          "127.0.0.1:99999",
          "127.0.0.1");
  private static final List<String> BINDS =
      List.of(
          "127.0.0.1", "0.0.0.0", "10.0.0.1", "::1", "::", "10.0.0.0/8", "unix:///a.sock", "a.b");
  private static final List<String> ODD =
      List.of(
          "",
          "long".repeat(20_000),
          "x",
          "*",
          "**",
          "%",
          "%REQ(x)%",
          "\u0000",
          "\n",
          "a,b",
          "😀",
          "null",
          "istio",
          "mesh",
          "theater-msa/one",
          "istio-system/one",
          "./one",
          "~/*",
          "./*",
          "*/*",
          "theater-msa",
          "istio-system",
          ".",
          "~",
          "503",
          "5xx,connect-failure",
          "gateway-error",
          "user");
  private static final long[] STATUSES = {301, 302, 404, 500, 503};
  private static final Map<String, List<String>> USUAL =
      Map.of(
          "gatewayclassname", List.of("istio"),
          "gateways", List.of("mesh", "one", "istio-gateway", "istio-system/one"),
          "kind", List.of("Service", "Gateway", "ServiceEntry", "Hostname", "Secret"),
          "group", List.of("", "gateway.networking.k8s.io", "networking.istio.io"),
          "name", List.of("one", "two", "istio-gateway", "user-service", "v1", "v2", "x-a"),
          "subset", List.of("v1", "v2", "one"),
          "value",
              List.of(
                  "/users", "/", "x", "1", "istio-ingressgateway.istio-system.svc.cluster.local"),
          "type",
              List.of(
                  "Exact",
                  "PathPrefix",
                  "RegularExpression",
                  "Hostname",
                  "RequestMirror",
                  "URLRewrite",
                  "RequestRedirect",
                  "RequestHeaderModifier",
                  "ResponseHeaderModifier",
                  "CORS",
                  "ReplaceFullPath",
                  "ReplacePrefixMatch"));
  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    50,
    80,
    99,
    100,
    101,
    200,
    301,
    404,
    443,
    500,
    503,
    599,
    600,
    1024,
    6379,
    8080,
    8081,
    65535,
    65536,
    100_000,
    2_147_483_647L,
    -1,
    4_294_967_295L
  };

  private final Random random;
  private final boolean tame;

  /// @param tame whether most words are such as a person writes
  Words(Random random, boolean tame) {
    this.random = random;
    this.tame = tame;
  }

  /// @param name of the field, or of the list that it stands in
  String text(String name) {
    if (random.nextInt(tame ? 60 : 8) == 0) {
      return one(ODD);
    }
    String field = name.toLowerCase(Locale.ROOT);
    List<String> usual = USUAL.get(field);
    if (usual != null && random.nextInt(8) != 0) {
      return one(usual);
    }
    if (field.contains("host") || field.equals("authority") || field.equals("sni")) {
      return !tame && random.nextInt(10) == 0 ? "theater-msa/" + one(HOSTS) : first(HOSTS, 9);
    }
    if (field.contains("regex")) {
      return first(EXPRESSIONS, 5);
    }
    if (field.contains("uri") || field.contains("path") || field.equals("prefix")) {
      return first(PATHS, 3);
    }
    if (field.contains("timeout") || field.contains("duration") || field.contains("backoff")) {
      return duration();
    }
    if (field.contains("address") || field.contains("block") || field.contains("subnet")) {
      return first(ADDRESSES, 3);
    }
    if (field.equals("defaultendpoint")) {
      return one(ENDPOINTS);
    }
    if (field.equals("bind")) {
      return one(BINDS);
    }
    if (field.contains("protocol")) {
      return one(List.of("HTTP", "HTTPS", "TCP", "TLS", "GRPC", "MONGO", "http2", "QUIC"));
    }
    if (field.contains("namespace") || field.equals("exportto")) {
      return one(List.of("theater-msa", "istio-system", "other", "*", ".", "~"));
    }
    return random.nextInt(4) == 0 ? first(HOSTS, 9) : first(NAMES, 6);
  }

  String duration() {
    return first(DURATIONS, 1);
  }

  /// The first ones are good.
  private String first(List<String> list, int good) {
    return tame && random.nextInt(20) != 0 ? list.get(random.nextInt(good)) : one(list);
  }

  /// Mostly such as a person writes.
  long number(String name, long most) {
    String field = name.toLowerCase(Locale.ROOT);
    if (field.equals("number") || field.contains("port")) {
      long[] ports = {80, 443, 8081, 6379, 8080, 15443};
      if (random.nextInt(tame ? 40 : 4) != 0) {
        return ports[random.nextInt(ports.length)];
      }
    }
    if (tame && random.nextInt(20) != 0) {
      long[] usual =
          field.contains("status") || field.contains("code")
              ? STATUSES
              : new long[] {1, 2, 50, 100};
      return Math.min(usual[random.nextInt(usual.length)], most);
    }
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    return Math.min(number, most);
  }

  String name() {
    return !tame && random.nextInt(3) == 0 ? text("") : first(NAMES, 6);
  }

  <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
