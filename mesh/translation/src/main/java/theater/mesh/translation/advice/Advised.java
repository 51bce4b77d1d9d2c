package theater.mesh.translation.advice;

import java.util.Locale;

/// One advice about one place of an object.
///
/// @param code `T001`
/// @param object `VirtualService theater-msa/user-service-vs`
/// @param field path in the object, `spec.http[0].retries`
public record Advised(String code, String object, String field, String korean, String english) {

  /// Place and sentence in a language; English for all but Korean. A Korean sentence begins with
  /// the particle that belongs to the place.
  public String text(Locale language) {
    return language.getLanguage().equals("ko") ? field + korean : field + " " + english;
  }

  /// One line: code, place, sentence and page.
  public String line(Locale language) {
    return "theater/" + code + ": " + text(language) + " (docs/warnings/" + code + ".md)";
  }
}
