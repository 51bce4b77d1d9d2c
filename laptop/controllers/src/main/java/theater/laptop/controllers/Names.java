package theater.laptop.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import theater.kube.Canonical;
import theater.kube.Meta;
import theater.kube.ResourceType;

/// Names that controllers make up: hashes and random ends, in the letters that Kubernetes takes for
/// them (no vowels, no look-alikes).
final class Names {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private Names() {}

  /// `PREFIX-x7k2p`
  static String random(String prefix) {
    StringBuilder name =
        new StringBuilder(prefix.length() > 57 ? prefix.substring(0, 57) : prefix).append('-');
    for (int i = 0; i < 5; i++) {
      name.append(LETTERS.charAt(RandomGenerator.getDefault().nextInt(LETTERS.length())));
    }
    return name.toString();
  }

  /// The pod-template-hash of a template: FNV-1a over its canonical text.
  static String templateHash(JsonNode template, int collisions) {
    int hash = 0x811c9dc5;
    for (byte each :
        (Canonical.text(template) + (collisions == 0 ? "" : collisions))
            .getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * 0x01000193;
    }
    StringBuilder text = new StringBuilder();
    for (char digit : Integer.toUnsignedString(hash).toCharArray()) {
      text.append(LETTERS.charAt(digit % LETTERS.length()));
    }
    return text.toString();
  }

  /// An ownerReference that says: controlled by this object.
  static ObjectNode controlledBy(ResourceType type, JsonNode owner) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("apiVersion", type.apiVersion())
        .put("kind", type.kind())
        .put("name", Meta.name(owner))
        .put("uid", Meta.uid(owner))
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }
}
