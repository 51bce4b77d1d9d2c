package theater.mesh.xds;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A resource as it goes over the wire.
///
/// @param version SHA-256 of the bytes (its first half, in hex): equal bytes are never sent twice
public record Versioned(String name, String version, Any body) {
  private static final int VERSION_BYTES = 16;

  /// Any resource of xDS.
  public static Versioned of(String name, Message message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes as many bytes as were counted", e);
    }
    Any body =
        Any.newBuilder()
            .setTypeUrl("type.googleapis.com/" + message.getDescriptorForType().getFullName())
            .setValue(ByteString.copyFrom(bytes))
            .build();
    return new Versioned(name, HexFormat.of().formatHex(sha256(bytes), 0, VERSION_BYTES), body);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
