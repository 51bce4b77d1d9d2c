package theater.kit.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/// At most eight connections to Redis, opened when they are needed. Every wait has an end: 1 s for
/// a free connection, 1 s to connect, 1 s for an answer. A connection that failed is closed with
/// all idle ones, so the next request starts afresh.
public final class Redis implements AutoCloseable {
  static final int CONNECTIONS = 8;
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final HostAndPort address;
  private final DefaultJedisClientConfig settings;
  private final Semaphore free = new Semaphore(CONNECTIONS);
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final AtomicLong errors = new AtomicLong();
  private final AtomicLong roundTrips = new AtomicLong();
  private volatile boolean closed;

  public Redis(String host, int port) {
    address = new HostAndPort(host, port);
    int limit = (int) LIMIT.toMillis();
    settings =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(limit)
            .socketTimeoutMillis(limit)
            .clientSetInfoConfig(redis.clients.jedis.ClientSetInfoConfig.DISABLED)
            .build();
  }

  /// A command; arguments are strings (UTF-8), byte arrays or numbers.
  public static CommandArguments command(Command command, Object... arguments) {
    return new CommandArguments(command).addObjects(arguments);
  }

  /// One command, one round trip.
  ///
  /// @return Long, byte[], null, or a List of these
  /// @throws RedisUnavailableException when Redis can not be reached or does not answer in time
  /// @throws JedisDataException when Redis refuses the command
  public Object call(Command command, Object... arguments) {
    return together(command(command, arguments)).getFirst();
  }

  /// Several commands in one round trip, answered in their order.
  public List<Object> together(CommandArguments... commands) {
    acquire();
    try {
      Connection reused = idle.pollFirst();
      if (reused != null && !reused.isConnected()) {
        reused.close();
        reused = null;
      }
      Connection connection = reused == null ? open() : reused;
      return exchange(connection, commands);
    } finally {
      free.release();
    }
  }

  /// A connection of the caller's own, which never times out while reading: for subscriptions. The
  /// caller closes it.
  public Connection subscription() {
    Connection connection = open();
    connection.setTimeoutInfinite();
    return connection;
  }

  /// Closes idle connections, for instance because a subscription was cut: they are most likely cut
  /// as well.
  public void forgetIdle() {
    for (Connection connection = idle.pollFirst();
        connection != null;
        connection = idle.pollFirst()) {
      discard(connection);
    }
  }

  /// How often Redis failed since the start.
  public long errors() {
    return errors.get();
  }

  /// How many round trips were made since the start.
  public long roundTrips() {
    return roundTrips.get();
  }

  @Override
  public void close() {
    closed = true;
    forgetIdle();
  }

  private void acquire() {
    try {
      if (!free.tryAcquire(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw unavailable(
            "all " + CONNECTIONS + " connections were busy for " + LIMIT.toMillis() + " ms", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while waiting for a connection", e);
    }
  }

  private Connection open() {
    try {
      return new Connection(address, settings);
    } catch (JedisException e) {
      throw unavailable("no connection", e);
    }
  }

  private List<Object> exchange(Connection connection, CommandArguments... commands) {
    boolean usable = false;
    try {
      for (CommandArguments command : commands) {
        connection.sendCommand(command);
      }
      roundTrips.incrementAndGet();
      List<Object> answers = connection.getMany(commands.length);
      usable = true;
      for (Object answer : answers) {
        if (answer instanceof JedisDataException refused) {
          throw refused;
        }
      }
      return answers;
    } catch (JedisConnectionException e) {
      throw unavailable("no answer", e);
    } finally {
      if (usable && !closed) {
        idle.addFirst(connection);
      } else {
        discard(connection);
        forgetIdle();
      }
    }
  }

  private static void discard(Connection connection) {
    try {
      connection.disconnect();
    } catch (JedisException e) {
      // It was broken before; there is nothing left to close.
      connection.setBroken();
    }
  }

  private RedisUnavailableException unavailable(String what, Exception cause) {
    errors.incrementAndGet();
    return new RedisUnavailableException("Redis at " + address + ": " + what, cause);
  }

  /// A bulk answer as text, null for a missing value.
  public static String text(Object answer) {
    return answer == null ? null : new String((byte[]) answer, StandardCharsets.UTF_8);
  }

  /// A list answer of bulks as texts.
  public static List<String> texts(Object answer) {
    var texts = new ArrayList<String>();
    for (Object item : (List<?>) answer) {
      texts.add(text(item));
    }
    return texts;
  }
}
