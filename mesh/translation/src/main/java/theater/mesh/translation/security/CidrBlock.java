package theater.mesh.translation.security;

import io.envoyproxy.envoy.config.core.v3.CidrRange;
import java.util.Optional;

/// A block of addresses as rules write it: `10.0.0.0/8`, or a single address.
public final class CidrBlock {
  private CidrBlock() {}

  /// Empty when it is none.
  public static Optional<CidrRange> of(String value) {
    return Patterns.block(value);
  }
}
