package theater.laptop.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import theater.laptop.api.json.Json;
import theater.laptop.api.status.Cause;

/// What must be right in a pod's spec.
final class PodChecks {
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  private PodChecks() {}

  static void check(JsonNode spec, String path, List<Cause> causes) {
    Set<String> volumes = new HashSet<>();
    for (int i = 0; i < spec.path("volumes").size(); i++) {
      String name = Json.text(spec.path("volumes").get(i), "name");
      name(name, path + ".volumes[" + i + "].name", volumes, causes);
    }
    if (spec.path("containers").isEmpty()) {
      causes.add(Cause.required(path + ".containers", ""));
    }
    Set<String> names = new HashSet<>();
    for (String list : List.of("containers", "initContainers")) {
      for (int i = 0; i < spec.path(list).size(); i++) {
        container(
            spec.path(list).get(i), path + "." + list + "[" + i + "]", names, volumes, causes);
      }
    }
    String restart = Json.text(spec, "restartPolicy");
    if (!List.of("Always", "OnFailure", "Never").contains(restart)) {
      causes.add(
          Cause.unsupported(
              path + ".restartPolicy",
              Names.quote(restart),
              List.of("Always", "Never", "OnFailure")));
    }
  }

  private static void container(
      JsonNode container, String path, Set<String> names, Set<String> volumes, List<Cause> causes) {
    name(Json.text(container, "name"), path + ".name", names, causes);
    if (Json.text(container, "image").isEmpty()) {
      causes.add(Cause.required(path + ".image", ""));
    }
    Set<String> portNames = new HashSet<>();
    for (int i = 0; i < container.path("ports").size(); i++) {
      JsonNode port = container.path("ports").get(i);
      String at = path + ".ports[" + i + "]";
      portName(Json.text(port, "name"), at + ".name", portNames, causes);
      if (!port.has("containerPort")) {
        causes.add(Cause.required(at + ".containerPort", ""));
      } else {
        portNumber(port.path("containerPort"), at + ".containerPort", causes);
      }
      protocol(port, at, causes);
    }
    ResourceChecks.check(container.path("resources"), path + ".resources", causes);
    for (int i = 0; i < container.path("env").size(); i++) {
      if (Json.text(container.path("env").get(i), "name").isEmpty()) {
        causes.add(Cause.required(path + ".env[" + i + "].name", ""));
      }
    }
    for (int i = 0; i < container.path("volumeMounts").size(); i++) {
      JsonNode mount = container.path("volumeMounts").get(i);
      String at = path + ".volumeMounts[" + i + "]";
      if (!volumes.contains(Json.text(mount, "name"))) {
        causes.add(
            new Cause(
                "FieldValueNotFound",
                "Not found: " + Names.quote(Json.text(mount, "name")),
                at + ".name"));
      }
      if (Json.text(mount, "mountPath").isEmpty()) {
        causes.add(Cause.required(at + ".mountPath", ""));
      }
    }
  }

  private static void portName(String name, String path, Set<String> seen, List<Cause> causes) {
    if (name.isEmpty()) {
      return;
    }
    List<String> wrong = PortNames.check(name);
    wrong.forEach(why -> causes.add(Cause.invalid(path, Names.quote(name), why)));
    if (wrong.isEmpty() && !seen.add(name)) {
      causes.add(Cause.duplicate(path, name));
    }
  }

  static void protocol(JsonNode port, String path, List<Cause> causes) {
    String protocol = Json.text(port, "protocol");
    if (!PROTOCOLS.contains(protocol)) {
      causes.add(Cause.unsupported(path + ".protocol", Names.quote(protocol), PROTOCOLS));
    }
  }

  static void portNumber(JsonNode port, String path, List<Cause> causes) {
    if (port.asInt() < 1 || port.asInt() > 65535) {
      causes.add(Cause.invalid(path, port.toString(), "must be between 1 and 65535, inclusive"));
    }
  }

  private static void name(String name, String path, Set<String> seen, List<Cause> causes) {
    String why = name.isEmpty() ? null : Names.label(name);
    if (name.isEmpty()) {
      causes.add(Cause.required(path, ""));
    } else if (why != null) {
      causes.add(Cause.invalid(path, Names.quote(name), why));
    } else if (!seen.add(name)) {
      causes.add(Cause.duplicate(path, name));
    }
  }
}
