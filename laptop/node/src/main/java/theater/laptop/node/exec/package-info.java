/// Streams into running containers: `exec` and `attach`, asked for over the node's Unix socket.
package theater.laptop.node.exec;
