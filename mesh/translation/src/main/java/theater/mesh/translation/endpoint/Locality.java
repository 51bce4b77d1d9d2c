package theater.mesh.translation.endpoint;

import java.util.Comparator;
import theater.mesh.view.Workload;

/// Where a pod runs. Sorted by region, then zone.
record Locality(String region, String zone) implements Comparable<Locality> {
  private static final Comparator<Locality> ORDER =
      Comparator.comparing(Locality::region).thenComparing(Locality::zone);

  static Locality of(Workload workload) {
    return new Locality(
        workload.region() == null ? "" : workload.region(),
        workload.zone() == null ? "" : workload.zone());
  }

  /// Whether a pattern such as `ncp-kr/*`, `ncp-kr/kr-1` or `*` covers it.
  boolean in(String pattern) {
    String[] parts = pattern.split("/");
    return (parts[0].equals("*") || parts[0].equals(region))
        && (parts.length < 2 || parts[1].equals("*") || parts[1].equals(zone));
  }

  @Override
  public int compareTo(Locality other) {
    return ORDER.compare(this, other);
  }
}
