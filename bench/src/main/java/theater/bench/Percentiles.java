package theater.bench;

import java.util.Arrays;

/// Percentiles of a sample, by nearest rank.
record Percentiles(double[] sorted) {

  static Percentiles of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Percentiles(sorted);
  }

  /// @param percent 0 to 100
  double at(double percent) {
    return sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
  }
}
