package theater.laptop.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The order of a list after a strategic merge: items that the patch names keep the patch's order
/// (or that of `$setElementOrder`), the others keep the server's; the two are interleaved so that a
/// server item goes first only where the server had it first.
///
/// @param key merge key; empty for plain values
record MergedList(String key) {

  /// @param merged all items, in any order
  /// @param named items of the patch
  /// @param order `$setElementOrder`, or null
  /// @param before the list as the server had it
  ArrayNode order(ArrayNode merged, ArrayNode named, JsonNode order, ArrayNode before) {
    ArrayNode wanted = order instanceof ArrayNode given ? given : named;
    List<JsonNode> patched = new ArrayList<>();
    List<JsonNode> kept = new ArrayList<>();
    merged.forEach(item -> (index(wanted, item) >= 0 ? patched : kept).add(item));
    patched.sort(Comparator.comparingInt(item -> index(wanted, item)));
    kept.sort(Comparator.comparingInt(item -> index(before, item)));
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    int left = 0;
    int right = 0;
    while (left < kept.size() || right < patched.size()) {
      boolean server =
          right == patched.size()
              || left < kept.size() && earlier(before, kept.get(left), patched.get(right));
      result.add(server ? kept.get(left++) : patched.get(right++));
    }
    return result;
  }

  private boolean earlier(ArrayNode before, JsonNode one, JsonNode other) {
    int first = index(before, one);
    int second = index(before, other);
    return first >= 0 && second >= 0 && first < second;
  }

  /// Where an item with the same key is; -1 for nowhere.
  int index(ArrayNode list, JsonNode item) {
    JsonNode wanted = key.isEmpty() ? item : item.path(key);
    for (int i = 0; i < list.size(); i++) {
      if ((key.isEmpty() ? list.get(i) : list.get(i).path(key)).equals(wanted)) {
        return i;
      }
    }
    return -1;
  }
}
