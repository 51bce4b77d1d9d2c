package theater.laptop.istioctl;

import java.util.ArrayList;
import java.util.List;

/// Text in columns, as Go's tabwriter sets it: each column is as wide as its widest cell and the
/// padding; the last one is not padded.
final class Table {
  private final int padding;
  private final List<List<String>> rows = new ArrayList<>();

  Table(int padding, String... headers) {
    this.padding = padding;
    row((Object[]) headers);
  }

  Table row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        text.append(cell);
        if (i < columns - 1) {
          text.repeat(' ', widths[i] + padding - cell.codePointCount(0, cell.length()));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }
}
