package theater.mesh.translation.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import theater.laptop.schemas.Schemas;
import theater.mesh.translation.Cinema;
import theater.mesh.translation.ConfigCheck;
import theater.mesh.translation.EnvoyConfig;
import theater.mesh.translation.Translation;
import theater.mesh.view.ConfigObject;

/// Ten thousand cases of objects that are valid by schema and absurd in meaning: no exception, and
/// whatever our check lets pass a real Envoy takes (`./theater up` fetches it). `-Dfuzz.seed=N` and
/// `-Dfuzz.cases=N` give others.
class FuzzTest {
  private static final long SEED = Long.getLong("fuzz.seed", 20_261_121L);
  private static final int CASES = Integer.getInteger("fuzz.cases", 10_000);
  private static final int BATCH = 1_000;
  private static final List<String> PROXIES =
      List.of("api-gateway", "user", "user redirected", "ingress", "eastwest");

  @TempDir Path folder;

  private record Case(int number, List<ConfigObject> objects, EnvoyConfig config) {}

  @Test
  void absurdObjectsGiveEnvoyWhatItTakes() throws IOException, InterruptedException {
    assumeTrue(EnvoyValidation.binary().isPresent(), "no Envoy: ./theater up fetches it");
    System.out.println("fuzz: seed " + SEED + ", " + CASES + " cases");
    Schemas schemas = Schemas.load();
    ConfigCheck check = new ConfigCheck();
    Translation translation = new Translation();
    List<Case> batch = new ArrayList<>();
    int accepted = 0;
    Map<String, Integer> kinds = new TreeMap<>();
    Map<String, String> thrown = new LinkedHashMap<>();
    for (int number = 0; number < CASES; number++) {
      List<ConfigObject> objects =
          new Generator(schemas, new Random(SEED * 1_000_003 + number)).objects();
      String proxy = PROXIES.get(number % PROXIES.size());
      try {
        List<ConfigObject> passed =
            objects.stream().filter(object -> check.check(object).accepted()).toList();
        passed.forEach(object -> kinds.merge(object.kind(), 1, Integer::sum));
        if (passed.size() < objects.size()) {
          translation.translate(Cinema.view(objects), Cinema.proxy(proxy));
        }
        if (!passed.isEmpty()) {
          accepted++;
          batch.add(
              new Case(
                  number, passed, translation.translate(Cinema.view(passed), Cinema.proxy(proxy))));
        }
      } catch (RuntimeException e) {
        String place = e + " at " + e.getStackTrace()[0];
        thrown.putIfAbsent(place, "case " + number + " for " + proxy + ": " + objects);
      }
      if (batch.size() == BATCH || number == CASES - 1) {
        validate(batch);
        batch.clear();
      }
    }
    assertThat(thrown).as("exceptions by place (seed " + SEED + ")").isEmpty();
    System.out.println("fuzz: " + accepted + " cases passed our check, objects: " + kinds);
    assertThat(accepted).as("cases that our check lets pass").isGreaterThan(CASES / 5);
  }

  /// The test itself can fail.
  @Test
  void whatEnvoyRefusesIsFound() throws IOException, InterruptedException {
    assumeTrue(EnvoyValidation.binary().isPresent(), "no Envoy: ./theater up fetches it");
    Cluster bad = Cluster.newBuilder().setName("bad").setLbPolicyValue(77).build();
    EnvoyConfig refused = new EnvoyConfig(List.of(), List.of(), List.of(bad), List.of(), List.of());
    EnvoyConfig good = Cinema.translate("api-gateway", "");
    assertThat(
            new EnvoyValidation(EnvoyValidation.binary().get(), folder)
                .refused(List.of(good, refused, good)))
        .extracting(EnvoyValidation.Refused::config)
        .containsExactly(refused);
  }

  private void validate(List<Case> batch) throws IOException, InterruptedException {
    EnvoyValidation envoy = new EnvoyValidation(EnvoyValidation.binary().get(), folder);
    List<String> refused = new ArrayList<>();
    for (EnvoyValidation.Refused one : envoy.refused(batch.stream().map(Case::config).toList())) {
      Case found =
          batch.stream().filter(known -> known.config() == one.config()).findFirst().orElseThrow();
      refused.add("case " + found.number() + "\n" + found.objects() + "\n" + one.text());
    }
    assertThat(refused).as("what Envoy refuses (seed " + SEED + ")").isEmpty();
  }
}
