package theater.kit.redis;

/// A new document: its id and its JSON in UTF-8.
@SuppressWarnings("ArrayRecordComponent")
public record CreatedDocument(String id, byte[] document) {}
