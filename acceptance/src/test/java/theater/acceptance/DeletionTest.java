package theater.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import theater.visitor.Await;
import theater.visitor.Context;
import theater.visitor.Theater;

/// An owner and what it owns: who goes first, by the real kubectl and the garbage collector. A
/// finalizer holds the owned object, so that the order can be seen.
@ExtendWith(RunningTheater.class)
class DeletionTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String[] RELEASE = {
    "patch", "configmap", "owned", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}"
  };
  private final Context ctx1;

  DeletionTest(Theater theater) {
    this.ctx1 = theater.ctx1();
  }

  private void create() {
    ctx1.kubectl("create", "configmap", "owner");
    String owned =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: owned
          finalizers: [example.com/hold]
          ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: UID, blockOwnerDeletion: true}]
        """;
    ctx1.apply(owned.replace("UID", ctx1.field("configmap/owner", ".metadata.uid"))).ok();
  }

  private boolean there(String name) {
    return !ctx1.kubectl("get", "configmap", name, "--ignore-not-found").isEmpty();
  }

  private boolean leaving(String name) {
    return !ctx1.field("configmap/" + name, ".metadata.deletionTimestamp").isEmpty();
  }

  @AfterEach
  void away() {
    ctx1.attempt(RELEASE);
    ctx1.attempt("delete", "configmap", "owner", "owned", "--ignore-not-found");
  }

  @Test
  void inTheForegroundTheOwnerGoesLast() {
    create();
    ctx1.kubectl("delete", "configmap", "owner", "--cascade=foreground", "--wait=false");
    Await.until("the owned one is asked to go", SOON, () -> leaving("owned"));
    assertThat(ctx1.field("configmap/owner", ".metadata.finalizers"))
        .isEqualTo("[\"foregroundDeletion\"]");
    ctx1.kubectl(RELEASE);
    Await.until("both are gone", SOON, () -> !there("owner") && !there("owned"));
  }

  @Test
  void inTheBackgroundTheOwnerGoesFirst() {
    create();
    ctx1.kubectl("delete", "configmap", "owner", "--cascade=background");
    assertThat(there("owner")).isFalse();
    Await.until("the owned one is asked to go", SOON, () -> leaving("owned"));
    ctx1.kubectl(RELEASE);
    assertThat(there("owned")).isFalse();
  }

  @Test
  void anOrphanStays() {
    create();
    ctx1.kubectl("delete", "configmap", "owner", "--cascade=orphan");
    Await.until(
        "nobody owns it",
        SOON,
        () -> ctx1.field("configmap/owned", ".metadata.ownerReferences").isEmpty());
    assertThat(leaving("owned")).isFalse();
  }
}
