package theater.laptop.istioctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The tables, column by column as istioctl 1.29 prints them.
class TablesTest {
  private final Dump dump = Envoy.dump();

  private static String rows(Object table) {
    return table
        .toString()
        .lines()
        .map(line -> line.replaceAll(" {2,}", "  ").stripTrailing())
        .reduce("", (all, line) -> all + line + "\n");
  }

  @Test
  void clustersAreSortedByHostAndNameTheirRule() {
    assertThat(rows(Clusters.table(dump, Envoy.filter(), false)))
        .isEqualTo(
            """
            SERVICE FQDN  PORT  SUBSET  DIRECTION  TYPE  DESTINATION RULE
              8080  -  inbound  STATIC
            user-service.theater-msa.svc.cluster.local  8081  -  outbound  EDS  user-service-dr.theater-msa
            user-service.theater-msa.svc.cluster.local  8081  ctx2  outbound  EDS  user-service-dr.theater-msa
            xds  -  -  -  STATIC
            """);
  }

  @Test
  void columnsAreFiveApart() {
    assertThat(Clusters.table(dump, Envoy.filter("subset", "ctx2"), false).toString())
        .isEqualTo(
            """
            SERVICE FQDN                                   PORT     SUBSET     DIRECTION     TYPE     DESTINATION RULE
            user-service.theater-msa.svc.cluster.local     8081     ctx2       outbound      EDS      user-service-dr.theater-msa
            """);
  }

  @Test
  void clustersAreFilteredByPartsOfTheName() {
    assertThat(Clusters.of(dump, Envoy.filter("port", "8081"))).hasSize(2);
    assertThat(Clusters.of(dump, Envoy.filter("direction", "inbound"))).hasSize(1);
    assertThat(Clusters.of(dump, Envoy.filter("fqdn", "movie"))).isEmpty();
  }

  @Test
  void listenersTellWhereTheirChainsLead() {
    assertThat(Listeners.table(dump, Envoy.filter(), false).toString())
        .isEqualTo(
            """
            ADDRESSES  PORT MATCH                    DESTINATION
            127.1.3.15 6379 ALL                      Cluster: outbound|6379||redis.theater-msa.svc.cluster.local
            127.1.3.1  8080 Trans: tls; App: TCP TLS Cluster: inbound|8080||
            127.1.3.16 8081 ALL                      Route: 8081
            """);
  }

  @Test
  void listenersHaveATypeWithoutVerbose() {
    assertThat(rows(Listeners.table(dump, Envoy.filter("verbose", "false", "type", "tcp"), false)))
        .isEqualTo("ADDRESSES  PORT TYPE\n127.1.3.15 6379 TCP\n");
  }

  @Test
  void routesShowTheShortestDomainsAndTheRule() {
    assertThat(rows(Routes.table(dump, Envoy.filter(), false)))
        .isEqualTo(
            """
            NAME  VHOST NAME  DOMAINS  MATCH  VIRTUAL SERVICE
            8081  user-service.theater-msa.svc.cluster.local:8081  user-service, user-service.theater-msa + 1 more...  /*  user-service-vs.theater-msa
            8081  block_all  *  /*  404
            """);
  }

  @Test
  void endpointsTellTheOutlierCheck() {
    assertThat(rows(Endpoints.table(Envoy.clusters(), Envoy.filter())))
        .isEqualTo(
            """
            ENDPOINT  STATUS  OUTLIER CHECK  CLUSTER
            127.1.8.1:8081  HEALTHY  OK  outbound|8081||user-service.theater-msa.svc.cluster.local
            127.1.9.1:8081  HEALTHY  FAILED  outbound|8081||user-service.theater-msa.svc.cluster.local
            unix:///run/xds.sock  HEALTHY  OK  xds
            """);
  }

  @Test
  void endpointsThatWereToldHaveTheirLocality() {
    assertThat(rows(Endpoints.told(dump, Envoy.filter())))
        .contains("endpoint/127.1.8.1:8081  HEALTHY  ncp-kr/kr-1  outbound|8081||");
  }

  @Test
  void aSecretWithoutACertificateIsNotValid() {
    assertThat(rows(Secrets.table(dump, Instant.now(), false)))
        .isEqualTo(
            "RESOURCE NAME  TYPE  STATUS  VALID CERT  SERIAL NUMBER  NOT AFTER  NOT BEFORE\n"
                + "default  UNINITIALIZED  false\n");
  }

  @Test
  void theBootstrapsSummaryIsItsReleases() {
    assertThat(Bootstrap.summary(dump))
        .isEqualTo(
            "Istio Version: 1.29.6-theater\nEnvoy Version: 1.40.0/Clean/RELEASE/BoringSSL\n");
  }
}
