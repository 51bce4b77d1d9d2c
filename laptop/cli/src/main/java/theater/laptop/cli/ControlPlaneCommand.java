package theater.laptop.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// One context's control plane: API server, controllers, discovery and xDS in one program.
final class ControlPlaneCommand implements Callable<Integer> {
  private final Settings settings;
  private final String context;

  ControlPlaneCommand(Settings settings, String context) {
    this.settings = settings;
    this.context = context;
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
