package theater.laptop.api.http;

import java.nio.file.Path;
import java.util.function.BiFunction;
import theater.laptop.api.auth.Authenticator;
import theater.laptop.api.auth.Rbac;
import theater.laptop.api.auth.ServiceAccountTokens;
import theater.laptop.api.discovery.Discovery;
import theater.laptop.api.discovery.OpenApi;
import theater.laptop.api.kind.ServedKinds;
import theater.laptop.api.registry.Deleter;
import theater.laptop.api.registry.Reader;
import theater.laptop.api.registry.Writer;
import theater.laptop.api.store.ObjectStore;
import theater.laptop.api.stream.StreamGate;
import theater.laptop.schemas.Schemas;

/// Puts the handlers together.
public final class Handlers {
  private Handlers() {}

  /// What decides over streams.
  public static StreamGate gate(ObjectStore store, Authenticator authenticator) {
    return new StreamAdmission(
        authenticator, new Rbac(store), new StreamHandler(new Reader(store)));
  }

  /// @param logs pod uid and container → log file
  public static ApiHandler of(
      Reader reader,
      Schemas schemas,
      ServedKinds kinds,
      Writer writer,
      Authenticator authenticator,
      ServiceAccountTokens tokens,
      BiFunction<String, String, Path> logs) {
    ObjectStore store = reader.store();
    Deleter deleter = new Deleter(store);
    Rbac rbac = new Rbac(store);
    Verbs verbs =
        new Verbs(
            new ReadHandler(reader),
            new WatchHandler(store, reader),
            new WriteHandler(reader, writer, deleter, schemas),
            new PartHandler(reader, writer, deleter, tokens),
            new LogHandler(reader, logs),
            new StreamHandler(reader));
    MetaHandler meta =
        new MetaHandler(new ReviewHandler(rbac), new Discovery(kinds), new OpenApi(schemas, kinds));
    return new ApiHandler(kinds, authenticator, rbac, meta, verbs);
  }
}
