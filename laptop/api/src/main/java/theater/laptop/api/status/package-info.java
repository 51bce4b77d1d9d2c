/// Refusals: metav1.Status as an exception.
package theater.laptop.api.status;
