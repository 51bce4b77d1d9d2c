package theater.mesh.translation.security;

import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// An attribute of a call with the values that it may have and those that it must not have.
///
/// @param attribute in Istio's words: `source.principal`, `request.headers[x-user]`
record Condition(String attribute, List<String> values, List<String> notValues, SpecNode written) {

  /// The fields `name` and `notName` of a `source` or `operation`.
  static Condition of(SpecNode place, String name, String attribute) {
    String not = "not" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return new Condition(
        attribute, place.at(name).textItems(), place.at(not).textItems(), place.at(name));
  }

  /// An element of `when`.
  static Condition of(SpecNode when) {
    return new Condition(
        when.at("key").textOr(""),
        when.at("values").textItems(),
        when.at("notValues").textItems(),
        when);
  }

  /// Whether it is about the place called, not about the caller or the request.
  boolean aboutDestination() {
    return attribute.startsWith("destination.")
        || attribute.startsWith("operation.")
        || attribute.equals("connection.sni");
  }
}
