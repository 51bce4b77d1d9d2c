package theater.laptop.node;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import theater.kube.ResourceTypes;

/// A program of its own with a node agent and one pod: to be killed. Prints the pod's process id.
final class AgentProgram {
  private AgentProgram() {}

  public static void main(String[] args) throws Exception {
    Bench bench = new Bench(Path.of(args[0])).start();
    bench.api.create(ResourceTypes.POD, bench.pod("web", "echo pid $$$$; exec sleep 1000", ""));
    bench.awaitLog(bench.awaitPod("web", "ready", Bench::ready), "pid ");
    System.out.println(bench.log(bench.api.get(ResourceTypes.POD, "default", "web")).strip());
    new CountDownLatch(1).await();
  }
}
