package theater.mesh.translation.advice;

import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.spec.SpecNode;

/// What one advice found in one object.
final class Findings {
  private final String code;
  private final List<Advised> list = new ArrayList<>();

  Findings(String code) {
    this.code = code;
  }

  /// @param korean and english: one sentence each that goes on after the field's path
  void add(SpecNode place, String korean, String english) {
    list.add(new Advised(code, place.object(), place.path(), korean, english));
  }

  List<Advised> list() {
    return list;
  }
}
