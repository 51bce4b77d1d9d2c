package theater.mesh.explain.diff;

import com.fasterxml.jackson.annotation.JsonInclude;

/// One thing that differs in a resource.
///
/// @param host whose calls it is about, `user-service.theater-msa.svc.cluster.local:8081`; may be
///   empty
/// @param object the object behind it, `VirtualService theater-msa/user-service-vs`; may be empty
/// @param path in the object, `spec.http[1]`; may be empty
/// @param match the rule's conditions, `header x-canary = true`, `*`; may be empty
/// @param what `weight`, `delay`, `endpoint`, or a path in Envoy's resource
/// @param of which one, `ctx1`; may be empty
/// @param from empty when it is new
/// @param to empty when it is gone
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Difference(
    String host,
    String object,
    String path,
    String match,
    String what,
    String of,
    String from,
    String to) {}
