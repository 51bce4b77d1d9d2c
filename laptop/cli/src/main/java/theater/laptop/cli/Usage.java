package theater.laptop.cli;

import java.util.Locale;
import java.util.ResourceBundle;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What `--help` says, and what is said to wrong words, in the reader's language.
///
/// @param texts by picocli's keys, `theater.fault.pod`
record Usage(ResourceBundle texts, Messages messages) {
  private static final int WRONG = 2;

  /// The option of every command that reads its own words.
  static final class Help {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        descriptionKey = "help")
    private boolean help;
  }

  static Usage in(Locale language) {
    return new Usage(
        ResourceBundle.getBundle(
            "theater.laptop.cli.usage",
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)),
        Messages.in(language));
  }

  void on(CommandLine line) {
    help(line);
    line.setResourceBundle(texts);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler((wrong, _) -> refuse(wrong));
  }

  private static void help(CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    if (command.unmatchedArgsBindings().isEmpty()) {
      command.addMixin("help", CommandSpec.forAnnotatedObject(new Help()));
    }
    line.getSubcommands().values().stream().distinct().forEach(Usage::help);
  }

  private int refuse(ParameterException wrong) {
    CommandLine line = wrong.getCommandLine();
    line.getErr()
        .println(
            switch (wrong) {
              case UnmatchedArgumentException unknown ->
                  messages.text("usage.unknown", String.join(" ", unknown.getUnmatched()));
              case MissingParameterException missing ->
                  messages.text(
                      "usage.missing",
                      String.join(
                          ", ",
                          missing.getMissing().stream()
                              .map(it -> it.isOption() ? name(it) : it.paramLabel())
                              .toList()));
              default -> wrong.getMessage();
            });
    line.usage(line.getErr());
    return WRONG;
  }

  private static String name(CommandLine.Model.ArgSpec option) {
    return ((CommandLine.Model.OptionSpec) option).longestName() + "=" + option.paramLabel();
  }
}
