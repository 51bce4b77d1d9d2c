package theater.kit.redis;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// Some documents of a collection, each a JSON object in UTF-8, and how many there are in all.
public record DocumentPage(long total, List<byte[]> documents) {
  /// A JSON array of the documents, unchanged.
  public byte[] json() {
    int size = documents.stream().mapToInt(d -> d.length + 1).sum() + 2;
    var out = new ByteArrayOutputStream(size);
    out.write('[');
    for (int i = 0; i < documents.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(documents.get(i));
    }
    out.write(']');
    return out.toByteArray();
  }
}
