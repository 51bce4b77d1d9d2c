package theater.laptop.names;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;

/// Lines of `ADDRESS NAME NAME…`, IPv4 only; `#` starts a comment. Read again when the file
/// changed, which is looked at no more often than each 100 ms. Kept free of lambdas and patterns:
/// it runs in every program's start.
final class HostsFile {
  private static final long LOOK_AGAIN_NANOS = 100_000_000;

  private final Path path;
  private Map<String, byte[]> addresses = new HashMap<>();
  private long lookedAt;
  private long modified = -1;
  private long size = -1;
  private Object key;
  private boolean looked;

  HostsFile(Path path) {
    this.path = path;
  }

  /// The four bytes of a name's address, or null.
  synchronized byte[] address(String name) {
    refresh();
    return addresses.get(plain(name));
  }

  /// The shortest name of an address, or null.
  synchronized String name(byte[] address) {
    refresh();
    String best = null;
    for (Map.Entry<String, byte[]> entry : addresses.entrySet()) {
      String name = entry.getKey();
      if (Arrays.equals(entry.getValue(), address)
          && (best == null || name.length() < best.length())) {
        best = name;
      }
    }
    return best;
  }

  private void refresh() {
    long now = System.nanoTime();
    if (looked && now - lookedAt < LOOK_AGAIN_NANOS) {
      return;
    }
    looked = true;
    lookedAt = now;
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      long newModified = attributes.lastModifiedTime().toMillis();
      // A file that is replaced within the clock's grain differs by its inode.
      if (newModified != modified
          || attributes.size() != size
          || (key != null && !key.equals(attributes.fileKey()))) {
        addresses = parse(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
        modified = newModified;
        size = attributes.size();
        key = attributes.fileKey();
      }
    } catch (IOException e) {
      // The last known names stay: a name that cannot be read now is better answered by what it
      // was.
      modified = -1;
    }
  }

  static Map<String, byte[]> parse(String text) {
    Map<String, byte[]> parsed = new HashMap<>();
    StringTokenizer lines = new StringTokenizer(text, "\r\n");
    while (lines.hasMoreTokens()) {
      String line = lines.nextToken();
      int comment = line.indexOf('#');
      StringTokenizer words = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
      byte[] address = words.hasMoreTokens() ? ipv4(words.nextToken()) : null;
      while (address != null && words.hasMoreTokens()) {
        parsed.putIfAbsent(plain(words.nextToken()), address);
      }
    }
    return parsed;
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /// Four decimal numbers, or null.
  private static byte[] ipv4(String text) {
    byte[] bytes = new byte[4];
    StringTokenizer parts = new StringTokenizer(text, ".");
    if (parts.countTokens() != 4) {
      return null;
    }
    for (int i = 0; i < 4; i++) {
      int value;
      try {
        value = Integer.parseInt(parts.nextToken());
      } catch (NumberFormatException e) {
        return null;
      }
      if (value < 0 || value > 255) {
        return null;
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }
}
