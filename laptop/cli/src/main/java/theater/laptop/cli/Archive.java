package theater.laptop.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Reads one file out of a zip (wheel, jar) or gzipped tar, also through archives in archives.
final class Archive {
  private static final int TAR_BLOCK = 512;
  private static final int TAR_NAME = 100;
  private static final int TAR_SIZE_AT = 124;
  private static final int TAR_SIZE = 12;

  private Archive() {}

  /// @param entries regular expressions of entry names, outermost archive first
  /// @throws FileNotFoundException when an archive has no such entry
  static void extract(Path archive, List<String> entries, Path to) throws IOException {
    try (InputStream file = Files.newInputStream(archive)) {
      InputStream inner = file;
      String name = archive.getFileName().toString();
      for (String entry : entries) {
        inner = name.endsWith(".tgz") ? tarEntry(inner, entry) : zipEntry(inner, entry);
        name = entry;
      }
      Files.copy(inner, to);
    }
  }

  private static InputStream zipEntry(InputStream archive, String wanted) throws IOException {
    ZipInputStream zip = new ZipInputStream(archive);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (entry.getName().matches(wanted)) {
        return zip;
      }
    }
    throw new FileNotFoundException("no entry " + wanted + " in the zip");
  }

  private static InputStream tarEntry(InputStream archive, String wanted) throws IOException {
    InputStream tar = new GZIPInputStream(archive);
    for (byte[] header = tar.readNBytes(TAR_BLOCK);
        header.length == TAR_BLOCK && header[0] != 0;
        header = tar.readNBytes(TAR_BLOCK)) {
      if (text(header, 0, TAR_NAME).matches(wanted)) {
        return tar;
      }
      long size = Long.parseLong(text(header, TAR_SIZE_AT, TAR_SIZE).strip(), 8);
      tar.skipNBytes((size + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK);
    }
    throw new FileNotFoundException("no entry " + wanted + " in the tar");
  }

  private static String text(byte[] header, int from, int length) {
    String field = new String(header, from, length, StandardCharsets.ISO_8859_1);
    int end = field.indexOf('\0');
    return end < 0 ? field : field.substring(0, end);
  }
}
