package theater.mesh.translation.fuzz;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import java.util.List;

/// Messages that ask the cluster `xds` for what they asked the aggregated stream for: Envoy's
/// validation has no such stream.
final class WithoutAds {
  private static final ConfigSource OTHER = other();

  private WithoutAds() {}

  private static ConfigSource other() {
    ConfigSource.Builder result = ConfigSource.newBuilder();
    result
        .setResourceApiVersion(ApiVersion.V3)
        .getApiConfigSourceBuilder()
        .setApiType(ApiConfigSource.ApiType.GRPC)
        .setTransportApiVersion(ApiVersion.V3)
        .addGrpcServicesBuilder()
        .getEnvoyGrpcBuilder()
        .setClusterName("xds");
    return result.build();
  }

  static Message of(Message message) {
    if (message instanceof ConfigSource source && source.hasAds()) {
      return OTHER;
    }
    if (message instanceof Any any) {
      return unpacked(any);
    }
    Message.Builder result = message.toBuilder();
    message
        .getAllFields()
        .forEach((field, value) -> {
          if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField()) {
            result.setField(
                field,
                field.isRepeated()
                    ? ((List<?>) value).stream().map(item -> of((Message) item)).toList()
                    : of((Message) value));
          }
        });
    return result.build();
  }

  private static Any unpacked(Any any) {
    String name = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
    if (!name.startsWith("envoy.")) {
      return any;
    }
    try {
      Message empty =
          (Message)
              Class.forName("io.envoyproxy." + name).getMethod("getDefaultInstance").invoke(null);
      return Any.pack(of(empty.getParserForType().parseFrom(any.getValue())));
    } catch (ReflectiveOperationException | InvalidProtocolBufferException e) {
      throw new IllegalStateException("a packed " + name + " can not be read", e);
    }
  }
}
