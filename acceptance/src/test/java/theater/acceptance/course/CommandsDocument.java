package theater.acceptance.course;

import java.util.List;

/// `docs/course-commands.md`, made of the table.
final class CommandsDocument {
  private CommandsDocument() {}

  static String of(List<CourseCommand> commands) {
    long all = commands.stream().mapToLong(c -> c.written().size()).sum();
    long run =
        commands.stream().filter(c -> c.why().isEmpty()).mapToLong(c -> c.written().size()).sum();
    StringBuilder text = new StringBuilder();
    text.append("# The commands of the course / 과정의 명령\n\n")
        .append("Made from the table that `EveryCommandTest` types at a running theater.\n")
        .append("`EveryCommandTest`가 실행 중인 극장에서 직접 실행해 보는 표로 만들었습니다.\n\n")
        .append(
            "The documents of the course hold **%d** different commands; **%d** run here and are checked, **%d** cannot.\n"
                .formatted(all, run, all - run))
        .append(
            "과정 문서에는 서로 다른 명령이 **%d**개 있습니다. **%d**개는 여기서 실행해 결과를 확인하고, **%d**개는 실행할 수 없습니다.\n\n"
                .formatted(all, run, all - run));
    text.append(
        "## Not here / 여기서는 안 되는 것\n\n| command | why, and what to do instead |\n|---|---|\n");
    rows(commands.stream().filter(c -> !c.why().isEmpty()).toList(), text, true);
    text.append("\n## Checked / 확인한 것\n\n| command | typed as |\n|---|---|\n");
    rows(commands.stream().filter(c -> c.why().isEmpty()).toList(), text, false);
    return text.toString();
  }

  private static void rows(List<CourseCommand> commands, StringBuilder text, boolean why) {
    for (CourseCommand command : commands) {
      String second =
          why
              ? command.why()
              : command.run().equals(command.written().getFirst()) ? "" : code(command.run());
      for (String written : command.written()) {
        text.append("| ").append(code(written)).append(" | ").append(second).append(" |\n");
        second = "″";
      }
    }
  }

  private static String code(String command) {
    return "`" + command.replace("|", "\\|").replace("\n", " ") + "`";
  }
}
