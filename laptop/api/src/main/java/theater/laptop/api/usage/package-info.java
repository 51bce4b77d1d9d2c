/// What pods and nodes use of processor and memory: metrics.k8s.io.
package theater.laptop.api.usage;
