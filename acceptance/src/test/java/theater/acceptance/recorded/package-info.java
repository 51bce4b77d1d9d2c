/// What a real cluster answered to kubectl, beside what a running theater answers.
package theater.acceptance.recorded;
