package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;

/// A share that is tested by counting.
final class Share {
  /// Two-sided 99 % of the normal distribution.
  private static final double Z99 = 2.576;

  private Share() {}

  /// Asserts that hits are a share of the tries, within the 99 % interval of a binomial
  /// distribution. A true share leaves the interval once in a hundred samples; so a sample outside
  /// is drawn once more, and both must miss: one false alarm in ten thousand.
  ///
  /// @param sample given the number of tries, makes them and returns the hits
  static void assertWithin99(String what, double share, int tries, IntUnaryOperator sample) {
    int first = sample.applyAsInt(tries);
    if (within(share, tries, first)) {
      return;
    }
    int second = sample.applyAsInt(tries);
    assertThat(within(share, tries, second))
        .as(
            "%s: expected %.2f, counted %d and %d of %d, outside the 99 %% interval twice",
            what, share, first, second, tries)
        .isTrue();
  }

  private static boolean within(double share, int tries, int hits) {
    if (share == 0 || share == 1) {
      return hits == share * tries;
    }
    double half = Z99 * Math.sqrt(share * (1 - share) / tries);
    return Math.abs((double) hits / tries - share) <= half;
  }
}
