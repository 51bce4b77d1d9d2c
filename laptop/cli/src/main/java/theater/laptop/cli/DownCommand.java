package theater.laptop.cli;

import java.nio.file.Files;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Stops everything that `up` started. Objects and data stay.
@Command(name = "down")
final class DownCommand implements Callable<Integer> {
  private final Settings settings;
  private final Messages messages;

  @Option(names = "--purge")
  private boolean purge;

  @Option(names = "--yes")
  private boolean yes;

  DownCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    if (Files.isDirectory(settings.home().run())) {
      int stopped = Stopping.of(settings).stop();
      System.out.println(
          stopped == 0 ? messages.text("down.nothing") : messages.text("down.done", stopped));
    } else {
      System.out.println(messages.text("down.nothing"));
    }
    if (purge && Files.isDirectory(settings.home().root())) {
      if (!yes && !agreed()) {
        System.out.println(messages.text("down.kept", settings.home().root()));
        return 1;
      }
      Purge.of(settings.home()).delete();
      System.out.println(messages.text("down.purged", settings.home().root()));
    }
    return 0;
  }

  private boolean agreed() {
    System.out.print(messages.text("down.ask", settings.home().root()));
    System.out.flush();
    Scanner answers = new Scanner(System.in, java.nio.charset.StandardCharsets.UTF_8);
    return answers.hasNextLine() && answers.nextLine().strip().equalsIgnoreCase("yes");
  }
}
