package theater.laptop.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import theater.kube.ResourceTypes;
import theater.laptop.api.json.Json;

/// Which state a list or a watch shows, and in which form.
class ListOptionsTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String METADATA = ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
  private static final String METADATA_LIST = METADATA.replace("Metadata;", "MetadataList;");

  @TempDir static Path folder;
  private static Cluster cluster;
  private static RawApi api;

  @BeforeAll
  static void start() throws Exception {
    cluster = new Cluster(folder);
    api = RawApi.of(cluster, TestIdentity.get().tls(true));
    ObjectNode map = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata").put("name", "one").put("namespace", "default");
    map.putObject("data").put("a", "1");
    cluster.server.api().create(ResourceTypes.CONFIG_MAP, map);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      api.close();
      cluster.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          resourceVersionMatch=Exact                                | resourceVersionMatch is forbidden unless resourceVersion is provided
          resourceVersion=1&resourceVersionMatch=Exact&continue=x   | resourceVersionMatch is forbidden when continue is provided
          resourceVersion=1&resourceVersionMatch=Newest             | Unsupported value: "Newest": supported values: "Exact", "NotOlderThan", ""
          resourceVersion=0&resourceVersionMatch=Exact              | resourceVersionMatch "exact" is forbidden for resourceVersion "0"
          sendInitialEvents=true                                    | sendInitialEvents is forbidden for list
          watch=true&resourceVersion=0&resourceVersionMatch=NotOlderThan | resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided
          watch=true&sendInitialEvents=true                         | sendInitialEvents requires setting resourceVersionMatch to NotOlderThan
          """)
  void whatDoesNotGoTogetherIsRefused(String query, String why) throws Exception {
    RawApi.Reply reply = api.get(MAPS + "?" + query);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().path("message").asText())
        .startsWith("ListOptions.meta.k8s.io \"\" is invalid: ")
        .contains(why);
  }

  @Test
  void anExactVersionIsListedOrToldToBeGone() throws Exception {
    String now = api.get(MAPS).json().at("/metadata/resourceVersion").asText();
    assertThat(api.get(exact(now)).json().at("/items/0/metadata/name").asText()).isEqualTo("one");
    RawApi.Reply before = api.get(exact("1"));
    assertThat(before.status()).isEqualTo(410);
    assertThat(before.json().path("message").asText())
        .isEqualTo("The resourceVersion for the provided list is too old.");
  }

  @Test
  void aVersionThatIsStillToComeIsToldToBeTooLarge() throws Exception {
    RawApi.Reply reply =
        api.get(MAPS + "?resourceVersion=999999&resourceVersionMatch=NotOlderThan");
    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.json().path("message").asText())
        .startsWith("Too large resource version: 999999, current: ");
    assertThat(reply.json().at("/details/causes/0/reason").asText())
        .isEqualTo("ResourceVersionTooLarge");
    assertThat(api.get(MAPS + "?resourceVersion=x").status()).isEqualTo(400);
  }

  @Test
  void metadataAloneIsListedReadAndWatched() throws Exception {
    String accept = "application/vnd.kubernetes.protobuf%s,application/json%s,application/json";
    ObjectNode list =
        api.get(MAPS, "Accept", accept.formatted(METADATA_LIST, METADATA_LIST)).json();
    assertThat(list.path("kind").asText()).isEqualTo("PartialObjectMetadataList");
    assertThat(list.path("apiVersion").asText()).isEqualTo("meta.k8s.io/v1");
    assertThat(list.at("/items/0/kind").asText()).isEqualTo("PartialObjectMetadata");
    assertThat(list.at("/items/0/metadata/name").asText()).isEqualTo("one");
    assertThat(list.at("/items/0").has("data")).isFalse();
    String one = accept.formatted(METADATA, METADATA);
    assertThat(api.get(MAPS + "/one", "Accept", one).json().path("kind").asText())
        .isEqualTo("PartialObjectMetadata");
    RawApi.Reply event = api.get(MAPS + "?watch=true&timeoutSeconds=1", "Accept", one);
    assertThat(event.type()).contains("as=PartialObjectMetadata");
    assertThat(event.json().at("/object/kind").asText()).isEqualTo("PartialObjectMetadata");
    assertThat(event.json().at("/object").has("data")).isFalse();
  }

  private static String exact(String version) {
    return MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + version;
  }
}
