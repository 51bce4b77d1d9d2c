package theater.gateway.answer;

import theater.gateway.CinemaService;

/// One answer that went back to a caller.
///
/// @param seq rises by one with each answer of this gateway
/// @param time milliseconds since 1970
/// @param path without the query
/// @param durationMs from the request's arrival to the end of the answer
/// @param canary the request was routed by a header, not by weight
/// @param delayed a delay rule was in force and the time fits
public record Answer(
    long seq,
    long time,
    CinemaService service,
    String method,
    String path,
    int status,
    double durationMs,
    Origin origin,
    boolean canary,
    boolean delayed) {}
