package theater.gateway.fault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The key without which nobody makes a service sick.
public final class InstructorKey {
  private final byte[] key;

  /// @param key empty: none is configured
  public InstructorKey(String key) {
    this.key = key.getBytes(StandardCharsets.UTF_8);
  }

  public boolean isConfigured() {
    return key.length > 0;
  }

  /// Takes the same time whatever is offered.
  public boolean opens(String offered) {
    return isConfigured()
        && offered != null
        && MessageDigest.isEqual(key, offered.getBytes(StandardCharsets.UTF_8));
  }
}
