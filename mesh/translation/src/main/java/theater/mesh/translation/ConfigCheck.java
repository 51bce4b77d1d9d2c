package theater.mesh.translation;

import java.util.List;
import java.util.regex.Pattern;
import theater.mesh.translation.check.Complaints;
import theater.mesh.translation.check.ObjectCheck;
import theater.mesh.view.ConfigObject;

/// What can be said about an object before it is stored: whether Istio's webhook would refuse it,
/// and which of its fields have no effect here. Pure, and without a view: references to other
/// objects are not looked at.
public final class ConfigCheck {
  private static final Pattern VERSIONS =
      Pattern.compile("(?!.*istio\\.io/).*|.*/(v1|v1beta1|v1alpha3|v1alpha1)");

  /// Checks one object. Never throws for what a person wrote.
  public Verdict check(ConfigObject object) {
    if (!VERSIONS.matcher(object.apiVersion()).matches()) {
      return new Verdict(
          "unrecognized type " + object.apiVersion() + ", Kind=" + object.kind(),
          List.of(),
          List.of());
    }
    Complaints complaints = ObjectCheck.check(object);
    return new Verdict(complaints.text(), complaints.warnings(), NotModelled.in(object));
  }
}
