package theater.kit.redis;

import static theater.kit.redis.Redis.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.args.RawableFactory;

/// Documents of one kind: `user:{id}` holds the JSON, the sorted set `users` the ids in the order
/// of creation, `user:seq` the last id given. Document and index change in one script, so they
/// never disagree.
public final class DocumentStore {
  private static final String CREATE =
      """
      local id
      repeat id = redis.call('INCR', KEYS[1]) until redis.call('EXISTS', ARGV[1] .. id) == 0
      local document = '{"id":"' .. id .. '",' .. ARGV[2]
      redis.call('SET', ARGV[1] .. id, document)
      redis.call('ZADD', KEYS[2], id, id)
      return {tostring(id), document}
      """;
  private static final String DELETE =
      """
      redis.call('ZREM', KEYS[2], ARGV[1])
      return redis.call('DEL', KEYS[1])
      """;
  private static final String SEED =
      """
      if not redis.call('SET', KEYS[1], ARGV[1], 'NX') then return 0 end
      if redis.call('ZCARD', KEYS[3]) > 0 or redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
      for i = 3, #ARGV do
        local id = i - 2
        if redis.call('SET', ARGV[2] .. id, ARGV[i], 'NX') then redis.call('ZADD', KEYS[3], id, id) end
      end
      redis.call('SET', KEYS[2], #ARGV - 2)
      return 1
      """;

  private final Redis redis;
  private final String prefix;
  private final String index;
  private final String sequence;

  /// @param kind one of them, `user`; the index is its plural
  public DocumentStore(Redis redis, String kind) {
    this.redis = redis;
    prefix = kind + ":";
    index = kind + "s";
    sequence = kind + ":seq";
  }

  /// One round trip whatever the number of documents.
  public DocumentPage page(int offset, int limit) {
    return page(index, offset, limit);
  }

  /// The same of another index, `bookings:user:7`.
  public DocumentPage page(String ofIndex, int offset, int limit) {
    var answers =
        redis.together(
            command(Command.ZCARD, ofIndex),
            // "nosort" is no sorting at all: the index's own order.
            command(
                Command.SORT,
                ofIndex,
                "BY",
                "nosort",
                "LIMIT",
                offset,
                limit,
                "GET",
                prefix + "*"));
    var documents = new ArrayList<byte[]>();
    for (Object document : (List<?>) answers.get(1)) {
      // An id without a document is somebody's hand in Redis, and no reason to fail.
      if (document != null) {
        documents.add((byte[]) document);
      }
    }
    return new DocumentPage((Long) answers.getFirst(), documents);
  }

  /// The JSON of a document, null when there is none.
  public byte[] find(String id) {
    return (byte[]) redis.call(Command.GET, prefix + id);
  }

  /// @param members JSON of every member but `id`, with the closing brace: `"name":"홍길동"}`
  public CreatedDocument create(String members) {
    var answer = (List<?>) redis.call(Command.EVAL, CREATE, 2, sequence, index, prefix, members);
    return new CreatedDocument(Redis.text(answer.getFirst()), (byte[]) answer.get(1));
  }

  /// Replaces a document.
  ///
  /// @return its JSON, null when there is none with this id
  public byte[] replace(String id, String members) {
    byte[] document = document(id, members).getBytes(StandardCharsets.UTF_8);
    return redis.call(Command.SET, prefix + id, RawableFactory.from(document), "XX") == null
        ? null
        : document;
  }

  /// @return whether there was one
  public boolean delete(String id) {
    return (Long) redis.call(Command.EVAL, DELETE, 2, prefix + id, index, id) > 0;
  }

  /// Creates documents 1, 2, 3 … unless this was done before or documents exist. Atomic: of many
  /// pods one seeds.
  ///
  /// @return whether this call seeded
  public boolean seed(List<String> members) {
    var arguments =
        new ArrayList<Object>(List.of(SEED, 3, "seeded:v1:" + index, sequence, index, "1", prefix));
    for (int i = 0; i < members.size(); i++) {
      arguments.add(document("" + (i + 1), members.get(i)));
    }
    return (Long) redis.call(Command.EVAL, arguments.toArray()) == 1;
  }

  private static String document(String id, String members) {
    return "{\"id\":\"" + id + "\"," + members;
  }
}
