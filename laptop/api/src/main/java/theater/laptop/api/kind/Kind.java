package theater.laptop.api.kind;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import theater.laptop.api.custom.CustomDefinition;
import theater.laptop.api.custom.CustomVersion;

/// One served kind. All its versions share one storage; the first is the preferred one. A kind that
/// a CustomResourceDefinition defines is one of these for each version.
///
/// @param group empty for the core group
/// @param traits what is special about it: `namespaced`, `crd` (custom resource: errors and patches
///   as for one), `status`, `scale`, `generation`, `virtual` (posted, not kept), `measured` (only
///   read)
/// @param custom the version of a CustomResourceDefinition that it is; null for a built-in kind
public record Kind(
    String group,
    List<String> versions,
    String plural,
    String kind,
    List<String> shortNames,
    List<String> categories,
    Set<String> traits,
    CustomVersion custom) {

  public Kind {
    versions = List.copyOf(versions);
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    traits = Set.copyOf(traits);
  }

  /// A built-in kind.
  Kind(
      String group,
      List<String> versions,
      String plural,
      String kind,
      List<String> shortNames,
      List<String> categories,
      Set<String> traits) {
    this(group, versions, plural, kind, shortNames, categories, traits, null);
  }

  /// One version of what a definition defines: versions may differ in all but their names.
  public static Kind of(CustomVersion version) {
    CustomDefinition definition = version.definition();
    Set<String> traits = new java.util.HashSet<>(Set.of("crd", "generation"));
    if (definition.namespaced()) {
      traits.add("namespaced");
    }
    if (version.status()) {
      traits.add("status");
    }
    if (version.scale() != null) {
      traits.add("scale");
    }
    return new Kind(
        definition.group(),
        List.of(version.name()),
        definition.names().plural(),
        definition.names().kind(),
        definition.names().shortNames(),
        definition.names().categories(),
        traits,
        version);
  }

  /// `deployment`
  public String singular() {
    return learned() ? custom.definition().names().singular() : kind.toLowerCase(Locale.ROOT);
  }

  /// `DeploymentList`
  public String listKind() {
    return learned() ? custom.definition().names().listKind() : kind + "List";
  }

  /// Defined by a CustomResourceDefinition of this server, not by the table of built-in kinds.
  public boolean learned() {
    return custom != null;
  }

  public boolean namespaced() {
    return traits.contains("namespaced");
  }

  /// A custom resource: errors and patches as for one.
  public boolean isCustom() {
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
    return apiVersion(learned() ? custom.definition().storage() : versions.getFirst());
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
