package theater.laptop.cli;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import theater.laptop.plan.AddressPlan;
import theater.laptop.plan.HomeFolder;

/// Trains the launcher, the supervisor and the control plane together: a whole instance of its own
/// is brought up, used a little and stopped.
record PlatformTraining(Settings settings, Path work, Path kubectl) implements Training {
  private static final Logger LOG = System.getLogger(PlatformTraining.class.getName());

  /// Nobody else's: learners have 0 to 11, tests 19 and more.
  private static final List<Integer> INSTANCES = List.of(12, 13, 14, 15, 16, 17, 18);

  private static final int UP_SECONDS = 180;
  private static final List<String> PATHS =
      List.of("/users/", "/movies/", "/bookings/", "/traffic-weights", "/deployment-status", "/");
  private static final List<String> PRACTICES =
      List.of("02-circuit-breaker", "03-delay-fault", "05-block-fault", "01-initial");
  private static final String PATCH =
      """
      {"spec":{"http":[{"route":[{"destination":{"host":"user-service","subset":"ctx1"}}]}]}}\
      """;

  @Override
  public List<StartCache> caches() {
    List<StartCache> caches = new ArrayList<>();
    Path platform = settings.build().resolve("platform");
    for (String program : List.of("up", "supervise", "control-plane")) {
      String name = program + ".aot";
      caches.add(new StartCache(name, platform.resolve(name), Platform.flags(program), platform));
    }
    return caches;
  }

  @Override
  public void run(Path folder) {
    Settings trial = trial();
    ProcessId.of(ProcessHandle.current().pid()).write(trainer(folder));
    Map<String, String> environment = new HashMap<>(System.getenv());
    Platform.environment(trial, environment);
    environment.put(Settings.TRAINING, folder.toString());
    List<String> up = new ArrayList<>(List.of(settings.java().toString()));
    up.addAll(Platform.flags("up"));
    up.add("-XX:AOTCacheOutput=" + folder.resolve("up.aot"));
    up.addAll(Platform.program(trial, "up"));
    RunFolder run = new RunFolder(trial.home());
    try (Trained program = Trained.start(up, environment, work)) {
      program.await(UP_SECONDS);
      use(trial);
      Kubectl tool = new Kubectl(trial, kubectl);
      call(tool, "get", "pods,deployments,vs,dr", "-A");
      change(tool);
      end(run.supervisor().orElseThrow(() -> new TrainingException("the supervisor ended")));
    } finally {
      Stopping.of(trial).stop();
    }
  }

  /// The instance that is brought up and stopped again.
  Settings trial() {
    return new Settings(
        settings.root(),
        settings.build(),
        new HomeFolder(work.resolve("home")),
        free(),
        settings.engines(),
        settings.language());
  }

  /// Others may train on this computer: each begins to look at another place.
  private AddressPlan free() {
    List<Integer> instances = new ArrayList<>(INSTANCES);
    Collections.rotate(instances, (int) (ProcessHandle.current().pid() % INSTANCES.size()));
    Messages messages = Messages.in(settings.language());
    for (int instance : instances) {
      AddressPlan plan = new AddressPlan(instance);
      try {
        new AddressCheck(plan, messages).check(Contexts.NAMES);
        return plan;
      } catch (CommandException e) {
        LOG.log(Level.DEBUG, "instance {0} is taken: {1}", instance, e.getMessage());
      }
    }
    return new AddressPlan(instances.getFirst());
  }

  /// Who trains: its trial does not outlive it.
  ///
  /// @param folder see [Settings#training]
  static Path trainer(Path folder) {
    return folder.resolve("trainer.pid");
  }

  /// The caches are whole when it has ended: it waits for the control planes, too.
  private static void end(ProcessId supervisor) {
    supervisor.kill(false);
    if (!Stopping.await(Trained.END.multipliedBy(2), () -> !supervisor.alive())) {
      throw new TrainingException("the supervisor did not end");
    }
  }

  /// A learner's first changed rule should not be the slowest.
  private static void change(Kubectl tool) {
    for (String practice : PRACTICES) {
      call(tool, "apply", "-k", "practice/" + practice);
    }
    call(tool, "-n", "theater-msa", "patch", "vs", "user-service-vs", "--type=merge", "-p", PATCH);
  }

  private static void use(Settings trial) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : PATHS) {
        URI uri = URI.create("http://" + trial.domain() + path);
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
      }
    } catch (IOException e) {
      throw new TrainingException(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("interrupted");
    }
  }

  private static void call(Kubectl tool, String... words) {
    List<String> command = new ArrayList<>(List.of("kubectl", "--context", "ctx1"));
    command.addAll(List.of(words));
    tool.run(null, line -> {}, command.toArray(String[]::new));
  }
}
