package theater.laptop.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import theater.kube.Meta;
import theater.laptop.api.admission.Admission.Review;
import theater.laptop.api.kind.Kind;
import theater.laptop.api.kind.Kinds;
import theater.laptop.api.schema.CustomValidator;
import theater.laptop.api.schema.FieldDecoder;
import theater.laptop.api.schema.Strictness;
import theater.laptop.api.status.Cause;
import theater.laptop.api.status.StatusException;
import theater.laptop.schemas.Schemas;
import theater.mesh.discovery.ConfigObjects;
import theater.mesh.translation.advice.Known;
import theater.mesh.view.MeshSettings;
import theater.mesh.view.MeshView;

/// Checks YAML in the steps of the API server: decoding, schema, webhook, advice. The objects of
/// the YAML know each other; nothing else is known.
final class FileCheck {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final MeshView NOTHING =
      new MeshView(
          Contexts.NAMES.getFirst(),
          MeshSettings.DEFAULT,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());
  private final Messages messages;
  private final Locale language;
  private final Schemas schemas = Schemas.load();

  FileCheck(Messages messages, Locale language) {
    this.messages = messages;
    this.language = language;
  }

  /// Prints what it finds. @return whether everything would be accepted
  boolean check(String yaml) {
    boolean fine = true;
    List<ObjectNode> objects = read(yaml);
    MeshAdmission admission = new MeshAdmission(language, () -> Optional.of(known(objects)));
    for (ObjectNode object : objects) {
      String name = object.path("kind").asText().toLowerCase(Locale.ROOT) + "/" + Meta.name(object);
      Review review = review(object, admission);
      if (review.refusal() != null) {
        fine = false;
        System.out.println(name + ": " + messages.text("check.refused", review.refusal()));
      } else {
        System.out.println(messages.text("check.fine", name));
      }
      review
          .warnings()
          .forEach(line -> System.out.println("  " + messages.text("check.warning", line)));
    }
    return fine;
  }

  /// The steps of the API server; those before the webhook refuse in their own words.
  Review review(ObjectNode object, MeshAdmission admission) {
    String apiVersion = object.path("apiVersion").asText();
    Optional<Kind> kind = Kinds.byKind(apiVersion, object.path("kind").asText());
    if (kind.isPresent()) {
      String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
      try {
        new FieldDecoder(schemas).decode(kind.get(), version, object, Strictness.STRICT);
        List<Cause> causes =
            kind.get().isCustom()
                ? new CustomValidator(schemas).validate(kind.get(), version, object)
                : List.of();
        if (!causes.isEmpty()) {
          throw StatusException.invalid(kind.get(), Meta.name(object), causes);
        }
      } catch (StatusException e) {
        return new Review(e.getMessage(), List.of());
      }
    }
    return admission.review(object);
  }

  private static Known known(List<ObjectNode> objects) {
    return new Known(
        NOTHING, List.of(), objects.stream().map(ConfigObjects::of).toList(), Map.of());
  }

  private List<ObjectNode> read(String yaml) {
    List<ObjectNode> objects = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        if (document instanceof ObjectNode object && object.hasNonNull("kind")) {
          objects.add(object);
        }
      }
    } catch (JsonProcessingException e) {
      throw messages.failure("check.failed", "-", e.getOriginalMessage());
    } catch (IOException e) {
      throw messages.failure("check.failed", "-", e.getMessage());
    }
    return objects;
  }
}
