package theater.laptop.cli;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// What a person reads, in Korean or English. Texts are [MessageFormat] patterns; arguments are put
/// in as they are.
record Messages(ResourceBundle bundle) {

  static Messages in(Locale language) {
    return new Messages(
        ResourceBundle.getBundle(
            "theater.laptop.cli.messages",
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
  }

  String text(String key, Object... arguments) {
    Object[] texts = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      texts[i] = String.valueOf(arguments[i]);
    }
    return new MessageFormat(bundle.getString(key), Locale.ROOT).format(texts);
  }

  /// The failure of a command, told in one sentence.
  CommandException failure(String key, Object... arguments) {
    return new CommandException(text(key, arguments));
  }
}
