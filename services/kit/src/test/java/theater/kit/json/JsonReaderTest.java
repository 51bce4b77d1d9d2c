package theater.kit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
  private static Map<String, Object> read(String text) {
    return JsonReader.object(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsWhatItWrote() {
    String text = "{\"name\":\"홍길동 \\\"<script>\\\"\",\"seats\":[\"A1\",2,true,null],\"in\":{}}";
    assertThat(JsonText.of(read(text))).isEqualTo(text);
  }

  @Test
  void refusesWhatIsNotAnObjectOrPassesALimit() {
    for (String wrong :
        new String[] {
          "",
          "[]",
          "1",
          "{",
          "{\"a\":}",
          "{} {}",
          "{\"a\":1,\"a\":2}",
          "{\"a\":" + "[".repeat(20) + "]".repeat(20) + "}",
          "{\"a\":\"" + "x".repeat(5000) + "\"}",
          "{\"a\":" + "9".repeat(40) + "}"
        }) {
      assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(JsonException.class);
    }
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    assertThatThrownBy(() ->
            JsonReader.object(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'}))
        .isInstanceOf(JsonException.class);
  }

  @Test
  void everyWrongFieldIsNamed() {
    var fields = new Fields(read("{\"name\":7,\"year\":\"x\",\"bell\":\"\\u0007\"}"));
    fields.text("name", 10);
    fields.text("email", 10);
    fields.number("year", 1, 2);
    fields.text("bell", 10);
    assertThat(fields.errors())
        .extracting(Fields.FieldError::field)
        .containsExactly("name", "email", "year", "bell");
  }
}
