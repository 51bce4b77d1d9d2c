package theater.laptop.api.spdy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Headers of frames: compressed with one zlib state per direction for the whole session (SPDY/3,
/// 2.6.10). Not for several threads.
final class HeaderBlock {
  private static final int LARGEST = 1 << 16;
  private static final String WORDS =
      "options head post put delete trace accept accept-charset accept-encoding accept-language"
          + " accept-ranges age allow authorization cache-control connection content-base"
          + " content-encoding content-language content-length content-location content-md5"
          + " content-range content-type date etag expect expires from host if-match"
          + " if-modified-since if-none-match if-range if-unmodified-since last-modified location"
          + " max-forwards pragma proxy-authenticate proxy-authorization range referer retry-after"
          + " server te trailer transfer-encoding upgrade user-agent vary via warning"
          + " www-authenticate method get status 200_OK version HTTP/1.1 url public set-cookie"
          + " keep-alive origin";
  private static final String TEXT =
      "10010120120220520630030230330430530630740240540640740840941041141241341441541641750250450"
          + "5203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request"
          + "401 Unauthorized403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented"
          + "503 Service UnavailableJan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon,"
          + " Tue, Wed, Thu, Fri, Sat, Sun, GMTchunked,text/html,image/png,image/jpg,image/gif,"
          + "application/xml,application/xhtml+xml,text/plain,text/javascript,publicprivatemax-age="
          + "gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";
  static final byte[] DICTIONARY = dictionary();

  private final Inflater inflater = new Inflater();
  private final Deflater deflater = new Deflater();

  HeaderBlock() {
    deflater.setDictionary(DICTIONARY);
  }

  private static byte[] dictionary() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String word : WORDS.split(" ")) {
      bytes.writeBytes(ByteBuffer.allocate(4).putInt(word.length()).array());
      bytes.writeBytes(word.replace('_', ' ').getBytes(StandardCharsets.US_ASCII));
    }
    bytes.writeBytes(TEXT.getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  /// Names in lower case.
  Map<String, String> read(byte[] compressed) throws IOException {
    byte[] plain = inflate(compressed);
    DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(plain));
    Map<String, String> headers = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count && i < LARGEST; i++) {
      String name = text(in);
      headers.put(name.toLowerCase(Locale.ROOT), text(in));
    }
    return headers;
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LARGEST) {
      throw new IOException("header of " + length + " bytes; expected at most " + LARGEST);
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private byte[] inflate(byte[] compressed) throws IOException {
    inflater.setInput(compressed);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    byte[] block = new byte[4096];
    try {
      while (plain.size() <= LARGEST) {
        int read = inflater.inflate(block);
        if (read > 0) {
          plain.write(block, 0, read);
        } else if (inflater.needsDictionary()) {
          inflater.setDictionary(DICTIONARY);
        } else {
          return plain.toByteArray();
        }
      }
    } catch (DataFormatException | IllegalArgumentException e) {
      throw new IOException("headers are not compressed as SPDY/3 does", e);
    }
    throw new IOException("headers are longer than " + LARGEST + " bytes");
  }

  byte[] write(Map<String, String> headers) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    plain.writeBytes(ByteBuffer.allocate(4).putInt(headers.size()).array());
    headers.forEach((name, value) -> {
      for (String text : new String[] {name, value}) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        plain.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        plain.writeBytes(bytes);
      }
    });
    deflater.setInput(plain.toByteArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] block = new byte[4096];
    int length = deflater.deflate(block, 0, block.length, Deflater.SYNC_FLUSH);
    while (length > 0) {
      out.write(block, 0, length);
      length =
          length < block.length ? 0 : deflater.deflate(block, 0, block.length, Deflater.SYNC_FLUSH);
    }
    return out.toByteArray();
  }

  void close() {
    inflater.end();
    deflater.end();
  }
}
