/// The API gateway: passes requests on to the services, recognises who answered, and tells the page
/// live.
package theater.gateway;
