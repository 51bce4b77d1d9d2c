package theater.mesh.translation.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import theater.laptop.schemas.ObjectSchema;
import theater.laptop.schemas.Schemas;
import theater.laptop.schemas.Type;
import theater.mesh.translation.ConfigCheck;
import theater.mesh.view.ConfigObject;

/// Objects whose fields and types are those of the schemas, whatever they mean.
final class Generator {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST = 9;
  private static final int TRIES = 10;
  private static final Set<String> USUAL =
      Set.of("hosts", "http", "route", "servers", "selector", "listeners", "parentRefs", "rules");
  private static final List<String> KINDS =
      List.of(
          "networking.istio.io/v1 VirtualService",
          "networking.istio.io/v1 VirtualService",
          "networking.istio.io/v1 VirtualService",
          "networking.istio.io/v1 DestinationRule",
          "networking.istio.io/v1 DestinationRule",
          "networking.istio.io/v1 DestinationRule",
          "networking.istio.io/v1 Gateway",
          "networking.istio.io/v1 Gateway",
          "networking.istio.io/v1 ServiceEntry",
          "networking.istio.io/v1 ServiceEntry",
          "networking.istio.io/v1 WorkloadEntry",
          "networking.istio.io/v1 Sidecar",
          "security.istio.io/v1 PeerAuthentication",
          "security.istio.io/v1 AuthorizationPolicy",
          "security.istio.io/v1 RequestAuthentication",
          "telemetry.istio.io/v1 Telemetry",
          "gateway.networking.k8s.io/v1 Gateway",
          "gateway.networking.k8s.io/v1 HTTPRoute",
          "gateway.networking.k8s.io/v1 HTTPRoute",
          "gateway.networking.k8s.io/v1 GRPCRoute",
          "gateway.networking.k8s.io/v1beta1 ReferenceGrant");

  private final Schemas schemas;
  private final Random random;
  private final boolean tame;
  private final Words words;
  private final ConfigCheck check = new ConfigCheck();

  Generator(Schemas schemas, Random random) {
    this.schemas = schemas;
    this.random = random;
    tame = random.nextInt(4) != 0;
    words = new Words(random, tame);
  }

  /// One to three objects of any kind. An object that our check refuses is tried again a few times.
  List<ConfigObject> objects() {
    List<ConfigObject> result = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      String[] kind = words.one(KINDS).split(" ");
      ConfigObject object = object(kind, i);
      for (int tries = 0; tame && tries < TRIES && !check.check(object).accepted(); tries++) {
        object = object(kind, i);
      }
      result.add(object);
    }
    return result;
  }

  private ConfigObject object(String[] kind, int age) {
    ObjectSchema schema = schemas.kind(kind[0], kind[1]).orElseThrow();
    return new ConfigObject(
        kind[0],
        kind[1],
        words.one(List.of("theater-msa", "theater-msa", "istio-system")),
        words.one(List.of("one", "two", "istio-gateway")),
        Instant.EPOCH.plusSeconds(age),
        Map.of(),
        Map.of(),
        value(schema.fields().get("spec"), "spec", 0));
  }

  private JsonNode value(Type type, String name, int depth) {
    return switch (type) {
      case Type.Scalar scalar -> scalar(scalar, name);
      case Type.OneOf choice -> JSON.textNode(words.one(choice.values()));
      case Type.ListOf list -> {
        ArrayNode items = JSON.arrayNode();
        int count = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
          items.add(value(list.item(), name, depth + 1));
        }
        yield items;
      }
      case Type.MapOf map -> {
        ObjectNode entries = JSON.objectNode();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
          entries.set(words.name(), value(map.value(), name, depth + 1));
        }
        yield entries;
      }
      case Type.Ref reference -> object(schemas.object(reference.name()), depth);
    };
  }

  private ObjectNode object(ObjectSchema schema, int depth) {
    ObjectNode result = JSON.objectNode();
    Set<String> left = new HashSet<>();
    int share = tame ? 1 + random.nextInt(3) : 4;
    for (List<String> group : schema.alternatives()) {
      left.addAll(group);
      left.remove(words.one(group));
    }
    schema
        .fields()
        .forEach((name, type) -> {
          boolean needed = schema.required().contains(name) || tame && USUAL.contains(name);
          boolean wanted = random.nextInt(10) < (depth < 1 ? 5 : depth < DEEPEST ? share : 0);
          if (!left.contains(name) && (needed || wanted)) {
            result.set(name, value(type, name, depth + 1));
          }
        });
    return result;
  }

  private JsonNode scalar(Type.Scalar scalar, String name) {
    return switch (scalar) {
      case STRING, ANY -> JSON.textNode(words.text(name));
      case INT32 -> JSON.numberNode(words.number(name, Integer.MAX_VALUE));
      case INT64 -> JSON.numberNode(words.number(name, Long.MAX_VALUE));
      case NUMBER -> JSON.numberNode(words.number(name, 1000) / 2.0);
      case BOOL -> JSON.booleanNode(random.nextBoolean());
      case BYTES -> JSON.textNode("YQ==");
      case QUANTITY, INT_OR_STRING -> JSON.numberNode(words.number(name, 100));
      case DURATION -> JSON.textNode(words.duration());
    };
  }
}
