/// Objects in memory with versions and events, and the journal that keeps them on disk.
package theater.laptop.api.store;
