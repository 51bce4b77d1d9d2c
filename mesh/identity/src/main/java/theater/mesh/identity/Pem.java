package theater.mesh.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// PEM text (RFC 7468).
final class Pem {
  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  static String encode(String label, byte[] der) {
    String body = new String(BASE64.encode(der), StandardCharsets.US_ASCII);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  /// The first block of that label.
  static byte[] decode(String label, String pem) {
    String begin = "-----BEGIN " + label + "-----";
    int start = pem.indexOf(begin);
    int end = pem.indexOf("-----END " + label + "-----");
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no " + begin + " in it");
    }
    return Base64.getMimeDecoder().decode(pem.substring(start + begin.length(), end));
  }
}
