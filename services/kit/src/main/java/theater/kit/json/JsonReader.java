package theater.kit.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads one JSON object within limits: depth 16, strings 4,096 characters, names 128, numbers 32
/// digits; no duplicate names.
public final class JsonReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxStringLength(4096)
                  .maxNameLength(128)
                  .maxNumberLength(32)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonReader() {}

  /// @return members in their order; values are String, Number, Boolean, null, List or Map
  /// @throws JsonException when it is not JSON, not an object, or passes a limit; the message says
  ///   where
  public static Map<String, Object> object(byte[] utf8) {
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonException(
            "got "
                + (parser.currentToken() == null ? "nothing" : parser.currentToken())
                + "; expected a JSON object",
            null);
      }
      var object = readObject(parser);
      if (parser.nextToken() != null) {
        throw new JsonException("something follows the JSON object", null);
      }
      return object;
    } catch (StreamConstraintsException e) {
      throw new JsonException(e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String where =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new JsonException("not JSON" + where + ": " + firstSentence(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new JsonException("not JSON: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> readObject(JsonParser parser) throws IOException {
    var members = new LinkedHashMap<String, Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, readValue(parser));
    }
    return members;
  }

  private static List<Object> readArray(JsonParser parser) throws IOException {
    var items = new ArrayList<Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(readValue(parser));
    }
    return items;
  }

  private static Object readValue(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      default ->
          throw new UncheckedIOException(
              new IOException("unexpected token " + parser.currentToken()));
    };
  }

  private static String firstSentence(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.length() > 160 ? line.substring(0, 160) : line;
  }
}
