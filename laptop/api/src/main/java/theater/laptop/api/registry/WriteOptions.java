package theater.laptop.api.registry;

import java.util.function.Consumer;
import theater.laptop.api.schema.Strictness;

/// How a write is made.
///
/// @param manager who owns the fields that are written, as `metadata.managedFields` names them;
///   empty: nobody
/// @param warnings told each sentence that the client shall see
public record WriteOptions(
    boolean dryRun, Strictness strictness, String manager, Consumer<String> warnings) {
  /// A write by this process.
  public static final WriteOptions QUIET = new WriteOptions(false, Strictness.IGNORE, "", _ -> {});
}
