package theater.laptop.api.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.store.ObjectStore;

/// A part of a list, by `limit` and `continue`. All pages tell the version of the first one: who
/// watches from there sees every change that later pages may already hold.
///
/// @param remaining how many items follow this page
/// @param next the `continue` of the next page; empty for the last one
public record Page(long resourceVersion, List<ObjectNode> items, int remaining, String next) {

  /// @param limit null or 0 for all
  /// @param token `continue` of the page before; empty for the first one
  /// @throws StatusException 400 when the token is none; 410 when it is too old
  public static Page of(
      ObjectStore store, ObjectStore.Listing listing, Integer limit, String token) {
    List<ObjectNode> items = listing.items();
    long version = listing.resourceVersion();
    if (!token.isEmpty()) {
      JsonNode from = read(token);
      version = from.path("rv").asLong();
      if (!store.remembers(version)) {
        throw new StatusException(
            410,
            "Expired",
            "The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.",
            null);
      }
      String start = from.path("start").asText();
      items = items.stream().filter(item -> place(item).compareTo(start) > 0).toList();
    }
    if (limit == null || limit <= 0 || items.size() <= limit) {
      return new Page(version, items, 0, "");
    }
    List<ObjectNode> first = items.subList(0, limit);
    ObjectNode next =
        Json.object()
            .put("v", "meta.k8s.io/v1")
            .put("rv", version)
            .put("start", place(first.getLast()));
    return new Page(
        version,
        first,
        items.size() - limit,
        Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(next)));
  }

  /// The order of the store: namespace, then name. No name has the character in between.
  private static String place(ObjectNode item) {
    return Json.namespace(item) + "\u0000" + Json.name(item);
  }

  private static JsonNode read(String token) {
    try {
      JsonNode from = Json.read(Base64.getUrlDecoder().decode(token));
      if (from.path("rv").isIntegralNumber() && from.path("start").isTextual()) {
        return from;
      }
    } catch (IOException | IllegalArgumentException e) {
      // The same refusal.
    }
    throw StatusException.badRequest("continue key is not valid: \"" + token + "\"");
  }
}
