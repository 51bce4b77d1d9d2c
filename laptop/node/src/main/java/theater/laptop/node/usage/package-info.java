/// What the processes of pods use: processor time and memory, their limits, and what is told of it.
package theater.laptop.node.usage;
