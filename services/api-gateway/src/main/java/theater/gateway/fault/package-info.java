/// Making a service sick for a while: the instructor's requests and the keys in Redis.
package theater.gateway.fault;
