package theater.laptop.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import theater.laptop.api.json.Json;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.status.Cause;
import theater.laptop.api.status.StatusException;
import theater.laptop.api.store.ObjectStore;

/// Which state a list or watch is about: `resourceVersion`, `resourceVersionMatch`, `continue`,
/// `sendInitialEvents` and what of them goes together (Kubernetes: meta.k8s.io ListOptions).
///
/// @param match empty, `Exact` or `NotOlderThan` once checked
record ListOptions(String resourceVersion, String match, String next, boolean initialEvents) {
  private static final Kind KIND =
      new Kind(
          "meta.k8s.io",
          List.of("v1"),
          "listoptions",
          "ListOptions",
          List.of(),
          List.of(),
          Set.of(),
          null);
  private static final String MATCH = "resourceVersionMatch";

  static ListOptions of(Exchange exchange) {
    return new ListOptions(
        exchange.query("resourceVersion"),
        exchange.query(MATCH),
        exchange.query("continue"),
        exchange.request.query().contains("sendInitialEvents"));
  }

  /// @throws StatusException 422 for what does not go together, 400 for what is no version, 410 and
  ///   504 for a state that this server no longer or not yet has
  void checkList(ObjectStore store, String resource, ObjectStore.Listing listing) {
    List<Cause> causes = new ArrayList<>();
    if (!match.isEmpty()) {
      if (resourceVersion.isEmpty()) {
        forbid(
            causes, MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided");
      }
      if (!next.isEmpty()) {
        forbid(causes, MATCH, "resourceVersionMatch is forbidden when continue is provided");
      }
      if (!List.of("Exact", "NotOlderThan").contains(match)) {
        causes.add(
            Cause.unsupported(MATCH, "\"" + match + "\"", List.of("Exact", "NotOlderThan", "")));
      }
      if (match.equals("Exact") && resourceVersion.equals("0")) {
        forbid(
            causes, MATCH, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
      }
    }
    if (initialEvents) {
      forbid(causes, "sendInitialEvents", "sendInitialEvents is forbidden for list");
    }
    refuse(causes);
    long version = version();
    if (!next.isEmpty() && version != 0) {
      throw StatusException.badRequest(
          "specifying resource version is not allowed when using continue");
    }
    if (version > listing.resourceVersion()) {
      throw tooLarge(version, listing.resourceVersion());
    }
    if (match.equals("Exact") && !store.unchangedSince(resource, version)) {
      throw new StatusException(
          410, "Expired", "The resourceVersion for the provided list is too old.", null);
    }
  }

  /// @throws StatusException 422
  void checkWatch() {
    List<Cause> causes = new ArrayList<>();
    if (initialEvents && !match.equals("NotOlderThan")) {
      forbid(
          causes, MATCH, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    }
    if (!match.isEmpty()) {
      if (!initialEvents) {
        forbid(
            causes,
            MATCH,
            "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
      }
      if (!match.equals("NotOlderThan")) {
        causes.add(Cause.unsupported(MATCH, "\"" + match + "\"", List.of("NotOlderThan")));
      }
      if (!next.isEmpty()) {
        forbid(causes, MATCH, "resourceVersionMatch is forbidden when continue is provided");
      }
    }
    refuse(causes);
  }

  /// 0 when none is given. @throws StatusException 400
  long version() {
    try {
      return resourceVersion.isEmpty() ? 0 : Long.parseUnsignedLong(resourceVersion);
    } catch (NumberFormatException e) {
      throw StatusException.badRequest(
          "resourceVersion: Invalid value: \"" + resourceVersion + "\": expected a whole number");
    }
  }

  private static void forbid(List<Cause> causes, String field, String why) {
    causes.add(Cause.forbidden(field, why));
  }

  private static void refuse(List<Cause> causes) {
    if (!causes.isEmpty()) {
      throw StatusException.invalid(KIND, "", causes);
    }
  }

  private static StatusException tooLarge(long asked, long newest) {
    ObjectNode details = Json.object().put("retryAfterSeconds", 1);
    details
        .putArray("causes")
        .addObject()
        .put("reason", "ResourceVersionTooLarge")
        .put("message", "Too large resource version");
    return new StatusException(
        504, "Timeout", "Too large resource version: " + asked + ", current: " + newest, details);
  }
}
