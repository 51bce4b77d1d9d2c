package theater.laptop.api.kind;

import java.util.List;
import java.util.Set;

/// One served kind. All its versions share one storage; the first is the preferred one.
///
/// @param group empty for the core group
/// @param traits what is special about it: `namespaced`, `crd` (custom resource: errors and patches
///   as for one), `status`, `scale`, `generation`, `virtual` (posted, not kept), `measured` (only
///   read)
public record Kind(
    String group,
    List<String> versions,
    String plural,
    String kind,
    List<String> shortNames,
    List<String> categories,
    Set<String> traits) {

  public Kind {
    versions = List.copyOf(versions);
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    traits = Set.copyOf(traits);
  }

  /// `deployment`
  public String singular() {
    return kind.toLowerCase(java.util.Locale.ROOT);
  }

  public boolean namespaced() {
    return traits.contains("namespaced");
  }

  /// A custom resource.
  public boolean custom() {
    return traits.contains("crd");
  }

  public boolean has(String trait) {
    return traits.contains(trait);
  }

  /// `v1` or `apps/v1`
  public String apiVersion(String version) {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// The apiVersion under which objects are kept.
  public String storageVersion() {
    return apiVersion(versions.getFirst());
  }

  /// `pods` or `deployments.apps`: what messages call it, and the key of its storage.
  public String resource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /// `Pod` or `Deployment.apps`
  public String qualifiedKind() {
    return group.isEmpty() ? kind : kind + "." + group;
  }

  public boolean is(String group, String plural) {
    return this.group.equals(group) && this.plural.equals(plural);
  }
}
