package theater.mesh.translation.route;

import io.envoyproxy.envoy.type.v3.FractionalPercent;

/// Shares of calls, down to 0.0001 %.
final class Percentage {
  private static final int PARTS = 10_000;

  private Percentage() {}

  /// 30.5 is 305,000 of a million; what is smaller is cut off, as in Istio.
  static FractionalPercent of(double percent) {
    double inRange = Math.max(0, Math.min(100, percent));
    return FractionalPercent.newBuilder()
        .setNumerator((int) (inRange * PARTS))
        .setDenominator(FractionalPercent.DenominatorType.MILLION)
        .build();
  }
}
