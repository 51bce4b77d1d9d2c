package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What the last applies changed in which Envoy, and when it took it.
@Command(name = "diff")
final class DiffCommand implements Callable<Integer> {
  private final Settings settings;
  private final Messages messages;

  @Option(names = "--context", paramLabel = "ctx1|ctx2", defaultValue = "")
  private String context;

  @Option(names = "--last", paramLabel = "N", defaultValue = "1")
  private int last;

  @Option(names = "--all")
  private boolean all;

  @Option(names = "--json")
  private boolean json;

  DiffCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    TheaterApi api = new TheaterApi(settings, messages);
    List<JsonNode> changes = new ArrayList<>();
    for (String one : context.isEmpty() ? Contexts.NAMES : List.of(context)) {
      api.get(one, "changes?last=" + last + "&all=" + all).path("changes").forEach(changes::add);
    }
    changes.sort(Comparator.comparing((JsonNode it) -> it.path("written").asText()).reversed());
    List<JsonNode> newest = changes.subList(0, Math.min(last, changes.size()));
    if (json) {
      ArrayNode array = new ObjectMapper().createArrayNode();
      array.addAll(newest);
      System.out.println(array.toPrettyString());
    } else if (newest.isEmpty()) {
      System.out.println(messages.text("diff.nothing"));
    } else {
      DiffText text = new DiffText(messages, Ink.ofOutput(), System.out);
      newest.reversed().forEach(text::print);
    }
    return 0;
  }
}
