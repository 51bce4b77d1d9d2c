/// Containers' logs, as the node agent keeps them.
package theater.laptop.api.log;
