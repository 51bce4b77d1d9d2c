package theater.laptop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import theater.laptop.api.admission.Admission;
import theater.mesh.discovery.ConfigObjects;
import theater.mesh.translation.ConfigCheck;
import theater.mesh.translation.Verdict;
import theater.mesh.translation.advice.Advised;
import theater.mesh.translation.advice.Advisor;
import theater.mesh.translation.advice.Known;
import theater.mesh.translation.advice.Unmodelled;
import theater.mesh.view.ConfigObject;

/// Istio's validating webhook, answered by our own check: refuses what istiod refuses and warns of
/// what it warns of. Beyond that, advice in the language of the instance. Advice never refuses,
/// delays or fails a write.
final class MeshAdmission implements Admission {
  private static final Logger LOG = System.getLogger(MeshAdmission.class.getName());
  private static final String DENIED =
      "admission webhook \"validation.istio.io\" denied the request: ";
  private static final String INVALID = "configuration is invalid: ";
  private final ConfigCheck check = new ConfigCheck();
  private final Advisor advisor = new Advisor();
  private final Locale language;
  private final Supplier<Optional<Known>> surroundings;

  /// @param surroundings what is known now; must not wait
  MeshAdmission(Locale language, Supplier<Optional<Known>> surroundings) {
    this.language = language;
    this.surroundings = surroundings;
  }

  @Override
  public Review review(ObjectNode object) {
    String apiVersion = object.path("apiVersion").asText();
    boolean istio =
        apiVersion.matches(
            "((networking|security|telemetry|extensions)\\.istio\\.io|gateway\\.networking\\.k8s\\.io)/.*");
    boolean service = apiVersion.equals("v1") && object.path("kind").asText().equals("Service");
    if (!istio && !service) {
      return Review.FINE;
    }
    ConfigObject config = ConfigObjects.of(object);
    Verdict verdict = istio ? check.check(config) : new Verdict("", List.of(), List.of());
    if (!verdict.accepted()) {
      String form = verdict.refusal().startsWith("unrecognized type") ? "" : INVALID;
      return new Review(DENIED + form + verdict.refusal(), List.of());
    }
    List<String> warnings = new ArrayList<>(verdict.warnings());
    List<Advised> advised = new ArrayList<>(Unmodelled.of(verdict.notModelled()));
    advised.addAll(advice(config));
    warnings.addAll(Advisor.lines(advised, language));
    return new Review(null, warnings);
  }

  private List<Advised> advice(ConfigObject config) {
    try {
      return surroundings.get().map(known -> advisor.advise(config, known)).orElse(List.of());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "no advice for " + config.kind() + " " + config.name(), e);
      return List.of();
    }
  }
}
