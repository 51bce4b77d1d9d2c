package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Walks a request through what the Envoys of the mesh really have.
@Command(name = "explain")
final class ExplainCommand implements Callable<Integer> {
  private final Settings settings;
  private final Messages messages;

  @Parameters(index = "0", paramLabel = "METHOD")
  private String method;

  @Parameters(index = "1", paramLabel = "URL")
  private String url;

  @Option(names = "-H", paramLabel = "'NAME: VALUE'")
  private List<String> headers = new ArrayList<>();

  @Option(names = "--from", paramLabel = "APP|POD|ingress", defaultValue = "")
  private String from;

  @Option(names = "--context", paramLabel = "ctx1|ctx2", defaultValue = "ctx1")
  private String context;

  @Option(names = "-f", paramLabel = "FILE")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--json")
  private boolean json;

  ExplainCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    TheaterApi theater = new TheaterApi(settings, messages);
    YamlLines lines = YamlLines.of(files, messages);
    JsonNode explanation =
        theater.get(
            context,
            "explain?method="
                + AskedContexts.encode(method)
                + "&url="
                + AskedContexts.encode(url)
                + "&from="
                + AskedContexts.encode(caller())
                + TheaterApi.parameters("header", headers));
    Unapplied unapplied = new Unapplied(type -> theater.objects(context, type), messages);
    for (Unapplied.Written other : unapplied.in(files)) {
      lines.forget(other.name());
      System.err.println(messages.text("explain.unapplied", other.file(), other.name(), context));
    }
    if (json) {
      System.out.println(explanation.toPrettyString());
    } else {
      new ExplainText(messages, Ink.ofOutput(), lines, System.out).print(explanation);
    }
    return 0;
  }

  /// Whoever types the address of the page means a request from outside.
  private String caller() {
    boolean outside = url.matches("http://[^/]*:" + settings.plan().ingressPort() + "(/.*)?");
    return !from.isEmpty() ? from : outside ? "ingress" : "api-gateway";
  }
}
