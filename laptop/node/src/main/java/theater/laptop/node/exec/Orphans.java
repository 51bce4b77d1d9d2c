package theater.laptop.node.exec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Ends what execs have started when this program is killed: a shell that knows their process
/// groups and kills what is left of them when its input closes. Started with the first exec.
final class Orphans {
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      left=' '
      while read -r word group; do
        case $word in
          add) left="$left$group " ;;
          end) left="${left%% $group *} ${left#* $group }" ;;
        esac
      done
      for group in $left; do kill -KILL "-$group" 2>/dev/null; done
      """;
  private static OutputStream shell;

  private Orphans() {}

  /// A new group; it must be told before anything in it can be forgotten.
  static synchronized void add(long group) throws IOException {
    if (shell == null) {
      shell =
          new ProcessBuilder("/bin/sh", "-c", SCRIPT, "ends what execs left")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .getOutputStream();
    }
    tell("add", group);
  }

  static synchronized void end(long group) {
    try {
      tell("end", group);
    } catch (IOException e) {
      // The shell was killed by somebody; the group has ended.
    }
  }

  private static void tell(String word, long group) throws IOException {
    shell.write((word + " " + group + "\n").getBytes(StandardCharsets.US_ASCII));
    shell.flush();
  }
}
