/// A sick pod on purpose: faults set in Redis for this service, context and pod, each with an end.
package theater.kit.fault;
