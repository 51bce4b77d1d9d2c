/// Objects against the schemas: types, unknown, missing and contradicting fields, with the words of
/// the real server.
package theater.laptop.api.schema;
