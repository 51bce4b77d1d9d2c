package theater.laptop.api.kind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one server serves: the built-in kinds, and those that its CustomResourceDefinitions define.
/// Thread-safe.
public final class ServedKinds {
  private static final Pattern VERSION = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

  /// The versions of a group as Kubernetes prefers them: v2, v1, v1beta2, v1alpha1, then the others
  /// by name.
  public static final Comparator<String> PREFERRED =
      Comparator.comparing(ServedKinds::rank).reversed().thenComparing(Comparator.naturalOrder());

  private record Table(List<Kind> all, Map<String, Kind> byPath) {
    static Table of(List<Kind> kinds) {
      Map<String, Kind> paths = new HashMap<>();
      for (Kind kind : kinds) {
        kind.versions()
            .forEach(
                version -> paths.putIfAbsent(kind.apiVersion(version) + "/" + kind.plural(), kind));
      }
      return new Table(List.copyOf(kinds), paths);
    }
  }

  private volatile Table table = Table.of(Kinds.ALL);

  /// Replaces what is served beyond the built-in kinds.
  public void define(List<Kind> learned) {
    List<Kind> all = new ArrayList<>(Kinds.ALL);
    all.addAll(learned);
    table = Table.of(all);
  }

  /// @param apiVersion `v1`, `apps/v1`
  public Optional<Kind> byPath(String apiVersion, String plural) {
    return Optional.ofNullable(table.byPath.get(apiVersion + "/" + plural));
  }

  /// Each kind once, in its preferred version.
  public List<Kind> preferred() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    table.all.forEach(kind -> kinds.putIfAbsent(kind.resource(), kind));
    return List.copyOf(kinds.values());
  }

  /// Groups in the order of discovery, the core group (empty) first.
  public Set<String> groups() {
    Set<String> groups = new LinkedHashSet<>();
    table.all.forEach(kind -> groups.add(kind.group()));
    return groups;
  }

  /// The versions of a group, preferred first.
  public List<String> versions(String group) {
    return table.all.stream()
        .filter(kind -> kind.group().equals(group))
        .flatMap(kind -> kind.versions().stream())
        .distinct()
        .sorted(PREFERRED)
        .toList();
  }

  /// The kinds of a group that have this version.
  public List<Kind> in(String group, String version) {
    return table.all.stream()
        .filter(kind -> kind.group().equals(group) && kind.versions().contains(version))
        .toList();
  }

  /// Higher is preferred.
  private static long rank(String version) {
    Matcher parts = VERSION.matcher(version);
    if (!parts.matches()) {
      return -1;
    }
    long stage = parts.group(2) == null ? 2 : parts.group(2).equals("beta") ? 1 : 0;
    long minor = parts.group(3) == null ? 0 : Long.parseLong(parts.group(3));
    return (stage << 60) + (Long.parseLong(parts.group(1)) << 30) + minor;
  }
}
