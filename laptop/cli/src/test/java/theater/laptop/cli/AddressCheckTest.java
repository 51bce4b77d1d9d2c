package theater.laptop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import theater.laptop.plan.AddressPlan;

class AddressCheckTest {
  private static final AddressPlan PLAN = new AddressPlan(19);

  @Test
  void takenPortIsNamedWithItsHolder() throws IOException {
    try (ServerSocket taken =
        new ServerSocket(PLAN.ingressPort(), 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> check().check(List.of("ctx1", "ctx2")))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("127.0.0.1:" + PLAN.ingressPort())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    check().check(List.of("ctx1", "ctx2"));
  }

  private static AddressCheck check() {
    return new AddressCheck(PLAN, Messages.in(Locale.ENGLISH));
  }
}
