/// What a learner sees, from outside: the launcher, the real kubectl, real Envoys and a real
/// browser. Nothing of the project's own code is called.
package theater.acceptance;
