package theater.mesh.translation.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import theater.mesh.translation.spec.SpecNode;

/// Istio's rules for DestinationRule.
final class DestinationRuleCheck {
  private DestinationRuleCheck() {}

  static void check(SpecNode spec, Complaints complaints) {
    Rules.host(spec.at("host").textOr(""), complaints);
    policy(spec.at("trafficPolicy"), complaints);
    Set<String> names = new HashSet<>();
    for (SpecNode subset : spec.at("subsets").items()) {
      String name = subset.at("name").textOr("");
      complaints.addIf(!names.add(name), "duplicate subset names: " + name);
      Rules.subset(name, complaints);
      policy(subset.at("trafficPolicy"), complaints);
    }
  }

  private static void policy(SpecNode policy, Complaints complaints) {
    pool(policy.at("connectionPool"), complaints);
    outlier(policy.at("outlierDetection"), complaints);
    locality(policy.at("loadBalancer", "localityLbSetting"), complaints);
    tls(policy.at("tls"), complaints);
    policy.at("portLevelSettings").items().forEach(level -> policy(level, complaints));
  }

  private static void pool(SpecNode pool, Complaints complaints) {
    SpecNode tcp = pool.at("tcp");
    SpecNode http = pool.at("http");
    complaints.addIf(
        pool.present() && !tcp.present() && !http.present(),
        "connection pool must have at least one field");
    Rules.notNegative(tcp.at("maxConnections"), "max connections", complaints);
    Rules.notNegative(http.at("http1MaxPendingRequests"), "http1 max pending requests", complaints);
    Rules.notNegative(http.at("http2MaxRequests"), "http2 max requests", complaints);
    Rules.notNegative(
        http.at("maxRequestsPerConnection"), "max requests per connection", complaints);
    Rules.notNegative(http.at("maxRetries"), "max retries", complaints);
    Rules.notNegative(http.at("maxConcurrentStreams"), "max concurrent streams", complaints);
    for (SpecNode time :
        List.of(
            tcp.at("connectTimeout"),
            tcp.at("maxConnectionDuration"),
            tcp.at("idleTimeout"),
            http.at("idleTimeout"))) {
      Rules.duration(time, complaints);
    }
  }

  private static void outlier(SpecNode outlier, Complaints complaints) {
    Rules.duration(outlier.at("interval"), complaints);
    Rules.duration(outlier.at("baseEjectionTime"), complaints);
    complaints.addIf(
        outlier.at("consecutiveLocalOriginFailures").whole().orElse(0) > 0
            && !outlier.at("splitExternalLocalOriginErrors").flag(),
        "outlier detection consecutive local origin failures is specified, but split external local origin errors is set to false");
    Rules.percent(outlier.at("maxEjectionPercent"), complaints);
    Rules.percent(outlier.at("minHealthPercent"), complaints);
  }

  private static void locality(SpecNode locality, Complaints complaints) {
    complaints.addIf(
        locality.at("distribute").present() && locality.at("failover").present(),
        "can not simultaneously specify 'distribute' and 'failover'");
    for (SpecNode failover : locality.at("failover").items()) {
      complaints.addIf(
          failover.at("from").textOr("").equals(failover.at("to").textOr("")),
          "locality lb failover settings must specify different regions");
    }
    for (SpecNode share : locality.at("distribute").items()) {
      long total =
          share.at("to").entries().values().stream()
              .mapToLong(weight -> weight.whole().orElse(0))
              .sum();
      complaints.addIf(total != 100, "total locality weight " + total + " != 100");
    }
  }

  private static void tls(SpecNode tls, Complaints complaints) {
    if (tls.at("mode").textOr("").equals("MUTUAL") && !tls.at("credentialName").present()) {
      complaints.addIf(
          !tls.at("clientCertificate").present(), "client certificate required for mutual tls");
      complaints.addIf(!tls.at("privateKey").present(), "private key required for mutual tls");
    }
  }
}
