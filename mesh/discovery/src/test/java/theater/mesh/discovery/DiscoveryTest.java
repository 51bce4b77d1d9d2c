package theater.mesh.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import theater.kube.KubeApi;
import theater.kube.ResourceType;
import theater.kube.ResourceTypes;
import theater.kube.fake.FakeKubeApi;
import theater.mesh.view.Endpoint;
import theater.mesh.view.MeshContext;
import theater.mesh.view.MeshView;

class DiscoveryTest {
  private final BlockingQueue<MeshView> views = new LinkedBlockingQueue<>();

  @Test
  void seesEndpointsOfAllContextsAndRulesOfItsOwn() throws Exception {
    FakeKubeApi one = context("network1", "127.1.9.1");
    FakeKubeApi two = context("network2", "127.2.9.1");
    rule(one, "mine");
    rule(two, "theirs");

    Discovery discovery =
        new Discovery("ctx1", Map.<String, KubeApi>of("ctx1", one, "ctx2", two), views::add)
            .start();
    try {
      MeshView view = views.poll(30, TimeUnit.SECONDS);

      assertThat(view).isNotNull();
      assertThat(view.contexts())
          .containsExactly(
              new MeshContext("ctx1", "network1", "127.1.9.1", 15443),
              new MeshContext("ctx2", "network2", "127.2.9.1", 15443));
      assertThat(view.endpoints()).extracting(Endpoint::context).containsExactly("ctx1", "ctx2");
      assertThat(view.endpoints().getFirst().workload().sidecar()).isTrue();
      assertThat(view.endpoints().getFirst().workload().region()).isEqualTo("kr");
      assertThat(view.configs()).extracting(config -> config.name()).containsExactly("mine");

      rule(one, "second");
      MeshView next = views.poll(30, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      assertThat(next.configs())
          .extracting(config -> config.name())
          .containsExactly("mine", "second");
    } finally {
      discovery.close();
    }
  }

  private static FakeKubeApi context(String network, String gateway) {
    FakeKubeApi api = new FakeKubeApi();
    create(
        api,
        ResourceTypes.NAMESPACE,
        "{'metadata':{'name':'istio-system','labels':{'topology.istio.io/network':'"
            + network
            + "'}}}");
    create(
        api,
        ResourceTypes.NODE,
        "{'metadata':{'name':'n','labels':{'topology.kubernetes.io/region':'kr'}}}");
    create(
        api,
        ResourceTypes.SERVICE,
        "{'metadata':{'name':'istio-eastwestgateway','namespace':'istio-system'},'spec':{'externalIPs':['"
            + gateway
            + "'],'ports':[{'name':'tls','port':15443}]}}");
    create(
        api,
        ResourceTypes.POD,
        "{'metadata':{'name':'p','namespace':'shop','labels':{'security.istio.io/tlsMode':'istio'}},'spec':{'nodeName':'n'}}");
    create(
        api,
        ResourceTypes.ENDPOINT_SLICE,
        "{'metadata':{'name':'user-x','namespace':'shop','labels':{'kubernetes.io/service-name':'user'}},'addressType':'IPv4',"
            + "'ports':[{'name':'http','port':8081}],"
            + "'endpoints':[{'addresses':['127.1.5.1'],'targetRef':{'kind':'Pod','name':'p','namespace':'shop'}},"
            + "{'addresses':['127.1.6.1'],'targetRef':{'kind':'Pod','name':'unknown','namespace':'shop'}}]}");
    return api;
  }

  private static void rule(FakeKubeApi api, String name) {
    create(
        api,
        ResourceTypes.VIRTUAL_SERVICE,
        "{'metadata':{'name':'" + name + "','namespace':'shop'},'spec':{'hosts':['user']}}");
  }

  private static void create(FakeKubeApi api, ResourceType type, String json) {
    try {
      ObjectNode object = (ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"'));
      api.create(type, object.put("apiVersion", type.apiVersion()).put("kind", type.kind()));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
