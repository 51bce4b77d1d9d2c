package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import theater.laptop.api.admission.Admission;

class IdleKindsTest {

  @Test
  void aKindThatNothingActsOnIsToldAndKept() {
    Admission.Review review = review(Locale.ENGLISH, "batch/v1", "Job");
    assertThat(review.refusal()).isNull();
    assertThat(review.warnings())
        .containsExactly(
            "Nothing acts on a Job in this cluster: it is kept and shown, but no pod is started for it.");
    assertThat(review(Locale.KOREAN, "networking.k8s.io/v1", "NetworkPolicy").warnings())
        .singleElement()
        .asString()
        .contains("NetworkPolicy", "AuthorizationPolicy");
  }

  @Test
  void kindsThatActAreNotTold() {
    assertThat(review(Locale.ENGLISH, "apps/v1", "Deployment").warnings()).isEmpty();
    assertThat(review(Locale.ENGLISH, "autoscaling/v2", "HorizontalPodAutoscaler").warnings())
        .isEmpty();
    assertThat(review(Locale.ENGLISH, "example.com/v1", "Job").warnings()).isEmpty();
  }

  private static Admission.Review review(Locale language, String apiVersion, String kind) {
    ObjectNode object =
        JsonNodeFactory.instance.objectNode().put("apiVersion", apiVersion).put("kind", kind);
    return new IdleKinds(Messages.in(language)).review(object);
  }
}
