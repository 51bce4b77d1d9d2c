package theater.mesh.translation.memo;

import theater.mesh.translation.Sight;

/// A piece of the translation that is kept: a record of what tells it from others of its kind. It
/// asks nothing but its sight, so that what it asked tells when it must be made anew.
public interface Unit<T> extends Question {

  /// Makes it. Equal answers of the sight must give equal results.
  T make(Sight sight);

  @Override
  default Object answer(Sight sight) {
    return sight.answer(this);
  }
}
