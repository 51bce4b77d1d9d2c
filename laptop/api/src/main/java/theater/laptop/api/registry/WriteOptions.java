package theater.laptop.api.registry;

import java.util.function.Consumer;
import theater.laptop.api.schema.Strictness;

/// How a write is made.
///
/// @param warnings told each sentence that the client shall see
public record WriteOptions(boolean dryRun, Strictness strictness, Consumer<String> warnings) {
  /// A write by this process.
  public static final WriteOptions QUIET = new WriteOptions(false, Strictness.IGNORE, _ -> {});
}
