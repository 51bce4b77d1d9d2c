package theater.mesh.translation.check;

import java.util.ArrayList;
import java.util.List;

/// What is wrong with one object. Istio writes a single complaint as it is, some kinds of them as a
/// list of one, several as a list.
public final class Complaints {
  private final List<String> texts = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private boolean listed;

  void add(String text) {
    texts.add(text);
  }

  /// A complaint that Istio writes as a list, even when it is the only one.
  void addListed(String text) {
    add(text);
    listed = true;
  }

  void addIf(boolean wrong, String text) {
    if (wrong) {
      add(text);
    }
  }

  /// A complaint that a rule returned; an empty text is none.
  void addGiven(String text) {
    addIf(!text.isEmpty(), text);
  }

  void warn(String text) {
    warnings.add(text);
  }

  void warnIf(boolean odd, String text) {
    if (odd) {
      warn(text);
    }
  }

  List<String> texts() {
    return List.copyOf(texts);
  }

  boolean none() {
    return texts.isEmpty();
  }

  /// Only this complaint counts: Istio stops at it.
  void only(String text) {
    texts.clear();
    warnings.clear();
    listed = false;
    add(text);
  }

  /// Every complaint begins with these words.
  void prefix(String words) {
    texts.replaceAll(text -> words + text);
  }

  /// The text after `configuration is invalid: `; empty when nothing is wrong.
  public String text() {
    if (texts.isEmpty() || texts.size() == 1 && !listed) {
      return String.join("", texts);
    }
    return texts.size()
        + (texts.size() == 1 ? " error occurred: * " : " errors occurred: * ")
        + String.join(" * ", texts);
  }

  /// What Istio only warns of.
  public List<String> warnings() {
    return List.copyOf(warnings);
  }
}
