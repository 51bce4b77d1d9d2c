package theater.mesh.istiod;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import theater.mesh.istiod.DebugPages.Page;

/// Serves [DebugPages] on a Unix socket: one GET or HEAD per connection (HTTP/1.1, `Connection:
/// close`).
final class PageServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(PageServer.class.getName());
  private static final int LONGEST_HEAD = 1 << 14;
  private static final int MOST = 32;
  private final DebugPages pages;
  private final ServerSocketChannel server;
  private final Semaphore free = new Semaphore(MOST);

  /// @throws IOException when it cannot listen there
  PageServer(Path socket, DebugPages pages) throws IOException {
    this.pages = pages;
    Files.deleteIfExists(socket);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().name("istiod pages").start(this::accept);
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        free.acquireUninterruptibly();
        Thread.ofVirtual().name("istiod page").start(() -> serve(client));
      } catch (IOException e) {
        if (server.isOpen()) {
          LOG.log(Level.WARNING, "istiod''s pages: {0}", e.toString());
        }
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      String head = head(new BufferedInputStream(Channels.newInputStream(client)));
      OutputStream out = Channels.newOutputStream(client);
      String[] words = head.lines().findFirst().orElse("").split(" ");
      boolean known = words.length == 3 && (words[0].equals("GET") || words[0].equals("HEAD"));
      answer(out, known ? page(words[1]) : bad(head), known && words[0].equals("HEAD"));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a reader of istiod''s pages has gone: {0}", e.toString());
    } finally {
      free.release();
    }
  }

  private static Page bad(String head) {
    return Page.text(
        head.isEmpty() ? 400 : 405, "expected GET PATH HTTP/1.1 with at most 16 KiB of headers");
  }

  private Page page(String target) {
    try {
      return pages.page(target);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "istiod's page " + target + " failed", e);
      return Page.text(500, e.toString());
    }
  }

  /// Empty when there is none, or it is too long.
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < LONGEST_HEAD) {
      int one = in.read();
      if (one < 0) {
        return "";
      }
      head.append((char) one);
      if (one == '\n'
          && (head.toString().endsWith("\r\n\r\n") || head.toString().endsWith("\n\n"))) {
        return head.toString();
      }
    }
    return "";
  }

  private static void answer(OutputStream out, Page page, boolean headOnly) throws IOException {
    byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + page.status()
            + (page.status() == 200 ? " OK" : " Error")
            + "\r\nContent-Type: "
            + page.type()
            + "\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    if (!headOnly) {
      out.write(body);
    }
    out.flush();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "istiod''s pages: {0}", e.toString());
    }
  }
}
