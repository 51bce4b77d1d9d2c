package theater.laptop.cli;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import theater.kube.KubeApi;
import theater.kube.KubeUnavailableException;
import theater.laptop.istioctl.ProxyConfig;
import theater.laptop.istioctl.Refusal;
import theater.laptop.plan.AddressPlan;

/// `proxy-config …`: what istioctl's command of that name prints, without an istioctl.
@Command(name = "proxy-config", aliases = "pc")
final class ProxyConfigCommand implements Callable<Integer> {
  private final Settings settings;
  private final Messages messages;

  @Unmatched List<String> arguments = new ArrayList<>();

  ProxyConfigCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    try {
      KubeApi api = Contexts.chosen(settings, messages, ProxyConfig.context(arguments, ""));
      System.out.print(
          new ProxyConfig(api, Clock.systemUTC(), AddressPlan.ENVOY_ADMIN_PORT).answer(arguments));
      System.out.flush();
      return 0;
    } catch (Refusal e) {
      throw messages.failure(e.key(), e.arguments());
    } catch (KubeUnavailableException e) {
      throw messages.failure("istioctl.noapi", e.getMessage());
    }
  }
}
