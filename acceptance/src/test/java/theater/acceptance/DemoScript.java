package theater.acceptance;

import java.util.stream.Stream;
import theater.visitor.Shell;
import theater.visitor.Theater;

/// `practice/fault-injection-demo.sh`, typed at a theater.
record DemoScript(Theater theater) {

  Shell.Outcome run(String... words) {
    return theater.script(
        Stream.concat(Stream.of("practice/fault-injection-demo.sh"), Stream.of(words))
            .toArray(String[]::new));
  }
}
