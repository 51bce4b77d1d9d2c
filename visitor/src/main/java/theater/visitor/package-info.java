/// An instance of Theater as somebody outside meets it: the launcher, the real kubectl, HTTP,
/// processes. Acceptance tests and benchmarks are its visitors; it calls none of the project's own
/// code.
package theater.visitor;
