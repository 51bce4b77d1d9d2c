/// The verbs on objects, without HTTP: what the server's handlers and the controllers of the same
/// process call.
package theater.laptop.api.registry;
