package theater.mesh.translation.memo;

import theater.mesh.translation.Sight;

/// Something that a piece of the translation may want to know. Equal questions ask the same.
public interface Question {

  /// The answer now: a value that equals only what means the same, or [Same] around an object that
  /// is replaced when it changes.
  Object answer(Sight sight);
}
