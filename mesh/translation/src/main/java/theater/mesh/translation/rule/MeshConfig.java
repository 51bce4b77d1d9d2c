package theater.mesh.translation.rule;

import java.util.List;
import java.util.Optional;
import theater.mesh.translation.Sight;
import theater.mesh.translation.spec.SpecNode;

/// What the MeshConfig says for rules that say nothing.
public final class MeshConfig {
  private MeshConfig() {}

  /// The fields read here and by those who ask.
  public static List<String> fields() {
    return List.of(
        "connectTimeout",
        "enableAutoMtls",
        "h2UpgradePolicy",
        "localityLbSetting.enabled",
        "localityLbSetting.distribute[].from",
        "localityLbSetting.distribute[].to.*",
        "localityLbSetting.failoverPriority[]",
        "localityLbSetting.failover[].from",
        "localityLbSetting.failover[].to",
        "tcpKeepalive.interval",
        "tcpKeepalive.probes",
        "tcpKeepalive.time");
  }

  /// As it is written.
  public static SpecNode of(Sight sight) {
    return new SpecNode(sight.mesh().config(), "MeshConfig", "meshConfig", sight.problems());
  }

  /// What a policy says about localities, or else the mesh; empty when they are switched off.
  public static Optional<SpecNode> localities(TrafficPolicy policy, Sight sight) {
    SpecNode own = policy.section("loadBalancer").at("localityLbSetting");
    SpecNode setting = own.present() ? own : of(sight).at("localityLbSetting");
    boolean off = setting.at("enabled").present() && !setting.at("enabled").flag();
    return off ? Optional.empty() : Optional.of(setting);
  }
}
