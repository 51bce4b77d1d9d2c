package theater.kube;

/// A kind of object and where the API serves it.
///
/// @param group empty for the core group
/// @param plural name in paths, `deployments`
public record ResourceType(
    String group, String version, String plural, String kind, boolean namespaced) {

  /// `v1` or `apps/v1`
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// `/api/v1/namespaces/NS/pods` or `/apis/apps/v1/deployments`; a null namespace means all of
  /// them.
  public String path(String namespace) {
    String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    return namespaced && namespace != null
        ? root + "/namespaces/" + namespace + "/" + plural
        : root + "/" + plural;
  }
}
