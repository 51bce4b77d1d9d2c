package theater.laptop.plan;

import java.nio.file.Path;

/// The folder of one instance (`THEATER_HOME`, default `~/.theater`) and what lies where in it.
public record HomeFolder(Path root) {

  public HomeFolder {
    root = root.toAbsolutePath().normalize();
  }

  /// Certificates and keys, kept over restarts.
  public Path pki() {
    return root.resolve("pki");
  }

  /// The file for `KUBECONFIG`, with the contexts ctx1 and ctx2.
  public Path kubeconfig() {
    return root.resolve("kubeconfig");
  }

  /// The number of the instance whose addresses the stored objects have.
  public Path instance() {
    return root.resolve("instance");
  }

  /// Lock, pids, sockets and logs of what runs now.
  public Path run() {
    return root.resolve("run");
  }

  /// Unix socket of a context's xDS server.
  public Path xdsSocket(String context) {
    return run().resolve("xds-" + context + ".sock");
  }

  /// Unix socket behind istiod's port 15012 (xDS over TLS, for istioctl) in a context.
  public Path istiodSocket(String context) {
    return run().resolve("istiod-" + context + ".sock");
  }

  /// Unix socket behind istiod's port 15014 (HTTP) in a context.
  public Path istiodPagesSocket(String context) {
    return run().resolve("istiod-http-" + context + ".sock");
  }

  /// Unix socket of a node agent: `exec` and `attach`.
  public Path nodeSocket(String node) {
    return run().resolve("node-" + node + ".sock");
  }

  /// What a node and its pods use (metrics.k8s.io), written by its agent, read by the API server.
  public Path usage(String node) {
    return run().resolve("usage-" + node + ".json");
  }

  /// A context's objects.
  public Path store(String context) {
    return root.resolve(context).resolve("store");
  }

  /// A pod's folder: `CONTAINER.log`, volumes, Envoy's bootstrap.
  public Path pod(String context, String uid) {
    return pods(context).resolve(uid);
  }

  /// All pods' folders of a context.
  public Path pods(String context) {
    return root.resolve(context).resolve("pods");
  }

  /// A container's log; the one before the last restart ends in `.log.1`.
  public Path log(String context, String podUid, String container) {
    return pod(context, podUid).resolve(container + ".log");
  }

  /// Persistent volumes of a context, one folder per claim, `NAMESPACE_NAME`.
  public Path volumes(String context) {
    return root.resolve(context).resolve("volumes");
  }
}
