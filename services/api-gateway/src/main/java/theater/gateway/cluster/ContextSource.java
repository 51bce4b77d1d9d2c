package theater.gateway.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.function.Function;
import theater.kube.Connection;
import theater.kube.Credentials;

/// One context while its credentials come, change and go. For one thread.
final class ContextSource implements AutoCloseable {
  private final Credentials credentials;
  private final String missing;
  private final Function<Connection, KubeContext> opener;
  private KubeContext context;
  private byte[] content;
  private String reason;

  /// @param credentials null: there will never be any
  /// @param missing says so, and why
  /// @param opener begins to read a context
  ContextSource(Credentials credentials, String missing, Function<Connection, KubeContext> opener) {
    this.credentials = credentials;
    this.missing = missing;
    this.opener = opener;
    this.reason = missing;
  }

  /// Looks for credentials, and opens the context anew when they are others than before.
  void check() {
    byte[] now = null;
    String absent = missing;
    if (credentials != null) {
      try {
        now = Files.exists(credentials.file()) ? Files.readAllBytes(credentials.file()) : null;
      } catch (IOException e) {
        absent = "no credentials: " + credentials.file() + " can not be read: " + e.getMessage();
      }
    }
    if (now == null) {
      reason = absent;
    }
    if (Arrays.equals(now, content)) {
      return;
    }
    close();
    content = now;
    if (now != null) {
      try {
        context = opener.apply(credentials.connection());
      } catch (RuntimeException e) {
        reason = "the credentials are not understood: " + e.getMessage();
      }
    }
  }

  /// Null when there is none; [#podsUnknown] then says why.
  KubeContext context() {
    return context;
  }

  /// Null when pods and deployments are known, otherwise why not.
  String podsUnknown() {
    return context == null ? reason : context.podsUnknown();
  }

  /// Null when the rules are known, otherwise why not.
  String rulesUnknown() {
    return context == null ? reason : context.rulesUnknown();
  }

  @Override
  public void close() {
    if (context != null) {
      context.close();
      context = null;
    }
  }
}
