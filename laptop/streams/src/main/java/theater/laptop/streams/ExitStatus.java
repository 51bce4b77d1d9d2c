package theater.laptop.streams;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/// The metav1.Status that ends a stream (Kubernetes: remotecommand, NonZeroExitCode).
public final class ExitStatus {
  private ExitStatus() {}

  /// @param code of the program; 128 + the signal's number when one ended it
  public static byte[] of(int code) {
    if (code == 0) {
      return bytes(status("Success"));
    }
    ObjectNode status =
        status("Failure")
            .put(
                "message",
                "command terminated with non-zero exit code: command terminated with exit code "
                    + code)
            .put("reason", "NonZeroExitCode");
    status
        .putObject("details")
        .putArray("causes")
        .addObject()
        .put("reason", "ExitCode")
        .put("message", Integer.toString(code));
    return bytes(status);
  }

  /// The program could not be run. Clients print the text after `error: `.
  public static byte[] failure(String message) {
    return bytes(
        status("Failure")
            .put("message", "Internal error occurred: " + message)
            .put("reason", "InternalError")
            .put("code", 500));
  }

  private static ObjectNode status(String outcome) {
    ObjectNode status =
        JsonNodeFactory.instance.objectNode().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status.put("status", outcome);
  }

  private static byte[] bytes(ObjectNode status) {
    return status.toString().getBytes(StandardCharsets.UTF_8);
  }
}
