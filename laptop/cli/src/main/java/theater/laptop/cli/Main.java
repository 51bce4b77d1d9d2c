package theater.laptop.cli;

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
      TrainCommand.class
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
    Optional<Callable<Integer>> direct =
        arguments.length == 0 ? Optional.empty() : direct(settings, messages, arguments);
    System.exit(
        direct.isPresent()
            ? call(direct.get(), messages)
            : commandLine(settings, messages)
                .execute(arguments.length == 0 ? new String[] {"--help"} : arguments));
  }

  /// Commands without picocli: it would take `--` and `@file` for itself, and its classes, too old
  /// for a start cache, cost a third of a second.
  private static Optional<Callable<Integer>> direct(
      Settings settings, Messages messages, String[] arguments) {
    List<String> words = List.of(arguments).subList(1, arguments.length);
    return Optional.ofNullable(
        switch (arguments[0]) {
          case "supervise" -> new SuperviseCommand(settings, messages);
          case "control-plane" -> new ControlPlaneCommand(settings, words.getFirst());
          case "up" -> words.isEmpty() ? new UpCommand(settings, messages) : null;
          case "down" -> words.isEmpty() ? new DownCommand(settings, messages) : null;
          case "status" -> words.isEmpty() ? new StatusCommand(settings, messages) : null;
          case "kubectl" -> {
            KubectlCommand command = new KubectlCommand(settings, messages);
            command.arguments = words;
            yield command;
          }
          case "helm" -> {
            HelmCommand command = new HelmCommand(settings, messages);
            command.arguments = words;
            yield command;
          }
          case "istioctl" -> {
            IstioctlCommand command = new IstioctlCommand(settings, messages);
            command.arguments = words;
            yield command;
          }
          case "proxy-config", "pc" -> {
            ProxyConfigCommand command = new ProxyConfigCommand(settings, messages);
            command.arguments = words;
            yield command;
          }
          case "proxy-status", "ps" -> {
            ProxyStatusCommand command = new ProxyStatusCommand(settings, messages);
            command.arguments = words;
            yield command;
          }
          default -> null;
        });
  }

  private static int call(Callable<Integer> command, Messages messages) {
    try {
      return command.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } catch (Exception e) {
      return failed(e, messages, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }
  }

  private static int failed(Exception failure, Messages messages, PrintWriter err) {
    if (failure instanceof CommandException) {
      err.println(failure.getMessage());
    } else {
      err.println(messages.text("failed", failure));
      if (failure instanceof RuntimeException) {
        failure.printStackTrace(err);
      }
    }
    return 1;
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
    line.setExecutionExceptionHandler(
        (failure, command, result) -> failed(failure, messages, command.getErr()));
    return line;
  }
}
