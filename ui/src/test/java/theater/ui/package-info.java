/// The page, read and used in a real browser against a scripted gateway.
package theater.ui;
