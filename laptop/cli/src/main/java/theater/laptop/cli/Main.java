package theater.laptop.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program behind `./theater`.
@Command(
    name = "theater",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      KubectlCommand.class,
      HelmCommand.class,
      IstioctlCommand.class,
      ProxyConfigCommand.class,
      ProxyStatusCommand.class,
      MeshCommand.class,
      CheckCommand.class,
      FaultCommand.class,
      ExplainCommand.class,
      DiffCommand.class,
      SuperviseCommand.class,
      TrainCommand.class,
      ControlPlaneCommand.class
    })
public final class Main {
  private static final int USAGE = 2;

  private Main() {}

  /// Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not running.
  public static void main(String[] arguments) {
    Settings settings;
    try {
      settings = Settings.read();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
      return;
    }
    java.util.Locale.setDefault(settings.language());
    Messages messages = Messages.in(settings.language());
    CommandLine line = commandLine(settings, messages);
    Optional<Callable<Integer>> other =
        arguments.length == 0 ? Optional.empty() : other(settings, messages, arguments);
    System.exit(
        other.isPresent()
            ? call(line, other.get())
            : line.execute(arguments.length == 0 ? new String[] {"--help"} : arguments));
  }

  /// Commands whose words go past picocli, which would take `--` and `@file` for itself.
  private static Optional<Callable<Integer>> other(
      Settings settings, Messages messages, String[] arguments) {
    List<String> words = List.of(arguments).subList(1, arguments.length);
    return switch (arguments[0]) {
      case "kubectl" -> {
        KubectlCommand command = new KubectlCommand(settings, messages);
        command.arguments = words;
        yield Optional.of(command);
      }
      case "helm" -> {
        HelmCommand command = new HelmCommand(settings, messages);
        command.arguments = words;
        yield Optional.of(command);
      }
      case "istioctl" -> {
        IstioctlCommand command = new IstioctlCommand(settings, messages);
        command.arguments = words;
        yield Optional.of(command);
      }
      case "proxy-config", "pc" -> {
        ProxyConfigCommand command = new ProxyConfigCommand(settings, messages);
        command.arguments = words;
        yield Optional.of(command);
      }
      case "proxy-status", "ps" -> {
        ProxyStatusCommand command = new ProxyStatusCommand(settings, messages);
        command.arguments = words;
        yield Optional.of(command);
      }
      default -> Optional.empty();
    };
  }

  private static int call(CommandLine line, Callable<Integer> command) {
    try {
      return command.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } catch (CommandException | IOException e) {
      line.getErr().println(e.getMessage());
      return 1;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static CommandLine commandLine(Settings settings, Messages messages) {
    CommandLine line =
        new CommandLine(
            new Main(),
            new CommandLine.IFactory() {
              @Override
              public <K> K create(Class<K> type) throws Exception {
                try {
                  return type.getDeclaredConstructor(Settings.class, Messages.class)
                      .newInstance(settings, messages);
                } catch (NoSuchMethodException e) {
                  return CommandLine.defaultFactory().create(type);
                }
              }
            });
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    Usage.in(settings.language()).on(line);
    line.setExecutionExceptionHandler((failure, command, result) -> {
      if (failure instanceof CommandException) {
        command.getErr().println(failure.getMessage());
      } else {
        command.getErr().println(messages.text("failed", failure));
        failure.printStackTrace(command.getErr());
      }
      return 1;
    });
    return line;
  }
}
