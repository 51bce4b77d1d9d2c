/// What `kubectl get` prints.
package theater.laptop.api.table;
