package theater.laptop.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DepartureTest {
  private static final String POD = "127.91.4.1";
  private static final long LONG = TimeUnit.MINUTES.toNanos(5);
  private final AtomicInteger asked = new AtomicInteger();
  private volatile String clusters = "inbound::127.91.3.2:8080::cx_active::1\n";
  private HttpServer envoy;

  @BeforeEach
  void start() throws IOException {
    envoy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    envoy.createContext(
        "/clusters",
        exchange -> {
          byte[] body = clusters.getBytes(StandardCharsets.UTF_8);
          asked.incrementAndGet();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    envoy.start();
  }

  @AfterEach
  void stop() {
    envoy.stop(0);
  }

  private Departure departure() {
    return new Departure(
        POD,
        List.of(
            new EnvoyAdmin("127.0.0.1:" + envoy.getAddress().getPort()),
            new EnvoyAdmin("127.0.0.1:1")));
  }

  @Test
  void anEnvoyThatDoesNotKnowThePodOrIsGoneIsNotWaitedFor() throws InterruptedException {
    departure().await(System.nanoTime() + LONG, () -> false);
    assertThat(asked).hasValue(1);
  }

  @Test
  void aPodStaysUntilItIsForgotten() throws InterruptedException {
    clusters = "outbound|8080||api-gateway::" + POD + ":8080::cx_active::3\n";
    CountDownLatch left = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                departure().await(System.nanoTime() + LONG, () -> false);
                left.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    while (asked.get() < 3) {
      assertThat(left.getCount()).isEqualTo(1);
      Thread.onSpinWait();
    }
    clusters = "";
    assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
    waiting.join();
  }

  @Test
  void theDeadlineEndsTheWait() throws InterruptedException {
    clusters = "outbound|8080||api-gateway::" + POD + ":8080::cx_active::3\n";
    departure().await(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1), () -> false);
    departure().await(System.nanoTime() + LONG, () -> asked.get() > 0);
  }
}
