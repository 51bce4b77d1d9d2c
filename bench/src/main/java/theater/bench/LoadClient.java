package theater.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Sends GET requests over kept connections, each with one request at a time.
final class LoadClient {
  private final InetSocketAddress target;
  private final byte[] request;

  LoadClient(InetSocketAddress target, String path) {
    this.target = target;
    this.request =
        ("GET "
                + path
                + " HTTP/1.1\r\nHost: theater.example\r\nAccept: application/json\r\nx-request-id: 7c1f\r\nUser-Agent: load\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
  }

  /// Returns the number of answers; each must be a 200.
  long run(int connections, Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        counts.add(threads.submit(() -> connection(end)));
      }
      long sum = 0;
      for (Future<Long> count : counts) {
        sum += count.get();
      }
      return sum;
    }
  }

  private long connection(long end) {
    long count = 0;
    try (KeptConnection connection = new KeptConnection(target)) {
      while (System.nanoTime() < end) {
        int status = connection.get(request).status();
        if (status != 200) {
          throw new IOException("status is " + status + "; expected 200");
        }
        count++;
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
