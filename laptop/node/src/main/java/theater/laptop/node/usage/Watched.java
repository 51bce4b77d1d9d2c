package theater.laptop.node.usage;

import java.util.List;

/// A container whose process runs.
///
/// @param limit bytes of memory, `Long.MAX_VALUE` for none
record Watched(String namespace, String pod, String container, Process process, long limit) {

  /// Whether it uses more memory than it may. Shared pages are only divided when it could matter:
  /// that costs a walk over all pages.
  boolean tooLarge(List<ProcessTable.Row> tree) {
    long resident = tree.stream().mapToLong(ProcessTable.Row::resident).sum();
    return resident > limit && memory(tree) > limit;
  }

  static long memory(List<ProcessTable.Row> tree) {
    return tree.stream().mapToLong(row -> ProcessTable.proportional(row.pid())).sum();
  }
}
