package theater.gateway;

/// The services that the gateway passes requests on to.
public enum CinemaService {
  USER("user-service", "/users", 8081),
  MOVIE("movie-service", "/movies", 8082),
  BOOKING("booking-service", "/bookings", 8083);

  private final String id;
  private final String path;
  private final int defaultPort;

  CinemaService(String id, String path, int defaultPort) {
    this.id = id;
    this.path = path;
    this.defaultPort = defaultPort;
  }

  /// The Kubernetes Service's name, `user-service`.
  public String id() {
    return id;
  }

  /// The first segment of its paths, `/users`.
  public String path() {
    return path;
  }

  /// Where it is when no variable says otherwise, `http://user-service:8081`.
  String defaultUrl() {
    return "http://" + id + ":" + defaultPort;
  }

  /// The service with this name, or null.
  public static CinemaService byId(String id) {
    for (CinemaService service : values()) {
      if (service.id.equals(id)) {
        return service;
      }
    }
    return null;
  }

  /// The service of a request path: `/users`, `/users/…`; null when it is none of theirs.
  public static CinemaService ofPath(String path) {
    for (CinemaService service : values()) {
      String prefix = service.path;
      if (path.startsWith(prefix)
          && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/')) {
        return service;
      }
    }
    return null;
  }
}
