/// The store: few, bounded connections with time limits, and documents kept with their index.
package theater.kit.redis;
