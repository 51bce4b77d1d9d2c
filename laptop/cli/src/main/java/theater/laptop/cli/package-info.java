/// What `theater` runs: wiring by constructors, one class per command.
package theater.laptop.cli;
