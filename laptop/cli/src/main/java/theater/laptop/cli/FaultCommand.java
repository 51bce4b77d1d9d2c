package theater.laptop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a pod of a service sick for a time, through the gateway's `/faults`.
@Command(name = "fault")
final class FaultCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int FIRST_ERROR = 400;

  private final Settings settings;
  private final Messages messages;

  @Parameters(index = "0", paramLabel = "SERVICE")
  private String service;

  @Option(names = "--context", required = true, paramLabel = "ctx1|ctx2")
  private String context;

  @Option(names = "--pod", paramLabel = "N|NAME|*")
  private String pod;

  @Option(names = "--status", paramLabel = "CODE")
  private Integer status;

  @Option(names = "--share", paramLabel = "PERCENT")
  private Integer share;

  @Option(names = "--delay", paramLabel = "MS")
  private Integer delay;

  @Option(names = "--hang")
  private boolean hang;

  @Option(names = "--not-ready")
  private boolean notReady;

  @Option(names = "--cpu")
  private boolean cpu;

  @Option(names = "--memory")
  private boolean memory;

  @Option(names = "--for", paramLabel = "60s", defaultValue = "60s")
  private String time;

  @Option(names = "--clear")
  private boolean clear;

  FaultCommand(Settings settings, Messages messages) {
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (new RunFolder(settings.home()).supervisor().isEmpty()) {
      throw messages.failure("status.down");
    }
    ObjectNode body = new ObjectMapper().createObjectNode();
    body.put("service", service).put("context", context);
    if (clear) {
      if (pod != null) {
        body.put("pod", pod);
      }
    } else {
      body.put("pod", pod == null ? "*" : pod).put("for", time);
      put(body, "status", status);
      put(body, "share", share);
      put(body, "delayMs", delay);
      flag(body, "hang", hang);
      flag(body, "notReady", notReady);
      flag(body, "cpu", cpu);
      flag(body, "memory", memory);
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + settings.domain() + "/faults"))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .header("X-Instructor-Key", new Summary(settings, messages).instructorKey())
            .method(clear ? "DELETE" : "POST", HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= FIRST_ERROR) {
        throw messages.failure("fault.refused", answer.statusCode(), detail(answer.body()));
      }
      System.out.println(answer.body());
      return 0;
    } catch (java.net.ConnectException e) {
      throw messages.failure("fault.noway", settings.domain());
    }
  }

  private static String detail(String body) {
    try {
      JsonNode problem = new ObjectMapper().readTree(body);
      return problem.path("detail").asText(problem.path("title").asText(body));
    } catch (IOException e) {
      return body;
    }
  }

  private static void put(ObjectNode body, String field, Integer value) {
    if (value != null) {
      body.put(field, value);
    }
  }

  private static void flag(ObjectNode body, String field, boolean value) {
    if (value) {
      body.put(field, true);
    }
  }
}
