package theater.mesh.translation;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Envoy's messages as text that a person can compare.
final class EnvoyJson {
  private EnvoyJson() {}

  static String of(Message message) {
    try {
      return JsonFormat.printer()
          .preservingProtoFieldNames()
          .sortingMapKeys()
          .usingTypeRegistry(EnvoyTypes.in(List.of(message)))
          .print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  static String of(List<? extends Message> messages) {
    return messages.stream().map(EnvoyJson::of).collect(Collectors.joining(",\n", "[", "]\n"));
  }
}
