package theater.laptop.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// One context's control plane: API server, controllers, discovery and xDS in one program.
@Command(name = "control-plane", hidden = true)
final class ControlPlaneCommand implements Callable<Integer> {
  private final Settings settings;

  @Parameters(index = "0", paramLabel = "CONTEXT")
  private String context;

  ControlPlaneCommand(Settings settings, Messages messages) {
    this.settings = settings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Quiet.libraries();
    ControlPlane plane = new ControlPlane(settings, context);
    CountDownLatch end = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              plane.close();
              end.countDown();
            }));
    end.await();
    return 0;
  }
}
