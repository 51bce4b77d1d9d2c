package theater.gateway.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// The page: the files of one flat folder, as a ConfigMap mounts them. Links are followed as long
/// as they stay inside the mount.
public final class Files {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");
  private static final long MAX_BYTES = 4 * 1024 * 1024;
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"));

  private final Vertx vertx;
  private final Path folder;

  public Files(Vertx vertx, Path folder) {
    this.vertx = vertx;
    this.folder = folder;
  }

  /// Answers with the file of the path, or that there is none.
  public void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    String name = request.path().equals("/") ? "index.html" : request.path().substring(1);
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      response.putHeader("Allow", "GET, HEAD");
      Problem.send(response, 405, "method is " + request.method() + "; expected GET or HEAD");
      return;
    }
    if (!NAME.matcher(name).matches()) {
      notFound(response, request);
      return;
    }
    vertx
        .executeBlocking(() -> read(name), false)
        .onComplete(
            content -> {
              if (content == null) {
                notFound(response, request);
              } else {
                send(request, name, content);
              }
            },
            e -> Problem.send(response, 500, "file " + name + " could not be read: " + e));
  }

  /// Null when there is no such file inside the folder.
  private byte[] read(String name) throws IOException {
    try {
      Path root = folder.toRealPath();
      Path file = root.resolve(name).toRealPath();
      if (!file.startsWith(root) || !java.nio.file.Files.isRegularFile(file)) {
        return null;
      }
      if (java.nio.file.Files.size(file) > MAX_BYTES) {
        throw new IOException("it is larger than " + MAX_BYTES + " bytes");
      }
      return java.nio.file.Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static void send(HttpServerRequest request, String name, byte[] content) {
    HttpServerResponse response = request.response();
    String etag = etag(content);
    response.putHeader("Cache-Control", "no-cache");
    response.putHeader("ETag", etag);
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("Referrer-Policy", "no-referrer");
    response.putHeader(
        "Content-Security-Policy",
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
    if (etag.equals(request.getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(
        "Content-Type",
        TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream"));
    response.putHeader("Content-Length", Integer.toString(content.length));
    if (request.method() == HttpMethod.HEAD) {
      response.end();
    } else {
      response.end(Buffer.buffer(content));
    }
  }

  private static void notFound(HttpServerResponse response, HttpServerRequest request) {
    Problem.send(response, 404, "there is nothing at " + request.path());
  }

  private static String etag(byte[] content) {
    CRC32C sum = new CRC32C();
    sum.update(content);
    return "\"" + HexFormat.of().toHexDigits((int) sum.getValue()) + "-" + content.length + "\"";
  }
}
