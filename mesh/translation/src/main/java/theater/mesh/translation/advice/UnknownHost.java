package theater.mesh.translation.advice;

import java.util.List;
import theater.mesh.translation.names.HostName;
import theater.mesh.translation.rule.Rule;
import theater.mesh.translation.rule.VirtualServices;
import theater.mesh.translation.spec.SpecNode;

/// A VirtualService for a host that no Service or ServiceEntry has, or none of its gateways opens.
final class UnknownHost implements Advice {
  @Override
  public String code() {
    return "T011";
  }

  @Override
  public void look(Subject subject, Findings found) {
    // Without any Service nothing can be said: they are not known.
    if (!subject.is("VirtualService") || subject.known().services().isEmpty()) {
      return;
    }
    List<String> gateways = VirtualServices.gateways(subject.rule());
    for (SpecNode written : subject.spec().at("hosts").items()) {
      String host = subject.inFull(written.textOr(""));
      boolean mesh = subject.inMesh() && subject.exists(host);
      if (!mesh && gateways.stream().noneMatch(gateway -> opens(subject, gateway, host))) {
        found.add(
            written,
            "("
                + host
                + ")은(는) 없는 호스트입니다. "
                + (subject.inMesh()
                    ? "이런 Service나 ServiceEntry가 없어서"
                    : "게이트웨이 " + String.join(", ", gateways) + "가 이 호스트를 열지 않아서")
                + " 이 규칙에 닿는 요청이 없습니다",
            "("
                + host
                + ") is nobody's host: "
                + (subject.inMesh()
                    ? "no Service or ServiceEntry has it"
                    : "the gateway " + String.join(", ", gateways) + " does not open it")
                + ", so no request meets this rule");
      }
    }
  }

  private static boolean opens(Subject subject, String gateway, String host) {
    for (Rule rule : subject.all("Gateway")) {
      if ((rule.namespace() + "/" + rule.object().name()).equals(gateway)) {
        return rule.spec().at("servers").items().stream()
            .flatMap(server -> server.at("hosts").textItems().stream())
            .map(open -> open.substring(open.indexOf('/') + 1))
            .anyMatch(open -> HostName.overlap(open, host));
      }
    }
    return false;
  }
}
