package theater.kit;

import java.util.Map;
import java.util.function.Function;
import theater.kit.http.Answer;
import theater.kit.http.Paging;
import theater.kit.http.Problem;
import theater.kit.http.Request;
import theater.kit.http.Router;
import theater.kit.json.Fields;
import theater.kit.redis.DocumentPage;
import theater.kit.redis.DocumentStore;

/// List, get, create, replace and delete of one kind of document under its plural: `/users`,
/// `/users/{id}`.
public final class DocumentRoutes {
  private final DocumentStore store;
  private final String kind;
  private final String path;
  private final Function<Fields, String> members;

  /// @param kind `user`
  /// @param members takes the fields of a body and gives the JSON of the document's members, with
  ///   the closing brace
  public DocumentRoutes(DocumentStore store, String kind, Function<Fields, String> members) {
    this.store = store;
    this.kind = kind;
    this.members = members;
    path = "/" + kind + "s";
  }

  /// Adds the five operations.
  public void addTo(Router router) {
    router
        .on("GET", path, request -> list(store, path.substring(1), request))
        .on("POST", path, this::create)
        .on(
            "GET",
            path + "/{id}",
            request -> Answer.json(existing(store.find(request.id()), kind, request.id())))
        .on(
            "PUT",
            path + "/{id}",
            request ->
                Answer.json(
                    existing(store.replace(request.id(), members(request)), kind, request.id())))
        .on("DELETE", path + "/{id}", this::delete);
  }

  /// One page of an index, with the number of all in `X-Total-Count`.
  public static Answer list(DocumentStore store, String index, Request request) {
    Paging paging = Paging.of(request);
    DocumentPage page = store.page(index, paging.offset(), paging.limit());
    return Answer.json(page.json(), Map.of("X-Total-Count", Long.toString(page.total())));
  }

  /// @throws theater.kit.http.ProblemException 404 when the document is null
  public static byte[] existing(byte[] document, String kind, String id) {
    if (document == null) {
      throw missing(kind, id).thrown();
    }
    return document;
  }

  /// 404 for a document that is not there.
  public static Problem missing(String kind, String id) {
    return new Problem(404, "there is no " + kind + " \"" + id + "\"");
  }

  private Answer create(Request request) {
    var created = store.create(members(request));
    return Answer.created(created.document(), path + "/" + created.id());
  }

  private Answer delete(Request request) {
    if (!store.delete(request.id())) {
      throw missing(kind, request.id()).thrown();
    }
    return Answer.nothing();
  }

  private String members(Request request) {
    Fields fields = request.fields();
    String text = members.apply(fields);
    Request.accepted(fields);
    return text;
  }
}
