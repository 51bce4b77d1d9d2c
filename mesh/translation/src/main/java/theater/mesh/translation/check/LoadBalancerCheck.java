package theater.mesh.translation.check;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for load balancers.
final class LoadBalancerCheck {
  private static final long TABLE_LIMIT = 5_000_011;

  private LoadBalancerCheck() {}

  static void check(SpecNode balancer, boolean outlierDetection, Complaints complaints) {
    hash(balancer.at("consistentHash"), complaints);
    LocalityCheck.check(balancer.at("localityLbSetting"), outlierDetection, complaints);
    SpecNode warmup = balancer.at("warmup");
    if (warmup.present()) {
      complaints.addIf(!warmup.at("duration").present(), "duration is required");
      Rules.duration(warmup.at("duration"), complaints);
      complaints.addIf(
          warmup.at("minimumPercent").number().orElse(0.0) > 100,
          "minimumPercent value should be less than or equal to 100");
      complaints.addIf(
          warmup.at("aggression").number().orElse(1.0) < 1,
          "aggression should be greater than or equal to 1");
    }
  }

  private static void hash(SpecNode hash, Complaints complaints) {
    SpecNode cookie = hash.at("httpCookie");
    complaints.addIf(
        cookie.present() && !Rules.given(cookie.at("name")), "name required for HttpCookie");
    Set<String> attributes = new HashSet<>();
    for (SpecNode attribute : cookie.at("attributes").items()) {
      String name = attribute.at("name").textOr("");
      complaints.addIf(name.isEmpty(), "cookie attribute name cannot be empty");
      complaints.addIf(
          !name.isEmpty() && !attributes.add(name), "duplicate cookie attribute name: " + name);
    }
    if (hash.at("minimumRingSize").whole().orElse(0) != 0) {
      complaints.warn(
          "consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration instead");
      complaints.addIf(
          hash.at("ringHash").present() || hash.at("maglev").present(),
          "only one of MinimumRingSize or Maglev/Ringhash can be specified");
    }
    if (hash.at("maglev").present()) {
      long size = hash.at("maglev", "tableSize").whole().orElse(0);
      complaints.addIf(size == 0, "tableSize must be set for maglev");
      complaints.addIf(size >= TABLE_LIMIT, "tableSize must be less than 5000011 for maglev");
      complaints.addIf(
          size != 1 && !BigInteger.valueOf(size).isProbablePrime(100),
          "tableSize must be a prime number for maglev");
    }
  }
}
