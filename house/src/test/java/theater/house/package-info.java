/// The house's own rules: who may know whom, how long a file is, and that documents tell the truth.
package theater.house;
