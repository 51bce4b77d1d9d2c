package theater.laptop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import theater.kube.Meta;
import theater.laptop.api.admission.Admission;
import theater.mesh.translation.ConfigCheck;
import theater.mesh.translation.Verdict;
import theater.mesh.view.ConfigObject;

/// Istio's validating webhook, answered by our own check: refuses what istiod refuses, and warns of
/// fields that have no effect here.
final class MeshAdmission implements Admission {
  private static final String DENIED =
      "admission webhook \"validation.istio.io\" denied the request: configuration is invalid: ";
  private final ConfigCheck check = new ConfigCheck();

  @Override
  public Review review(ObjectNode object) {
    String apiVersion = object.path("apiVersion").asText();
    if (!apiVersion.matches("(networking|security|telemetry|extensions)\\.istio\\.io/.*")) {
      return Review.FINE;
    }
    Verdict verdict =
        check.check(
            new ConfigObject(
                apiVersion,
                object.path("kind").asText(),
                Meta.namespace(object),
                Meta.name(object),
                Meta.created(object),
                Meta.labels(object),
                Meta.annotations(object),
                object.path("spec")));
    return new Review(verdict.accepted() ? null : DENIED + verdict.refusal(), verdict.warnings());
  }
}
