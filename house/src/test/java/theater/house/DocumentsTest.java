package theater.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents name is there: files and folders, classes, commands with their options,
/// links; and each Korean document is built like its English twin.
class DocumentsTest {
  private static final Pattern NAME_OF_A_FILE =
      Pattern.compile("[\\w.-]+\\.(sh|yaml|md|java|js|css|html|py|svg|png|properties)");
  private static final Pattern CLASS = Pattern.compile("(theater(?:\\.[a-z]+)+)\\.([A-Z]\\w+).*");
  private static final Pattern PACKAGE = Pattern.compile("theater(\\.[a-z]+)+(\\.\\*)?");
  private static final Pattern SIMPLE_CLASS = Pattern.compile("([A-Z][a-z]+){2,}(Test)?");
  private static final Pattern THEATER =
      Pattern.compile("(?:^|[ ;(])(?:\\./)?theater ([a-z][a-z-]*)(.*)");
  private static final Pattern SCRIPT =
      Pattern.compile("(?:^|[ ;(])((?:k8s|practice)/[\\w.-]+\\.sh)(.*)");
  private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z-]*)");

  /// Names that are somebody else's, and where they come from.
  private static final Exceptions EXCEPTIONS = Exceptions.read();

  private static final List<Markdown> DOCUMENTS = documents();

  private static List<Markdown> documents() {
    return Repository.files(".md").stream()
        .filter(file -> {
          String name = file.toString();
          return name.startsWith("docs/") || file.getParent() == null && name.startsWith("README");
        })
        .map(Markdown::of)
        .toList();
  }

  @Test
  void pathsExist() {
    Set<String> folders = topFolders();
    List<String> missing = new ArrayList<>();
    for (Markdown document : DOCUMENTS) {
      Stream.concat(document.code().stream(), document.shell().stream())
          .flatMap(code -> Stream.of(code.split("[\\s;|()\"'=]+")))
          .map(word -> word.replaceFirst("^\\./", "").replaceFirst("[,.:]$", ""))
          .filter(
              word -> word.contains("/") && folders.contains(word.substring(0, word.indexOf('/'))))
          .flatMap(word -> Braces.expand(word).stream())
          .filter(word -> !EXCEPTIONS.contains(word))
          .filter(word -> !Braces.exists(Repository.ROOT, word))
          .forEach(word -> missing.add(document.file() + ": " + word));
      document.links().stream()
          .filter(
              link -> !Files.exists(Repository.ROOT.resolve(document.file()).resolveSibling(link)))
          .forEach(link -> missing.add(document.file() + ": " + link));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void filesExist() {
    Set<String> names =
        Repository.files("").stream()
            .map(f -> f.getFileName().toString())
            .collect(Collectors.toSet());
    List<String> missing = new ArrayList<>();
    for (Markdown document : DOCUMENTS) {
      document.code().stream()
          .filter(word -> NAME_OF_A_FILE.matcher(word).matches())
          .filter(word -> !names.contains(word) && !EXCEPTIONS.contains(word))
          .forEach(word -> missing.add(document.file() + ": " + word));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void classesAndPackagesExist() {
    Set<String> simple = new TreeSet<>();
    Set<String> qualified = new TreeSet<>();
    for (Path file : Repository.files(".java")) {
      String path = file.toString();
      String name =
          path.substring(path.indexOf("java/") + 5).replace(".java", "").replace('/', '.');
      qualified.add(name);
      simple.add(name.substring(name.lastIndexOf('.') + 1));
    }
    List<String> missing = new ArrayList<>();
    for (Markdown document : DOCUMENTS) {
      for (String code : document.code()) {
        Matcher matcher = CLASS.matcher(code);
        boolean there = true;
        if (matcher.matches()) {
          there = qualified.contains(matcher.group(1) + "." + matcher.group(2));
        } else if (PACKAGE.matcher(code).matches() && !code.contains("/")) {
          String prefix = code.replace(".*", "") + ".";
          there = qualified.stream().anyMatch(name -> name.startsWith(prefix));
        } else if (SIMPLE_CLASS.matcher(code).matches()) {
          there = simple.contains(code);
        }
        if (!there && !EXCEPTIONS.contains(code)) {
          missing.add(document.file() + ": " + code);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void commandsAndTheirOptionsExist() {
    Commands commands = Commands.read();
    List<String> missing = new ArrayList<>();
    for (Markdown document : DOCUMENTS) {
      for (String line :
          Stream.concat(document.code().stream(), document.shell().stream()).toList()) {
        Matcher theater = THEATER.matcher(line);
        if (theater.find()) {
          if (!commands.has(theater.group(1))) {
            missing.add(document.file() + ": theater " + theater.group(1));
          } else if (!theater.group(1).equals("kubectl")) {
            options(theater.group(2))
                .filter(option -> !commands.takes(option))
                .forEach(option -> missing.add(document.file() + ": " + line));
          }
        }
        Matcher script = SCRIPT.matcher(line);
        if (script.find() && Files.exists(Repository.ROOT.resolve(script.group(1)))) {
          String text =
              Repository.read(Path.of(script.group(1))) + Repository.read(Path.of("k8s/common.sh"));
          options(script.group(2))
              .filter(option -> !text.contains(option))
              .forEach(option -> missing.add(document.file() + ": " + line));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void koreanDocumentsAreBuiltLikeTheEnglishOnes() {
    List<Markdown> korean =
        DOCUMENTS.stream().filter(d -> d.file().toString().endsWith(".ko.md")).toList();
    assertThat(korean).isNotEmpty();
    for (Markdown one : korean) {
      Markdown twin = Markdown.of(Path.of(one.file().toString().replace(".ko.md", ".md")));
      String name = one.file().toString();
      assertThat(one.headings()).as(name + ": headings").isEqualTo(twin.headings());
      assertThat(one.shell()).as(name + ": commands").isEqualTo(twin.shell());
      assertThat(links(one)).as(name + ": links").isEqualTo(links(twin));
    }
  }

  @Test
  void exceptionsAreStillNeeded() {
    Set<String> named =
        DOCUMENTS.stream()
            .flatMap(d -> Stream.concat(d.code().stream(), d.shell().stream()))
            .collect(Collectors.toSet());
    assertThat(EXCEPTIONS.words())
        .allMatch(word -> named.stream().anyMatch(text -> text.contains(word)));
  }

  private static Stream<String> options(String text) {
    return OPTION.matcher(text).results().map(result -> result.group(1));
  }

  private static Set<String> links(Markdown document) {
    return document.links().stream()
        .map(link -> link.replace(".ko.md", ".md"))
        .filter(link -> !Path.of(link).getFileName().toString().startsWith("README"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> topFolders() {
    return Repository.files("").stream()
        .filter(file -> file.getNameCount() > 1)
        .map(file -> file.getName(0).toString())
        .collect(Collectors.toSet());
  }
}
