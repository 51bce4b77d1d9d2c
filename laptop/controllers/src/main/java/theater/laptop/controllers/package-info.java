/// What makes a context's objects true: Deployments become ReplicaSets become Pods on nodes,
/// Services get endpoints, owners and namespaces take what is theirs with them.
package theater.laptop.controllers;
