package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The real kubectl in somebody else's name.
class KubectlRbacTest extends KubectlShop {
  private static final String READER = "--as=system:serviceaccount:shop:reader";

  @BeforeEach
  void fill() throws Exception {
    ok("apply", "-f", "all.yaml");
    ok("create", "sa", "reader", "-n", "shop");
    ok(
        "create",
        "rolebinding",
        "b",
        "--clusterrole=view",
        "--serviceaccount=shop:reader",
        "-n",
        "shop");
  }

  @Test
  void anAccountThatMayViewSeesNoSecretsAndChangesNothing() throws Exception {
    assertThat(ok("get", "svc,deploy", "-n", "shop", READER)).contains("deployment.apps/web");
    assertThat(ok("auth", "can-i", "get", "pods/log", "-n", "shop", READER)).contains("yes");
    assertThat(fails("auth", "can-i", "get", "secrets", "-n", "shop", READER)).contains("no");
    assertThat(fails("auth", "can-i", "delete", "pods", "-n", "shop", READER)).contains("no");
    assertThat(fails("auth", "can-i", "get", "pods", READER)).contains("no");
    assertThat(fails("delete", "svc", "web", "-n", "shop", READER))
        .contains(
            "services \"web\" is forbidden: User \"system:serviceaccount:shop:reader\" cannot delete resource \"services\" in API group \"\" in the namespace \"shop\"");
    assertThat(ok("auth", "whoami", READER))
        .contains("system:serviceaccount:shop:reader", "system:serviceaccounts:shop");
    assertThat(ok("auth", "can-i", "--list", "-n", "shop", READER)).contains("services");
  }

  @Test
  void aGroupMayBeActedFor() throws Exception {
    ok("create", "clusterrolebinding", "g", "--clusterrole=cluster-admin", "--group=teachers");
    assertThat(ok("auth", "can-i", "*", "*", "--as=kim", "--as-group=teachers")).contains("yes");
    assertThat(fails("auth", "can-i", "*", "*", "--as=kim")).contains("no");
  }

  @Test
  void onlyWhoMayImpersonateDoes() throws Exception {
    Path kubeconfig =
        cluster.tokenKubeconfig(ok("create", "token", "reader", "-n", "shop").strip());
    assertThat(cluster.run(kubeconfig, folder, "get", "svc", "-n", "shop", "--as=kim").text())
        .contains(
            "users \"kim\" is forbidden: User \"system:serviceaccount:shop:reader\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope");
  }
}
