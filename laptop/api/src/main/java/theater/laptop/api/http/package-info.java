/// The API over HTTPS.
package theater.laptop.api.http;
