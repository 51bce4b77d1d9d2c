package theater.mesh.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.function.Supplier;

/// Authorities as files, `NAME.crt` and `NAME.key` (mode 0600). Several processes may open the
/// folder at once: the first one creates.
final class AuthorityFolder {
  private static final Object IN_THIS_PROCESS = new Object();
  private final Path folder;

  AuthorityFolder(Path folder) {
    this.folder = folder;
  }

  /// @param creator makes the authority when there is none, or one that has ended
  Authority openOrCreate(String name, Supplier<Authority> creator) {
    try {
      synchronized (IN_THIS_PROCESS) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (FileChannel channel =
                FileChannel.open(
                    folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          return lock.isValid() ? readOrCreate(name, creator) : null;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "certificate authority " + folder.resolve(name) + " cannot be opened or created", e);
    }
  }

  private Authority readOrCreate(String name, Supplier<Authority> creator) throws IOException {
    Path certificate = folder.resolve(name + ".crt");
    Path key = folder.resolve(name + ".key");
    // The key is written first, so a certificate without one means that somebody removed it.
    if (Files.exists(certificate)) {
      Authority kept = read(certificate, key);
      if (kept.certificate().getNotAfter().toInstant().isAfter(Instant.now())) {
        return kept;
      }
    }
    Authority made = creator.get();
    write(key, made.keyPem());
    write(certificate, made.certificatePem());
    return made;
  }

  private static Authority read(Path certificate, Path key) throws IOException {
    try {
      X509Certificate x509 =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(
                          Pem.decode("CERTIFICATE", Files.readString(certificate))));
      PrivateKey privateKey =
          KeyFactory.getInstance("EC")
              .generatePrivate(
                  new PKCS8EncodedKeySpec(Pem.decode("PRIVATE KEY", Files.readString(key))));
      return new Authority(x509, privateKey);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          certificate
              + " and "
              + key.getFileName()
              + " are no certificate and key: "
              + e.getMessage(),
          e);
    }
  }

  private void write(Path file, String text) throws IOException {
    Path part =
        Files.createTempFile(
            folder,
            "new",
            ".pem",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
