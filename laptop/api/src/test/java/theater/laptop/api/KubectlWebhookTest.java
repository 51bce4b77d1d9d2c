package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// Configurations of webhooks with the real kubectl: `istioctl analyze` waits until it has lists of
/// both.
class KubectlWebhookTest extends KubectlShop {
  private static final String HOOK =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingWebhookConfiguration
      metadata: {name: injector}
      webhooks:
        - name: injector.example.com
          admissionReviewVersions: [v1]
          sideEffects: None
          clientConfig: {caBundle: YQ==, service: {name: web, namespace: shop, path: /inject}}
          rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
      """;

  @Test
  void bothKindsAreServed() throws Exception {
    assertThat(
            ok(
                "get",
                "--raw",
                "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations"))
        .contains("MutatingWebhookConfigurationList");
    assertThat(ok("get", "validatingwebhookconfigurations")).contains("No resources found");
    assertThat(ok("api-resources", "--api-group=admissionregistration.k8s.io", "--no-headers"))
        .contains("mutatingwebhookconfigurations", "validatingwebhookconfigurations");
  }

  @Test
  void aConfigurationIsCompletedAndShown() throws Exception {
    Files.writeString(folder.resolve("hook.yaml"), HOOK);
    ok("apply", "-f", "hook.yaml");
    assertThat(ok("get", "mutatingwebhookconfigurations").lines().findFirst().orElse(""))
        .matches("NAME +WEBHOOKS +AGE");
    assertThat(
            ok(
                "get",
                "mutatingwebhookconfiguration",
                "injector",
                "-o",
                "jsonpath={.webhooks[0]['failurePolicy','reinvocationPolicy','timeoutSeconds']} {.webhooks[0].rules[0].scope} {.webhooks[0].clientConfig.service.port}"))
        .isEqualTo("Fail Never 10 * 443");
  }

  @Test
  void aWebhookThatSaysTooLittleIsRefused() throws Exception {
    Files.writeString(
        folder.resolve("hook.yaml"),
        HOOK.replace("injector.example.com", "injector")
            .replace("    sideEffects: None\n", "")
            .replace("    admissionReviewVersions: [v1]\n", ""));
    assertThat(fails("apply", "-f", "hook.yaml"))
        .contains(
            "webhooks[0].name: Invalid value: \"injector\": should be a domain with at least three segments separated by dots",
            "webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun",
            "webhooks[0].admissionReviewVersions: Required value: must specify one of v1, v1beta1");
  }
}
