package theater.mesh.translation.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import theater.mesh.translation.Problem.Severity;

/// A place in an object that a person wrote. Reading never throws: a value of the wrong type counts
/// as absent and is reported.
///
/// @param object `VirtualService theater-msa/user-service-vs`
/// @param path from the object's root, `spec.http[0].fault`
public record SpecNode(JsonNode json, String object, String path, Problems problems) {

  /// A place where nothing was written.
  public static SpecNode absent(Problems problems) {
    return new SpecNode(MissingNode.getInstance(), "", "", problems);
  }

  /// Whether something was written here.
  public boolean present() {
    return !json.isMissingNode() && !json.isNull();
  }

  /// A field, present or not.
  public SpecNode at(String name) {
    return new SpecNode(json.path(name), object, path + "." + name, problems);
  }

  /// A nested field, `at("a").at("b")`.
  public SpecNode at(String first, String... rest) {
    SpecNode node = at(first);
    for (String name : rest) {
      node = node.at(name);
    }
    return node;
  }

  /// A field that may be written in two ways, as the JSON form of protobuf allows.
  public SpecNode either(String name, String otherName) {
    return at(name).present() ? at(name) : at(otherName);
  }

  /// The elements of a list; empty when absent.
  public List<SpecNode> items() {
    List<SpecNode> result = new ArrayList<>();
    if (json.isArray()) {
      for (int i = 0; i < json.size(); i++) {
        result.add(new SpecNode(json.get(i), object, path + "[" + i + "]", problems));
      }
    } else if (present()) {
      malformed("a list");
    }
    return result;
  }

  /// The entries of a map in the order written; empty when absent.
  public Map<String, SpecNode> entries() {
    Map<String, SpecNode> result = new LinkedHashMap<>();
    if (json.isObject()) {
      json.fieldNames().forEachRemaining(name -> result.put(name, at(name)));
    } else if (present()) {
      malformed("an object");
    }
    return result;
  }

  /// The entries whose values are texts.
  public Map<String, String> texts() {
    Map<String, String> result = new LinkedHashMap<>();
    entries().forEach((name, value) -> value.text().ifPresent(text -> result.put(name, text)));
    return result;
  }

  /// The elements that are texts.
  public List<String> textItems() {
    List<String> result = new ArrayList<>();
    items().forEach(item -> item.text().ifPresent(result::add));
    return result;
  }

  /// A text.
  public Optional<String> text() {
    if (json.isTextual()) {
      return Optional.of(json.textValue());
    }
    if (present()) {
      malformed("a text");
    }
    return Optional.empty();
  }

  /// A text, or this one.
  public String textOr(String other) {
    return text().orElse(other);
  }

  /// A whole number.
  public OptionalLong whole() {
    if (json.isIntegralNumber() && json.canConvertToLong()) {
      return OptionalLong.of(json.longValue());
    }
    if (json.isNumber() && json.doubleValue() == Math.rint(json.doubleValue())) {
      return OptionalLong.of((long) json.doubleValue());
    }
    if (present()) {
      malformed("a whole number");
    }
    return OptionalLong.empty();
  }

  /// A whole number from 0 to 4294967295, as Envoy's UInt32 takes it.
  public Optional<Integer> unsigned() {
    OptionalLong whole = whole();
    if (whole.isPresent() && (whole.getAsLong() < 0 || whole.getAsLong() > 0xFFFFFFFFL)) {
      malformed("a number from 0 to 4294967295");
      return Optional.empty();
    }
    return whole.isPresent() ? Optional.of((int) whole.getAsLong()) : Optional.empty();
  }

  /// A number.
  public Optional<Double> number() {
    if (json.isNumber()) {
      return Optional.of(json.doubleValue());
    }
    if (present()) {
      malformed("a number");
    }
    return Optional.empty();
  }

  /// True or false; absent is false.
  public boolean flag() {
    if (present() && !json.isBoolean()) {
      malformed("true or false");
    }
    return json.asBoolean(false);
  }

  /// A regular expression that Envoy takes.
  public Optional<String> regex() {
    Optional<String> written = text();
    Optional<String> problem = written.flatMap(Re2::problem);
    problem.ifPresent(why -> malformed("a regular expression of RE2: " + why));
    return problem.isPresent() ? Optional.empty() : written;
  }

  /// A name of a header.
  public static boolean headerName(String name) {
    return name.matches(":?[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  }

  /// A duration of at least a millisecond.
  public Optional<Duration> duration() {
    Optional<Duration> duration =
        text().flatMap(GoDuration::parse).filter(value -> value.toMillis() > 0);
    if (duration.isEmpty() && json.isTextual()) {
      malformed("a duration such as 3s or 250ms");
    }
    return duration;
  }

  /// Reports a value that could not be read.
  public void malformed(String expected) {
    problem(Severity.MALFORMED, "is " + json + "; expected " + expected);
  }

  /// Reports a problem at this place.
  public void problem(Severity severity, String text) {
    problems.add(severity, object, path, text);
  }
}
