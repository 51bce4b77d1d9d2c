package theater.mesh.translation.memo;

import theater.mesh.translation.Sight;

/// A small question that is not kept, because asking is cheap: a piece depends on its answer only,
/// not on what was looked through for it.
public interface Lookup<T> extends Question {

  /// The value; what it asks is not recorded.
  T look(Sight sight);

  /// The part of the view that it reads by itself.
  Root root();

  /// The value as an answer.
  default Object shown(T value) {
    return new Same(value);
  }

  @Override
  default Object answer(Sight sight) {
    return shown(look(sight));
  }
}
