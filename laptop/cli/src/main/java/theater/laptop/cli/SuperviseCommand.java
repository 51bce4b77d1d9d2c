package theater.laptop.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import theater.kube.Connection;
import theater.kube.HttpKubeApi;
import theater.kube.KubeApi;
import theater.kube.Kubeconfig;
import theater.laptop.node.ImageStore;
import theater.laptop.node.NodeAgent;
import theater.laptop.node.NodeConfig;
import theater.laptop.node.PodAddresses;

/// The background program: keeps one control plane per context alive and is the node of every
/// context. All processes are its children and die with it.
final class SuperviseCommand implements Callable<Integer> {
  private final Settings settings;
  private final Messages messages;

  SuperviseCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunFolder run = new RunFolder(settings.home());
    Optional<RunFolder.Held> lock = run.lock("supervisor");
    if (lock.isEmpty()) {
      throw messages.failure("up.running");
    }
    run.clean();
    ProcessId.of(ProcessHandle.current().pid()).write(run.supervisorFile());
    new Credentials(settings).write();
    List<ControlPlaneChild> planes = new ArrayList<>();
    for (String context : Contexts.NAMES) {
      planes.add(new ControlPlaneChild(settings, context).start());
    }
    List<NodeAgent> agents = new ArrayList<>();
    Kubeconfig kubeconfig = Kubeconfig.read(settings.home().kubeconfig());
    for (String context : Contexts.NAMES) {
      agents.add(agent(context, kubeconfig.context(context)));
    }
    settings.training().ifPresent(SuperviseCommand::endWithTrainer);
    CountDownLatch end = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              List<Thread> closing = new ArrayList<>();
              agents.forEach(agent -> closing.add(Thread.ofVirtual().start(agent::close)));
              closing.forEach(SuperviseCommand::join);
              planes.forEach(ControlPlaneChild::close);
              run.clean();
              end.countDown();
            }));
    end.await();
    return lock.get().lock().isValid() ? 0 : 1;
  }

  private NodeAgent agent(String context, Connection connection) {
    KubeApi api = new HttpKubeApi(connection);
    Path build = settings.build();
    NodeConfig config =
        new NodeConfig(
            context,
            context + "-node",
            Nodes.labels(context),
            settings.home(),
            settings.plan(),
            settings.home().pki().resolve("root.crt"));
    ImageStore images =
        new ImageStore(
            settings.images(),
            settings.java(),
            build.resolve("platform/names.jar"),
            settings.engineLinks());
    return new NodeAgent(
            config, api, images, new ApiTokens(api), new PodAddresses(settings.plan(), context))
        .start();
  }

  /// A trial whose trainer was killed is nobody's. What it runs dies with it.
  private static void endWithTrainer(Path folder) {
    Runnable end = () -> Runtime.getRuntime().halt(1);
    ProcessId.read(PlatformTraining.trainer(folder))
        .flatMap(trainer -> ProcessHandle.of(trainer.pid()))
        .ifPresentOrElse(trainer -> trainer.onExit().thenRun(end), end);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Labels of the laptop's nodes, as the two clouds have them.
  private static final class Nodes {
    static Map<String, String> labels(String context) {
      boolean first = context.equals("ctx1");
      return Map.of(
          "cluster-name",
          context,
          "cloud-provider",
          first ? "naver" : "nhn",
          "topology.kubernetes.io/region",
          first ? "ncp-kr" : "nhn-kr",
          "topology.kubernetes.io/zone",
          first ? "kr-1" : "kr1-a",
          "kubernetes.io/hostname",
          context + "-node",
          "kubernetes.io/os",
          "linux");
    }
  }
}
