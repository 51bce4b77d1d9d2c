/// Services and endpoints of all contexts by host, as one proxy may see them.
package theater.mesh.translation.registry;
