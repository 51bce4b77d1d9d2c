package theater.laptop.streams;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/// What a node agent is asked for: the first frame of a connection.
///
/// @param verb `exec` or `attach`
/// @param uid of the pod
/// @param command empty for `attach`
/// @param stdin whether the program gets input
public record StreamRequest(
    String verb,
    String uid,
    String container,
    List<String> command,
    boolean stdin,
    boolean stdout,
    boolean stderr,
    boolean tty) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public StreamRequest {
    command = List.copyOf(command);
  }

  public byte[] bytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @throws IOException when the bytes are no request
  public static StreamRequest read(byte[] bytes) throws IOException {
    return JSON.readValue(bytes, StreamRequest.class);
  }
}
