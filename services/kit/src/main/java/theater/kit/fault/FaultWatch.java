package theater.kit.fault;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;
import theater.kit.EventLog;
import theater.kit.redis.Redis;
import theater.kit.redis.RedisUnavailableException;

/// Keeps the faults of this pod current: reads them every second and when the channel `faults` says
/// that one changed. While Redis is away there are no faults.
public final class FaultWatch implements AutoCloseable {
  private static final long EVERY_MS = 1000;

  private final Redis redis;
  private final EventLog log;
  private final String ownKey;
  private final String allKey;
  private final FaultLoad load = new FaultLoad();
  private final Semaphore changed = new Semaphore(0);
  private volatile FaultRules rules = FaultRules.NONE;
  private volatile boolean closed;
  private volatile Connection subscription;
  private String lastRefusal = "";

  public FaultWatch(Redis redis, EventLog log, String service, String context, String pod) {
    this.redis = redis;
    this.log = log;
    ownKey = "fault:" + service + ":" + context + ":" + pod;
    allKey = "fault:" + service + ":" + context + ":*";
  }

  /// Starts reading and listening, each in a virtual thread.
  public void start() {
    Thread.ofVirtual().name("faults-read").start(this::read);
    Thread.ofVirtual().name("faults-listen").start(this::listen);
  }

  /// The faults in force. No I/O.
  public FaultRules rules() {
    return rules;
  }

  @Override
  public void close() {
    closed = true;
    changed.release();
    load.follow(null);
    cutSubscription();
  }

  /// A Redis that went silent would hold the subscription for ever; a new one is made when it is
  /// back.
  private void cutSubscription() {
    Connection connection = subscription;
    subscription = null;
    if (connection != null) {
      connection.setBroken();
      connection.close();
    }
  }

  private void read() {
    while (!closed) {
      FaultRules before = rules;
      try {
        var values = (List<?>) redis.call(Command.MGET, ownKey, allKey);
        rules = new FaultRules(parse(ownKey, values.getFirst()), parse(allKey, values.get(1)));
      } catch (RedisUnavailableException | JedisException e) {
        rules = FaultRules.NONE;
        cutSubscription();
      }
      if (!rules.equals(before)) {
        log.info("event", "fault", "own", rules.own(), "all", rules.all());
      }
      load.follow(rules.current(Instant.now()));
      await();
    }
  }

  private void await() {
    try {
      if (changed.tryAcquire(EVERY_MS, TimeUnit.MILLISECONDS)) {
        changed.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  private Fault parse(String key, Object value) {
    if (value == null) {
      return null;
    }
    try {
      return Fault.parse((byte[]) value);
    } catch (IllegalArgumentException e) {
      String refusal = key + ": " + e.getMessage();
      if (!refusal.equals(lastRefusal)) {
        lastRefusal = refusal;
        log.error("event", "fault refused", "detail", refusal);
      }
      return null;
    }
  }

  private void listen() {
    while (!closed) {
      try (Connection connection = redis.subscription()) {
        subscription = connection;
        connection.sendCommand(Command.SUBSCRIBE, "faults");
        while (!closed) {
          connection.getUnflushedObject();
          changed.release();
        }
      } catch (RedisUnavailableException | JedisException e) {
        redis.forgetIdle();
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(closed ? 0 : EVERY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }
}
