package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class InertFieldsTest {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      spec:
        template:
          spec:
            affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a}]}}
            topologySpreadConstraints: [{maxSkew: 1}]
            containers:
              - name: main
                lifecycle: {postStart: {exec: {command: [a]}}, preStop: {httpGet: {port: 1}}}
                ports: [{containerPort: 1}, {containerPort: 2, hostPort: 2}]
      """;

  @Test
  void whatHasNoEffectIsTold() throws Exception {
    assertThat(warnings(Locale.ENGLISH, DEPLOYMENT))
        .containsExactly(
            "spec.template.spec.affinity.podAntiAffinity is kept, but has no effect in this cluster: it has one node.",
            "spec.template.spec.topologySpreadConstraints is kept, but has no effect in this cluster: it has one node.",
            "spec.template.spec.containers[0].lifecycle.postStart is kept, but has no effect in this cluster: only preStop with exec or sleep is run.",
            "spec.template.spec.containers[0].lifecycle.preStop.httpGet is kept, but has no effect in this cluster: only preStop with exec or sleep is run.",
            "spec.template.spec.containers[0].ports[1].hostPort is kept, but has no effect in this cluster: no port of this computer is opened for it; use kubectl port-forward.");
    assertThat(warnings(Locale.KOREAN, "{apiVersion: v1, kind: Service, spec: {type: NodePort}}"))
        .singleElement()
        .asString()
        .contains("spec.type: NodePort", "kubectl port-forward");
  }

  @Test
  void whatActsIsNotTold() throws Exception {
    assertThat(
            warnings(
                Locale.ENGLISH,
                """
                apiVersion: v1
                kind: Pod
                spec:
                  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}
                  containers: [{name: main, lifecycle: {preStop: {exec: {command: [a]}}}, ports: [{containerPort: 1}]}]
                """))
        .isEmpty();
    assertThat(
            warnings(Locale.ENGLISH, "{apiVersion: v1, kind: Service, spec: {type: LoadBalancer}}"))
        .isEmpty();
  }

  private static List<String> warnings(Locale language, String yaml) throws Exception {
    ObjectNode object = (ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(yaml);
    return new InertFields(Messages.in(language)).review(object).warnings();
  }
}
