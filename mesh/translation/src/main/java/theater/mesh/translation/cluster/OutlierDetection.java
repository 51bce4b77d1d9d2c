package theater.mesh.translation.cluster;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.type.v3.Percent;
import java.util.List;
import java.util.Optional;
import theater.mesh.translation.Problem.Severity;
import theater.mesh.translation.spec.GoDuration;
import theater.mesh.translation.spec.SpecNode;

/// Takes endpoints that answer with errors out of the rotation. Istio: DestinationRule
/// outlierDetection; Envoy: OutlierDetection. Where it is given the panic threshold becomes
/// minHealthPercent (default 0: all ejected is 503), success-rate ejection is off, and gateway
/// errors count only if asked for. It also switches locality failover on (see the endpoints).
final class OutlierDetection implements ClusterFeature {

  @Override
  public List<String> fields() {
    return List.of(
        "outlierDetection.consecutiveErrors",
        "outlierDetection.consecutive5xxErrors",
        "outlierDetection.consecutiveGatewayErrors",
        "outlierDetection.interval",
        "outlierDetection.baseEjectionTime",
        "outlierDetection.maxEjectionPercent",
        "outlierDetection.minHealthPercent",
        "outlierDetection.splitExternalLocalOriginErrors",
        "outlierDetection.consecutiveLocalOriginFailures");
  }

  @Override
  public void apply(ClusterDraft draft) {
    SpecNode written = draft.section("outlierDetection");
    if (!written.present() || draft.inbound()) {
      return;
    }
    var outlier = draft.cluster.getOutlierDetectionBuilder();
    outlier.setEnforcingSuccessRate(UInt32Value.of(0));
    if (written.at("consecutiveErrors").present()) {
      written
          .at("consecutiveErrors")
          .problem(
              Severity.INERT,
              "has no effect in Istio, too; consecutive5xxErrors or consecutiveGatewayErrors has");
    }
    written
        .at("consecutive5xxErrors")
        .unsigned()
        .ifPresent(count ->
            outlier
                .setConsecutive5Xx(UInt32Value.of(count))
                .setEnforcingConsecutive5Xx(UInt32Value.of(count == 0 ? 0 : 100)));
    written
        .at("consecutiveGatewayErrors")
        .unsigned()
        .ifPresent(count ->
            outlier
                .setConsecutiveGatewayFailure(UInt32Value.of(count))
                .setEnforcingConsecutiveGatewayFailure(UInt32Value.of(count == 0 ? 0 : 100)));
    written
        .at("interval")
        .duration()
        .ifPresent(time -> outlier.setInterval(GoDuration.proto(time)));
    written
        .at("baseEjectionTime")
        .duration()
        .ifPresent(time -> outlier.setBaseEjectionTime(GoDuration.proto(time)));
    percent(written.at("maxEjectionPercent"))
        .filter(share -> share > 0)
        .ifPresent(share -> outlier.setMaxEjectionPercent(UInt32Value.of(share)));
    if (written.at("splitExternalLocalOriginErrors").flag()) {
      outlier.setSplitExternalLocalOriginErrors(true);
      written
          .at("consecutiveLocalOriginFailures")
          .unsigned()
          .filter(count -> count > 0)
          .ifPresent(count ->
              outlier
                  .setConsecutiveLocalOriginFailure(UInt32Value.of(count))
                  .setEnforcingConsecutiveLocalOriginFailure(UInt32Value.of(100)));
      outlier.setEnforcingLocalOriginSuccessRate(UInt32Value.of(0));
    }
    draft
        .cluster
        .getCommonLbConfigBuilder()
        .setHealthyPanicThreshold(
            Percent.newBuilder().setValue(percent(written.at("minHealthPercent")).orElse(0)));
  }

  private static Optional<Integer> percent(SpecNode field) {
    Optional<Integer> share = field.unsigned();
    if (share.isPresent() && (share.get() < 0 || share.get() > 100)) {
      field.malformed("a share from 0 to 100");
      return Optional.empty();
    }
    return share;
  }
}
