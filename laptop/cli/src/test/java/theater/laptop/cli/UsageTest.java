package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class UsageTest {
  private static final Pattern KOREAN = Pattern.compile("[가-힣]");

  @Test
  void everyCommandAndEveryOptionIsToldInTheReadersLanguage() {
    for (CommandLine command : visible(line(Locale.KOREAN))) {
      String name = command.getCommandSpec().qualifiedName();
      assertThat(description(command)).as(name).containsPattern(KOREAN);
      for (ArgSpec option : command.getCommandSpec().args()) {
        assertThat(String.join(" ", option.description())).as(name + option).isNotBlank();
      }
    }
    for (CommandLine command : visible(line(Locale.ENGLISH))) {
      String name = command.getCommandSpec().qualifiedName();
      assertThat(description(command)).as(name).isNotBlank().doesNotContainPattern(KOREAN);
      assertThat(command.getUsageMessage()).as(name).doesNotContainPattern(KOREAN);
    }
  }

  @Test
  void bothLanguagesHaveTheSameKeysAndNoneIsOfNobody() {
    assertThat(Usage.in(Locale.KOREAN).texts().keySet())
        .isEqualTo(Usage.in(Locale.ENGLISH).texts().keySet());
    CommandLine root = line(Locale.ENGLISH);
    for (String key : Usage.in(Locale.ENGLISH).texts().keySet()) {
      String[] words = key.split("\\.");
      if (words.length != 3 || words[1].equals("usage")) {
        continue;
      }
      assertThat(root.getSubcommands().get(words[1]).getCommandSpec().args())
          .as(key)
          .anyMatch(it ->
              it.isOption()
                  ? ((CommandLine.Model.OptionSpec) it)
                      .longestName()
                      .replaceFirst("^-+", "")
                      .equals(words[2])
                  : words[2].startsWith(it.paramLabel() + "["));
    }
  }

  @Test
  void everyCommandThatReadsItsOwnWordsHelps() {
    for (String name : List.of("up", "down", "status", "check", "fault", "explain", "diff")) {
      StringWriter out = new StringWriter();
      CommandLine line = line(Locale.KOREAN).setOut(new PrintWriter(out));
      assertThat(line.execute(name, "--help")).as(name).isZero();
      assertThat(out.toString()).startsWith("사용법: theater " + name);
    }
    assertThat(line(Locale.ENGLISH).getUsageMessage())
        .contains("build [--tag TAG]", "test", "bench");
  }

  @Test
  void wrongWordsAreNamedInTheReadersLanguage() {
    assertThat(refused(Locale.KOREAN, "blah")).startsWith("모르는 말입니다: blah\n사용법:");
    assertThat(refused(Locale.KOREAN, "check", "rules.yaml")).startsWith("모르는 말입니다: rules.yaml\n");
    assertThat(refused(Locale.KOREAN, "fault", "user-service"))
        .startsWith("빠졌습니다: --context=ctx1|ctx2\n사용법: theater fault");
    assertThat(refused(Locale.ENGLISH, "explain", "GET")).startsWith("Missing: URL\nUsage:");
    assertThat(refused(Locale.ENGLISH, "diff", "--last", "x")).contains("--last", "'x'");
  }

  private static String refused(Locale language, String... words) {
    StringWriter err = new StringWriter();
    CommandLine line = line(language).setErr(new PrintWriter(err));
    assertThat(line.execute(words)).isEqualTo(2);
    return err.toString();
  }

  private static List<CommandLine> visible(CommandLine root) {
    return root.getSubcommands().values().stream()
        .distinct()
        .filter(it -> !it.getCommandSpec().usageMessage().hidden())
        .toList();
  }

  private static String description(CommandLine command) {
    return command.getHelp().description();
  }

  private static CommandLine line(Locale language) {
    Settings settings =
        Settings.read(Map.of("THEATER_LANG", language.getLanguage()), "/checkout", "/build");
    return Main.commandLine(settings, Messages.in(language));
  }
}
