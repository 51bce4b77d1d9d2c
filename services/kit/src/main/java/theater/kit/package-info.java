/// What the three cinema services have in common: configuration, start and graceful stop, log,
/// metrics.
package theater.kit;
