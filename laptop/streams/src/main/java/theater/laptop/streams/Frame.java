package theater.laptop.streams;

/// A piece of one stream.
///
/// @param channel see [Channel]
public record Frame(int channel, byte[] bytes) {}
