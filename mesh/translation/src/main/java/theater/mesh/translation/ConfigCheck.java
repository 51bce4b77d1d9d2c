package theater.mesh.translation;

import java.util.ArrayList;
import java.util.List;
import theater.mesh.translation.check.Complaints;
import theater.mesh.translation.check.ObjectCheck;
import theater.mesh.view.ConfigObject;

/// What can be said about an object before it is stored: whether Istio's webhook would refuse it,
/// and which of its fields have no effect here. Pure, and without a view: references to other
/// objects are not looked at.
public final class ConfigCheck {

  /// Checks one object. Never throws for what a person wrote.
  public Verdict check(ConfigObject object) {
    Complaints complaints = ObjectCheck.check(object);
    List<String> warnings = new ArrayList<>(complaints.warnings());
    NotModelled.in(object).forEach(problem -> warnings.add(problem.field() + " " + problem.text()));
    return new Verdict(complaints.text(), warnings);
  }
}
