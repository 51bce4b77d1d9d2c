/// An API server in memory, for the tests of those who use one.
package theater.kube.fake;
