package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import theater.laptop.plan.AddressPlan;

class PlatformTrainingTest {

  /// Two people whose first `up` runs at the same time on one computer.
  @Test
  void theTrialTakesAnInstanceThatNobodyHas() throws IOException {
    Settings settings = Settings.read(Map.of(), "/checkout", "/build");
    PlatformTraining training =
        new PlatformTraining(settings, Path.of("folder"), Path.of("kubectl"));
    AddressPlan first = training.trial().plan();
    try (ServerSocket taken =
        new ServerSocket(first.apiServerPort("ctx1"), 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(taken.isBound()).isTrue();
      assertThat(training.trial().plan()).isNotEqualTo(first);
    }
    assertThat(training.trial().plan().instance()).isBetween(12, 18);
  }
}
