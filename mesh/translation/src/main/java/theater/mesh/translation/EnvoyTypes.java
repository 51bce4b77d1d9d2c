package theater.mesh.translation;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TypeRegistry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The types that stand packed in messages, found by looking into them: whoever prints what the
/// translation made needs no list of what features pack.
public final class EnvoyTypes {
  private static final String PROTO = "envoy.";
  private static final String JAVA = "io.envoyproxy.";

  private EnvoyTypes() {}

  /// What a JSON printer must know to print these messages.
  public static TypeRegistry in(Collection<? extends Message> messages) {
    Map<String, Descriptor> found = new LinkedHashMap<>();
    messages.forEach(message -> {
      found.put(message.getDescriptorForType().getFullName(), message.getDescriptorForType());
      look(message, found);
    });
    return TypeRegistry.newBuilder().add(found.values()).build();
  }

  private static void look(MessageOrBuilder message, Map<String, Descriptor> found) {
    if (message instanceof Any any) {
      unpacked(any, found);
      return;
    }
    message
        .getAllFields()
        .forEach((field, value) -> {
          if (field.getJavaType() == JavaType.MESSAGE) {
            (field.isRepeated() ? (List<?>) value : List.of(value))
                .forEach(item -> look((Message) item, found));
          }
        });
  }

  /// A type of another origin than Envoy is left to the printer, which names it when it fails.
  private static void unpacked(Any any, Map<String, Descriptor> found) {
    String name = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
    if (!name.startsWith(PROTO)) {
      return;
    }
    try {
      Message empty =
          (Message) Class.forName(JAVA + name).getMethod("getDefaultInstance").invoke(null);
      found.put(name, empty.getDescriptorForType());
      look(empty.getParserForType().parseFrom(any.getValue()), found);
    } catch (ReflectiveOperationException | InvalidProtocolBufferException e) {
      throw new IllegalStateException("a packed " + name + " can not be read", e);
    }
  }
}
