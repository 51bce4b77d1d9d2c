/// What happens to an object before it is stored: defaults, service accounts, sidecars, cluster
/// addresses, checks.
package theater.laptop.api.admission;
