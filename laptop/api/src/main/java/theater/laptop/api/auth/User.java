package theater.laptop.api.auth;

import java.util.List;

/// Who makes a request.
public record User(String name, List<String> groups) {
  public static final String MASTERS = "system:masters";

  /// This process itself.
  public static final User SYSTEM = new User("system:apiserver", List.of(MASTERS));

  public User {
    groups = List.copyOf(groups);
  }

  /// Whether nothing is refused.
  public boolean master() {
    return groups.contains(MASTERS);
  }
}
