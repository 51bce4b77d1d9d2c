/// Advice that Istio does not give: what a rule will not do although it is valid. One advice a
/// file, with its code and its words in both languages; `docs/warnings/` has a page for each.
package theater.mesh.translation.advice;
