package theater.laptop.cli;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import theater.kube.KubeApi;
import theater.kube.KubeUnavailableException;
import theater.laptop.istioctl.ProxyStatus;
import theater.laptop.istioctl.Refusal;

/// `proxy-status`: what istioctl's command of that name prints, without an istioctl.
@Command(name = "proxy-status", aliases = "ps")
final class ProxyStatusCommand implements Callable<Integer> {
  private final Settings settings;
  private final Messages messages;

  @Unmatched List<String> arguments = new ArrayList<>();

  ProxyStatusCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    try {
      KubeApi api = Contexts.chosen(settings, messages, ProxyStatus.context(arguments, ""));
      System.out.print(new ProxyStatus(api, Clock.systemUTC()).answer(arguments));
      System.out.flush();
      return 0;
    } catch (Refusal e) {
      throw messages.failure(e.key(), e.arguments());
    } catch (KubeUnavailableException e) {
      throw messages.failure("istioctl.noapi", e.getMessage());
    }
  }
}
