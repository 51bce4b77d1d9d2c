/// What it costs and how fast it is, measured at a running instance: `./theater bench`.
package theater.bench;
