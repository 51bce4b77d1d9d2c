/// Passing a request on and its answer back, exactly as they came.
package theater.gateway.proxy;
