package theater.acceptance.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// Types commands of a table at a running theater, in the folder `k8s`, and looks at what they say.
///
/// @param scratch the folder `$TMP`
/// @param tools the folder of another kubectl; empty for the theater's
record Typist(Theater theater, Path scratch, String tools) {
  private static final String PRELUDE =
      """
      cd k8s
      export ROOT=$(cd .. && pwd)
      node() { kubectl --context "$1" get nodes -o jsonpath='{.items[0].metadata.name}'; }
      pod() { kubectl get pods -n theater-msa -l app="$1" -o jsonpath='{.items[0].metadata.name}'; }
      """;

  void type(CourseCommand command) {
    try {
      Shell.Outcome outcome = theater.script("bash", "-c", script(command.run()));
      assertThat(outcome.exit()).as("%s", outcome).isEqualTo(command.exit());
      for (String pattern : command.says()) {
        assertThat(outcome.out() + outcome.err())
            .containsPattern(Pattern.compile(pattern, Pattern.MULTILINE));
      }
    } finally {
      if (!command.after().isEmpty()) {
        theater.script("bash", "-c", script(command.after())).ok();
      }
    }
  }

  private String script(String line) {
    String first = tools.isEmpty() ? "" : "export PATH='" + tools + "':$PATH\n";
    return first + "export TMP='" + scratch + "'\n" + PRELUDE + line;
  }
}
