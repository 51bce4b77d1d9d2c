package theater.laptop.api.protobuf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The wire format of protobuf, field by field. https://protobuf.dev/programming-guides/encoding
final class ProtobufReader {
  private final byte[] bytes;
  private final int end;
  private int at;
  private int field;
  private int wire;

  ProtobufReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /// Goes to the next field. @return false at the end
  boolean next() throws IOException {
    if (at >= end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wire = (int) (tag & 7);
    return true;
  }

  int field() {
    return field;
  }

  long number() throws IOException {
    expect(0);
    return varint();
  }

  byte[] bytes() throws IOException {
    ProtobufReader part = message();
    return Arrays.copyOfRange(bytes, part.at, part.end);
  }

  String text() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  ProtobufReader message() throws IOException {
    expect(2);
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new IOException(
          "protobuf field "
              + field
              + " is "
              + length
              + " bytes long; only "
              + (end - at)
              + " are left");
    }
    ProtobufReader part = new ProtobufReader(bytes, at, at + (int) length);
    at += (int) length;
    return part;
  }

  void skip() throws IOException {
    switch (wire) {
      case 0 -> varint();
      case 1 -> at += 8;
      case 2 -> message();
      case 5 -> at += 4;
      default -> throw new IOException("protobuf wire type is " + wire + "; expected 0, 1, 2 or 5");
    }
  }

  private void expect(int wanted) throws IOException {
    if (wire != wanted) {
      throw new IOException(
          "protobuf field " + field + " has wire type " + wire + "; expected " + wanted);
    }
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw new IOException("protobuf ends inside a number");
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("protobuf number is longer than 64 bits");
  }
}
