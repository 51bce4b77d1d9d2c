package theater.booking;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import theater.kit.json.Fields;

/// The seats of one film: ten rows A to J of ten, `A1` … `J10`, in this order the lowest first.
final class Seats {
  static final int COUNT = 100;
  static final List<String> ALL = all();
  private static final Set<String> NAMES = Set.copyOf(ALL);

  /// What a booking asks for: either a count, or names.
  ///
  /// @param count 0 when there are names
  record Wanted(int count, List<String> names) {
    /// As it came: `2` or `["A1","A2"]`.
    String json() {
      return names.isEmpty() ? "" + count : "[\"" + String.join("\",\"", names) + "\"]";
    }
  }

  private Seats() {}

  /// Takes the field `seats`: a count from 1 to 100, or a list of different seat names.
  static Wanted wanted(Fields fields) {
    return switch (fields.raw("seats")) {
      case List<?> list -> named(list, fields);
      case Number number -> new Wanted(fields.number("seats", 1, COUNT), List.of());
      case null ->
          fields.refuse(
              "seats",
              "is missing; expected a count from 1 to 100 or a list of seat names",
              new Wanted(1, List.of()));
      default ->
          fields.refuse(
              "seats",
              "is neither a count nor a list; expected 2 or [\"A1\",\"A2\"]",
              new Wanted(1, List.of()));
    };
  }

  private static Wanted named(List<?> list, Fields fields) {
    var names = new LinkedHashSet<String>();
    for (Object item : list) {
      if (!(item instanceof String name) || !NAMES.contains(name)) {
        return fields.refuse(
            "seats",
            "has " + item + "; expected names from \"A1\" to \"J10\"",
            new Wanted(1, List.of()));
      }
      if (!names.add(name)) {
        return fields.refuse(
            "seats",
            "has \"" + name + "\" twice; expected different seats",
            new Wanted(1, List.of()));
      }
    }
    return names.isEmpty()
        ? fields.refuse(
            "seats", "is an empty list; expected at least one seat", new Wanted(1, List.of()))
        : new Wanted(0, List.copyOf(names));
  }

  private static List<String> all() {
    var all = new ArrayList<String>(COUNT);
    for (char row = 'A'; row <= 'J'; row++) {
      for (int number = 1; number <= 10; number++) {
        all.add("" + row + number);
      }
    }
    return List.copyOf(all);
  }
}
