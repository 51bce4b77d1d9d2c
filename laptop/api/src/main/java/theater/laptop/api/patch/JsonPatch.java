package theater.laptop.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import theater.laptop.api.status.StatusException;

/// JSON patch, RFC 6902.
public final class JsonPatch {
  private JsonPatch() {}

  /// A new tree. @throws StatusException 400 for a patch that is none, 422 when it does not fit
  public static JsonNode apply(JsonNode target, JsonNode patch) {
    if (!patch.isArray()) {
      throw StatusException.badRequest(
          "json: cannot unmarshal object into Go value of type jsonpatch.Patch");
    }
    JsonNode result = target.deepCopy();
    for (JsonNode step : patch) {
      result = apply(result, step.path("op").asText(), step.path("path").asText(), step);
    }
    return result;
  }

  private static JsonNode apply(JsonNode root, String operation, String path, JsonNode step) {
    switch (operation) {
      case "add" -> put(root, path, step.path("value").deepCopy(), true);
      case "replace" -> {
        find(root, path);
        put(root, path, step.path("value").deepCopy(), false);
      }
      case "remove" -> remove(root, path);
      case "move" -> put(root, path, remove(root, step.path("from").asText()), true);
      case "copy" -> put(root, path, find(root, step.path("from").asText()).deepCopy(), true);
      case "test" -> {
        if (!find(root, path).equals(step.path("value"))) {
          throw refused("testing value " + path + " failed");
        }
      }
      default ->
          throw refused(
              "unexpected kind: "
                  + operation
                  + "; expected add, replace, remove, move, copy or test");
    }
    return root;
  }

  private static JsonNode find(JsonNode root, String path) {
    JsonNode found = root.at(path);
    if (found.isMissingNode()) {
      throw refused(
          "replace operation does not apply: doc is missing path: " + path + ": missing value");
    }
    return found;
  }

  private static void put(JsonNode root, String path, JsonNode value, boolean insert) {
    JsonNode parent = parent(root, path);
    String last = last(path);
    if (parent instanceof ObjectNode object) {
      object.set(last, value);
    } else if (parent instanceof ArrayNode array) {
      int index = last.equals("-") ? array.size() : index(array, last, insert);
      if (insert) {
        array.insert(index, value);
      } else {
        array.set(index, value);
      }
    }
  }

  private static JsonNode remove(JsonNode root, String path) {
    JsonNode parent = parent(root, path);
    String last = last(path);
    JsonNode removed =
        parent instanceof ObjectNode object
            ? object.remove(last)
            : ((ArrayNode) parent).remove(index((ArrayNode) parent, last, false));
    if (removed == null) {
      throw refused(
          "remove operation does not apply: doc is missing path: " + path + ": missing value");
    }
    return removed;
  }

  private static JsonNode parent(JsonNode root, String path) {
    int slash = path.lastIndexOf('/');
    JsonNode parent = slash < 0 ? root.at("/missing") : root.at(path.substring(0, slash));
    if (!parent.isContainerNode()) {
      throw refused(
          "add operation does not apply: doc is missing path: \"" + path + "\": missing value");
    }
    return parent;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  private static int index(ArrayNode array, String text, boolean insert) {
    int largest = insert ? array.size() : array.size() - 1;
    if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) > largest) {
      throw refused("unable to access invalid index: " + text + ": expected 0 to " + largest);
    }
    return Integer.parseInt(text);
  }

  private static StatusException refused(String why) {
    return new StatusException(
        422,
        "Invalid",
        "the server rejected our request due to an error in our request: " + why,
        null);
  }
}
