/// Streams over WebSocket: `exec`, `attach` and `port-forward`.
package theater.laptop.api.stream;
