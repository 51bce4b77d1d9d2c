package theater.laptop.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// In which line of a file a place of an object stands. The API server keeps no lines, so only the
/// file itself can tell.
final class YamlLines {
  private final Map<String, String> lines = new HashMap<>();

  /// One open object or list.
  private static final class Level {
    final String path;
    String field = "";
    int index = -1;
    final boolean list;

    Level(String path, boolean list) {
      this.path = path;
      this.list = list;
    }

    String inside() {
      return list ? path + "[" + index + "]" : path.isEmpty() ? field : path + "." + field;
    }
  }

  /// @throws CommandException naming the file that cannot be read
  static YamlLines of(List<Path> files, Messages messages) {
    YamlLines result = new YamlLines();
    for (Path file : files) {
      try (JsonParser parser = new YAMLFactory().createParser(Files.readString(file))) {
        result.read(file.toString(), parser);
      } catch (IOException e) {
        throw messages.failure("explain.file", file, e.getMessage());
      }
    }
    return result;
  }

  private void read(String file, JsonParser parser) throws IOException {
    Deque<Level> open = new ArrayDeque<>();
    Map<String, Integer> places = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.FIELD_NAME) {
        open.peek().field = parser.currentName();
        places.put(open.peek().inside(), parser.currentTokenLocation().getLineNr());
        continue;
      }
      if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
        open.pop();
        if (open.isEmpty()) {
          keep(file, places, texts);
          places.clear();
          texts.clear();
        }
        continue;
      }
      if (!open.isEmpty() && open.peek().list) {
        open.peek().index++;
      }
      String path = open.isEmpty() ? "" : open.peek().inside();
      places.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
      if (token.isStructStart()) {
        open.push(new Level(path, token == JsonToken.START_ARRAY));
      } else {
        texts.put(path, parser.getText());
      }
    }
  }

  private void keep(String file, Map<String, Integer> places, Map<String, String> texts) {
    String object = texts.get("kind") + " " + texts.get("metadata.name");
    places.forEach((path, line) -> lines.put(object + " " + path, file + ":" + line));
  }

  /// An object of a file that is not in force: its lines are those of another rule.
  ///
  /// @param object `VirtualService user-service-vs`
  void forget(String object) {
    lines.keySet().removeIf(place -> place.startsWith(object + " "));
  }

  /// `FILE:LINE`, or empty. A file need not say the namespace.
  ///
  /// @param object `VirtualService theater-msa/user-service-vs`
  /// @param path `spec.http[1]`
  String line(String object, String path) {
    return lines.getOrDefault(object.replaceFirst(" [^/]*/", " ") + " " + path, "");
  }
}
