package theater.mesh.explain.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a resource says, as texts by place: two of them can be compared.
final class Facts {
  private final Map<Place, Map<String, String>> places = new LinkedHashMap<>();

  /// A part of a resource. Two places are the same when host and match are.
  record Place(String host, String match, String object, String path) {
    static final Place WHOLE = new Place("", "", "", "");

    @Override
    public boolean equals(Object other) {
      return other instanceof Place that && host.equals(that.host) && match.equals(that.match);
    }

    @Override
    public int hashCode() {
      return 31 * host.hashCode() + match.hashCode();
    }
  }

  /// @param what with a space before which one: `weight ctx1`
  void put(Place place, String what, String text) {
    Map<String, String> facts = places.computeIfAbsent(place, _ -> new LinkedHashMap<>());
    if (text != null && !text.isEmpty()) {
      facts.put(what, text);
    }
  }

  /// A place that no other has: of two equal rules the second acts never, but is there.
  Place free(Place wanted) {
    Place place = wanted;
    for (int i = 2; places.containsKey(place); i++) {
      place = new Place(wanted.host, wanted.match + " #" + i, wanted.object, wanted.path);
    }
    return place;
  }

  static List<Difference> between(Facts before, Facts after) {
    List<Difference> result = new ArrayList<>();
    Set<Place> all = new LinkedHashSet<>(after.places.keySet());
    all.addAll(before.places.keySet());
    for (Place place : all) {
      Map<String, String> old = before.places.get(place);
      Map<String, String> now = after.places.get(place);
      Set<String> whats = new LinkedHashSet<>();
      if (now != null) {
        whats.addAll(now.keySet());
      }
      if (old != null) {
        whats.addAll(old.keySet());
      }
      for (String what : whats) {
        String from = old == null ? "" : old.getOrDefault(what, "");
        String to = now == null ? "" : now.getOrDefault(what, "");
        if (!from.equals(to)) {
          int space = what.indexOf(' ');
          result.add(
              new Difference(
                  place.host,
                  place.object,
                  place.path,
                  place.match,
                  space < 0 ? what : what.substring(0, space),
                  space < 0 ? "" : what.substring(space + 1),
                  from,
                  to));
        }
      }
    }
    return result;
  }
}
