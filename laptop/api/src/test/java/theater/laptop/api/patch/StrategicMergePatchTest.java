package theater.laptop.api.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import theater.laptop.api.json.Json;
import theater.laptop.schemas.Schemas;

class StrategicMergePatchTest {
  private static final Schemas SCHEMAS = Schemas.load();

  @Test
  void aNewItemGoesFirstAsTheRecordedServerPutIt() throws IOException {
    assertThat(
            patched(
                "{'containers':[{'name':'main','env':[{'name':'A','value':'1'},{'name':'B','value':'2'}]}]}",
                "{'containers':[{'name':'main','env':[{'name':'C','value':'3'}]}]}"))
        .isEqualTo(
            json(
                "{'containers':[{'name':'main','env':[{'name':'C','value':'3'},{'name':'A','value':'1'},{'name':'B','value':'2'}]}]}"));
  }

  @Test
  void setElementOrderWins() throws IOException {
    assertThat(
            patched(
                "{'containers':[{'name':'a'},{'name':'b'}]}",
                "{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}],'containers':[{'name':'b','image':'x'}]}"))
        .isEqualTo(json("{'containers':[{'name':'b','image':'x'},{'name':'a'}]}"));
  }

  @Test
  void aDeletedItemGoes() throws IOException {
    assertThat(
            patched(
                "{'containers':[{'name':'a'},{'name':'b'}]}",
                "{'containers':[{'name':'a','$patch':'delete'}]}"))
        .isEqualTo(json("{'containers':[{'name':'b'}]}"));
  }

  @Test
  void aListWithoutAKeyIsReplaced() throws IOException {
    assertThat(
            patched("{'tolerations':[{'key':'a'},{'key':'b'}]}", "{'tolerations':[{'key':'c'}]}"))
        .isEqualTo(json("{'tolerations':[{'key':'c'}]}"));
  }

  @Test
  void retainedKeysAndNullsRemove() throws IOException {
    assertThat(
            patched(
                "{'hostname':'h','subdomain':'s','nodeName':'n'}",
                "{'$retainKeys':['hostname'],'hostname':'i'}"))
        .isEqualTo(json("{'hostname':'i'}"));
    assertThat(patched("{'hostname':'h','nodeName':'n'}", "{'hostname':null}"))
        .isEqualTo(json("{'nodeName':'n'}"));
  }

  private static ObjectNode patched(String spec, String patch) throws IOException {
    return new StrategicMergePatch(SCHEMAS)
        .apply(json(spec), json(patch), SCHEMAS.object("PodSpec"));
  }

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
