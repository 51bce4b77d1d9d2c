package theater.mesh.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `mesh config` prints of a case of the recorded facts.
final class RecordedCase {
  private RecordedCase() {}

  /// @param problems gets the lines of standard error
  /// @param what further options
  static String print(Path facts, Path one, List<String> problems, String... what) {
    List<String> args =
        new ArrayList<>(
            List.of("--world", facts.resolve("world.yaml").toString(), "--config", one.toString()));
    args.addAll(List.of(what));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        MeshConfigCommand.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    problems.addAll(err.toString(StandardCharsets.UTF_8).lines().toList());
    return out.toString(StandardCharsets.UTF_8);
  }
}
