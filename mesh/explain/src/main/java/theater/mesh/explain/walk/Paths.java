package theater.mesh.explain.walk;

import java.util.ArrayList;
import java.util.List;

/// The regular form of a path, as Envoy's `normalize_path` makes it before routes look: letters and
/// digits unescaped, `.` and `..` resolved.
final class Paths {
  private Paths() {}

  static String normal(String path) {
    int query = path.indexOf('?');
    String plain = query < 0 ? path : path.substring(0, query);
    String rest = query < 0 ? "" : path.substring(query);
    List<String> parts = new ArrayList<>();
    String[] written = unescaped(plain).split("/", -1);
    for (int i = 1; i < written.length; i++) {
      boolean last = i == written.length - 1;
      if (written[i].equals("..")) {
        if (!parts.isEmpty()) {
          parts.removeLast();
        }
      } else if (!written[i].equals(".")) {
        parts.add(written[i]);
        continue;
      }
      if (last) {
        parts.add("");
      }
    }
    return "/" + String.join("/", parts) + rest;
  }

  private static String unescaped(String path) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char read = path.charAt(i);
      if (read == '%' && path.substring(i).matches("(?s)%[0-9A-Fa-f]{2}.*")) {
        char meant = (char) Integer.parseInt(path.substring(i + 1, i + 3), 16);
        if (Character.toString(meant).matches("[A-Za-z0-9._~-]")) {
          result.append(meant);
          i += 2;
          continue;
        }
      }
      result.append(read);
    }
    return result.toString();
  }
}
