package theater.laptop.api;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import theater.laptop.plan.HomeFolder;

/// `TrialServer FOLDER PORT`: a server to try by hand; the folder gets a `kubeconfig`.
final class TrialServer {
  private TrialServer() {}

  public static void main(String[] arguments) throws Exception {
    long start = System.nanoTime();
    HomeFolder home = new HomeFolder(Path.of(arguments[0]));
    Files.createDirectories(home.root());
    TestIdentity identity = TestIdentity.get();
    long ready = System.nanoTime();
    ApiServer server =
        ApiServer.start(
            new ApiServer.Config(
                "ctx1",
                Integer.parseInt(arguments[1]),
                identity.chain(),
                identity.key(),
                identity.root(),
                home,
                "127.131.0.",
                10,
                250,
                List.of()));
    Files.writeString(home.kubeconfig(), identity.kubeconfig(server.port(), null));
    System.out.println(
        "identity "
            + (ready - start) / 1_000_000
            + " ms, server "
            + (System.nanoTime() - ready) / 1_000_000
            + " ms, port "
            + server.port());
    Thread.currentThread().join();
  }
}
