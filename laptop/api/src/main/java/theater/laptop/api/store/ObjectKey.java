package theater.laptop.api.store;

/// Where an object is kept.
///
/// @param resource `pods`, `deployments.apps`
/// @param namespace empty for cluster-wide kinds
public record ObjectKey(String resource, String namespace, String name)
    implements Comparable<ObjectKey> {
  @Override
  public int compareTo(ObjectKey other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }
}
