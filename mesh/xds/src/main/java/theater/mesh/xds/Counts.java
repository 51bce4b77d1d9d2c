package theater.mesh.xds;

/// What a server has done since it started.
///
/// @param views MeshViews that were pushed; those overtaken by a newer one are not counted
/// @param responses messages to Envoys
/// @param resources resources in them
/// @param bytes of the messages
/// @param refusals NACKs
public record Counts(long views, long responses, long resources, long bytes, long refusals) {
  static final Counts NONE = new Counts(0, 0, 0, 0, 0);

  Counts view() {
    return new Counts(views + 1, responses, resources, bytes, refusals);
  }

  Counts response(int sent, int size) {
    return new Counts(views, responses + 1, resources + sent, bytes + size, refusals);
  }

  Counts refusal() {
    return new Counts(views, responses, resources, bytes, refusals + 1);
  }
}
