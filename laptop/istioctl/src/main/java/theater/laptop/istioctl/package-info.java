/// The tables of `istioctl proxy-config` and `proxy-status`, made from the same answers of Envoy
/// and istiod, for learners without an istioctl.
package theater.laptop.istioctl;
