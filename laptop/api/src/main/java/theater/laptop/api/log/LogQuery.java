package theater.laptop.api.log;

import java.time.Instant;

/// Which part of a log (Kubernetes: PodLogOptions).
///
/// @param tail how many lines at its end; null for all
/// @param limit bytes at most
/// @param since null for all
public record LogQuery(
    Integer tail, long limit, boolean follow, boolean timestamps, Instant since) {}
