package theater.mesh.translation.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import theater.mesh.translation.spec.SpecNode;

/// Endpoints that share more of the caller's labels are preferred, in the order of the labels: the
/// first label that differs decides. Istio: localityLbSetting.failoverPriority (`LABEL`, the
/// caller's own value, or `LABEL=VALUE`); Envoy: priority of LocalityLbEndpoints.
final class FailoverPriority {
  private final Map<String, String> wanted = new LinkedHashMap<>();

  FailoverPriority(SpecNode written, Map<String, String> caller) {
    for (String entry : written.textItems()) {
      String[] parts = entry.split("=", -1);
      wanted.put(parts[0], parts.length == 2 ? parts[1] : caller.getOrDefault(parts[0], ""));
    }
  }

  /// The localities, each split by how much its endpoints share.
  List<LocalityEndpoints> split(List<LocalityEndpoints> localities) {
    List<LocalityEndpoints> result = new ArrayList<>();
    localities.forEach(locality -> result.addAll(locality.split(this::rank)));
    return result;
  }

  /// 0 when all labels are the same.
  private int rank(Map<String, String> labels) {
    int left = wanted.size();
    for (Map.Entry<String, String> label : wanted.entrySet()) {
      if (!label.getValue().equals(labels.getOrDefault(label.getKey(), ""))) {
        return left;
      }
      left--;
    }
    return 0;
  }
}
