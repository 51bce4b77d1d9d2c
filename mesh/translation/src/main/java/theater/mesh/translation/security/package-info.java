/// Who may call: AuthorizationPolicy as Envoy's RBAC filters, RequestAuthentication as its JWT
/// filter.
package theater.mesh.translation.security;
