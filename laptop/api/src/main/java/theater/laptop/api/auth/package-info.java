/// Who asks, and what they may do.
package theater.laptop.api.auth;
