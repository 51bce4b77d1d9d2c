package theater.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import theater.visitor.Calls;
import theater.visitor.Theater;

/// GET /users/ when there are 10,000 users.
final class LongList {
  private static final int USERS = 10_000;
  private static final int READS = 500;

  private LongList() {}

  static void measure(Theater theater, Report report) throws InterruptedException {
    report.heading("GET /users/ with 10,000 users");
    report.table("page", "users at that time", "requests", "p50 ms", "p99 ms");
    try (Calls calls = theater.calls()) {
      read(calls, "/users/", report);
      fill(calls);
      read(calls, "/users/", report);
      read(calls, "/users/?limit=500", report);
      read(calls, "/users/?limit=50&offset=9900", report);
    }
  }

  private static void read(Calls calls, String path, Report report) {
    double[] milliseconds = new double[READS];
    for (int i = 0; i < READS; i++) {
      Calls.Answer answer = calls.get(path);
      if (answer.status() != 200) {
        throw new IllegalStateException(
            path + " answered " + answer.status() + ": " + answer.body());
      }
      milliseconds[i] = answer.took().toNanos() / 1e6;
    }
    Percentiles all = Percentiles.of(milliseconds);
    report.row(path, calls.get(path).header("x-total-count"), READS, all.at(50), all.at(99));
  }

  private static void fill(Calls calls) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(USERS);
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < USERS; i++) {
        String user = "{\"name\":\"user " + i + "\",\"email\":\"user" + i + "@example.com\"}";
        threads.execute(() -> {
          calls.send("POST", "/users/", user);
          done.countDown();
        });
      }
      done.await();
    }
  }
}
