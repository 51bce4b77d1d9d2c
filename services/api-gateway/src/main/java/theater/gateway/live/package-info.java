/// Server-sent events: what happens, told to every open page without ever waiting for one.
package theater.gateway.live;
