package theater.mesh.xds;

/// What a stream tells its server, and asks of it.
interface XdsEvents {

  /// @param bytes of the whole message
  void sent(int resources, int bytes);

  void refused();

  /// Runs it on the server's thread after the longest time that routes wait for clusters.
  void soon(Runnable again);

  /// Runs it on the server's thread when a refusal should be tried again.
  void later(Runnable again);
}
