package theater.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What must hold of the files themselves, without a browser.
class FolderTest {

  private static final int CONFIG_MAP_LIMIT = 200 * 1024;
  private static final Pattern MARKUP =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|\\beval\\b");
  private static final Pattern OTHER_HOST = Pattern.compile("(https?:)?//[a-z0-9]+\\.[a-z]");
  private static final Pattern URL_OF_OURS =
      Pattern.compile("[\"'`]/(users|movies|bookings|events|traffic|deployment|faults)");

  @Test
  void textIsSetAsText() {
    assertThat(PageFolder.files())
        .allSatisfy(file -> assertThat(PageFolder.read(file)).doesNotContainPattern(MARKUP));
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    assertThat(PageFolder.files())
        .allSatisfy(file ->
            assertThat(PageFolder.read(file).replace("http://www.w3.org/2000/svg", ""))
                .doesNotContainPattern(OTHER_HOST));
  }

  @Test
  void onlyOneFileKnowsUrls() {
    List<String> knowing = new ArrayList<>();
    for (Path file : PageFolder.files()) {
      if (URL_OF_OURS.matcher(PageFolder.read(file)).find()) {
        knowing.add(file.getFileName().toString());
      }
    }
    assertThat(knowing).containsExactly("api.js");
  }

  @Test
  void pureFilesUseNeitherPageNorClock() {
    assertThat(PageFolder.files().stream().filter(file -> name(file).startsWith("lib-")))
        .isNotEmpty()
        .allSatisfy(file ->
            assertThat(PageFolder.read(file))
                .doesNotContain("document.", "window.", "Date.now", "performance.", "fetch("));
  }

  /// A key is written out at its use, or begins as one of the texts that are put together there.
  @Test
  void everyTextIsUsedAndEveryUsedTextExists() {
    Set<String> keys = new HashSet<>();
    var line = Pattern.compile("^    \"([a-z]+\\.[\\w-]+)\":", Pattern.MULTILINE);
    var defined = line.matcher(PageFolder.read(PageFolder.PATH.resolve("text.js")));
    while (defined.find()) {
      keys.add(defined.group(1));
    }
    Set<String> used = new HashSet<>();
    Set<String> prefixes = new HashSet<>();
    var use = Pattern.compile("[\"`]([a-z]+\\.[\\w-]*)(\\$\\{|[\"`])");
    for (Path file : PageFolder.files()) {
      if (!name(file).equals("text.js")) {
        var found = use.matcher(PageFolder.read(file));
        while (found.find()) {
          (found.group(2).equals("${") ? prefixes : used).add(found.group(1));
        }
      }
    }
    assertThat(keys).hasSizeGreaterThan(80);
    assertThat(keys)
        .allMatch(key -> used.contains(key) || prefixes.stream().anyMatch(key::startsWith));
    Set<String> areas = new HashSet<>();
    keys.forEach(key -> areas.add(key.substring(0, key.indexOf('.') + 1)));
    assertThat(used)
        .filteredOn(key -> areas.contains(key.substring(0, key.indexOf('.') + 1)))
        .filteredOn(key -> !key.matches(".*\\.(js|css|svg|html)"))
        .isSubsetOf(keys);
  }

  @Test
  void kustomizeMakesOneSmallConfigMapWithEveryFile() throws Exception {
    Path kubectl = kubectl();
    Assumptions.assumeTrue(Files.isExecutable(kubectl), "no kubectl at " + kubectl);
    Path output = Files.createTempFile("ui", ".yaml");
    Path errors = Files.createTempFile("ui", ".log");
    try {
      int exit =
          new ProcessBuilder(kubectl.toString(), "kustomize", PageFolder.PATH.toString())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start()
              .waitFor();
      assertThat(exit).as(Files.readString(errors)).isZero();
      JsonNode map = new YAMLMapper().readTree(output.toFile());
      assertThat(map.path("kind").asText()).isEqualTo("ConfigMap");
      assertThat(map.path("metadata").path("name").asText()).isEqualTo("ui");
      assertThat(contents(map.path("data"))).isEqualTo(expectedContents());
      assertThat(Files.size(output)).isLessThan(CONFIG_MAP_LIMIT);
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  @Test
  void filesTogetherStayBelowTheLimit() {
    int bytes = 0;
    for (Path file : PageFolder.files()) {
      bytes += PageFolder.read(file).getBytes(StandardCharsets.UTF_8).length;
    }
    assertThat(bytes).isLessThan(CONFIG_MAP_LIMIT);
  }

  private static Map<String, String> contents(JsonNode data) {
    Map<String, String> contents = new TreeMap<>();
    data.properties().forEach(entry -> contents.put(entry.getKey(), entry.getValue().asText()));
    return contents;
  }

  private static Map<String, String> expectedContents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (Path file : PageFolder.files()) {
      contents.put(name(file), Files.readString(file));
    }
    return contents;
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static Path kubectl() {
    String engines = System.getenv("THEATER_ENGINES");
    String cache = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home"), ".cache");
    Path folder =
        engines != null
            ? Path.of(engines)
            : (cache != null ? Path.of(cache) : home).resolve("theater").resolve("engines");
    return folder.resolve("kubectl-1.35").resolve("kubectl");
  }
}
