package theater.kit;

import java.util.ResourceBundle;

/// Sends what libraries log with `System.Logger` at WARNING and above to the event log; starts
/// nothing of java.util.logging.
public final class PlatformLogger extends System.LoggerFinder {
  private static final EventLog LOG = new EventLog(System.out);

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Forward(name);
  }

  private record Forward(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level.getSeverity() >= Level.WARNING.getSeverity() && level != Level.OFF;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      if (isLoggable(level)) {
        LOG.error(
            "logger",
            name,
            "message",
            message,
            "error",
            thrown == null ? null : EventLog.causes(thrown));
      }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      if (isLoggable(level)) {
        LOG.error(
            "logger",
            name,
            "message",
            parameters == null ? format : java.text.MessageFormat.format(format, parameters));
      }
    }
  }
}
