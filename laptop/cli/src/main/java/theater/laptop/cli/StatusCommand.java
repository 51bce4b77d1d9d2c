package theater.laptop.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import theater.kube.KubeApi;
import theater.kube.KubeException;
import theater.kube.KubeUnavailableException;
import theater.kube.ResourceTypes;

/// Tells what runs. Exit code 0 when it runs, 3 when it does not.
@Command(name = "status")
final class StatusCommand implements Callable<Integer> {
  private static final int NOT_RUNNING = 3;
  private final Settings settings;
  private final Messages messages;

  StatusCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    var supervisor = new RunFolder(settings.home()).supervisor();
    if (supervisor.isEmpty()) {
      System.out.println(messages.text("status.down"));
      return NOT_RUNNING;
    }
    System.out.println(messages.text("status.up", supervisor.get().pid(), settings.home().root()));
    OwnProcesses processes = new OwnProcesses(settings.home());
    for (Map.Entry<String, KubeApi> api : Contexts.open(settings).entrySet()) {
      String plane =
          processes.all().stream()
              .filter(p -> p.role().equals("control-plane " + api.getKey()))
              .map(p -> "pid " + p.id().pid())
              .findFirst()
              .orElse(messages.text("status.noplane"));
      System.out.println();
      System.out.println(
          messages.text(
              "status.context",
              api.getKey(),
              "https://127.0.0.1:" + settings.plan().apiServerPort(api.getKey()),
              plane));
      pods(api.getValue());
    }
    Memory memory = Memory.of(processes.all());
    System.out.println();
    System.out.println(messages.text("up.address", settings.domain()));
    System.out.println(
        messages.text("status.tls", Integer.toString(settings.plan().ingressTlsPort())));
    System.out.println(messages.text("up.memory", memory.mib(), memory.processes()));
    memory.table().forEach(System.out::println);
    return 0;
  }

  private void pods(KubeApi api) {
    try {
      for (PodState pod : PodState.of(api.list(ResourceTypes.POD, null, null).items())) {
        System.out.printf(
            "  %-14s %-44s %d/%d  %-18s %s%n",
            pod.namespace(),
            pod.name(),
            pod.ready(),
            pod.containers(),
            pod.ending() ? "Terminating" : pod.phase(),
            messages.text("status.restarts", pod.restarts()));
      }
    } catch (KubeUnavailableException | KubeException e) {
      System.out.println("  " + messages.text("status.unknown", e.getMessage()));
    }
  }
}
