package theater.gateway.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.params.SetParams;

/// Faults in Redis: key `fault:{service}:{context}:{pod or *}` with an expiry, told on channel
/// `faults`, and listed in the sorted set `faults` by their end. Blocking; a connection per call,
/// since an instructor calls rarely.
final class FaultStore {
  private static final String INDEX = "faults";
  private static final String CHANNEL = "faults";
  private static final int TIMEOUT_MS = 2000;

  private final HostAndPort redis;

  FaultStore(String host, int port) {
    redis = new HostAndPort(host, port);
  }

  /// @param until milliseconds since 1970; Redis removes the key then
  void set(String key, String value, long until) {
    try (Jedis jedis = connect();
        Transaction transaction = jedis.multi()) {
      transaction.set(key, value, SetParams.setParams().pxAt(until));
      transaction.zadd(INDEX, until, key);
      transaction.publish(CHANNEL, key);
      transaction.exec();
    }
  }

  /// Values by key, without those that have ended.
  Map<String, String> list() {
    try (Jedis jedis = connect()) {
      return list(jedis);
    }
  }

  /// Ends them. Returns those that there were.
  List<String> remove(java.util.function.Predicate<String> wanted) {
    try (Jedis jedis = connect()) {
      List<String> keys = list(jedis).keySet().stream().filter(wanted).toList();
      if (!keys.isEmpty()) {
        try (Transaction transaction = jedis.multi()) {
          transaction.del(keys.toArray(String[]::new));
          transaction.zrem(INDEX, keys.toArray(String[]::new));
          keys.forEach(key -> transaction.publish(CHANNEL, key));
          transaction.exec();
        }
      }
      return keys;
    }
  }

  private static Map<String, String> list(Jedis jedis) {
    jedis.zremrangeByScore(INDEX, 0, System.currentTimeMillis());
    List<String> keys = new ArrayList<>(jedis.zrange(INDEX, 0, 999));
    Map<String, String> faults = new TreeMap<>();
    if (!keys.isEmpty()) {
      List<String> values = jedis.mget(keys.toArray(String[]::new));
      for (int i = 0; i < keys.size(); i++) {
        if (values.get(i) != null) {
          faults.put(keys.get(i), values.get(i));
        }
      }
    }
    return faults;
  }

  private Jedis connect() {
    return new Jedis(
        redis,
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(TIMEOUT_MS)
            .socketTimeoutMillis(TIMEOUT_MS)
            .build());
  }
}
