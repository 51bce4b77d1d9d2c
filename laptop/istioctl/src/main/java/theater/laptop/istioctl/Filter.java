package theater.laptop.istioctl;

import java.util.Locale;
import java.util.Map;

/// What the options of `proxy-config` leave of a dump; an absent option leaves all.
///
/// @param options name without dashes → value
record Filter(Map<String, String> options) {
  Filter {
    options = Map.copyOf(options);
  }

  private boolean substring(String option, String text) {
    return text.contains(options.getOrDefault(option, ""));
  }

  private boolean same(String option, String text) {
    String wanted = options.get(option);
    return wanted == null || wanted.toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT));
  }

  boolean cluster(String name) {
    String port = options.get("port");
    return substring("fqdn", name)
        && substring("direction", name)
        && substring("subset", name)
        && (port == null || name.contains("|" + port + "|"));
  }

  boolean listener(String address, String port, String type) {
    return same("address", address) && same("port", port) && same("type", type);
  }

  boolean route(String name) {
    String wanted = options.get("name");
    return wanted == null || wanted.equals(name);
  }

  boolean endpoint(String address, String port, String cluster, String status) {
    return same("address", address)
        && same("port", port)
        && same("cluster", cluster)
        && same("status", status);
  }

  boolean verbose() {
    return !options.getOrDefault("verbose", "true").equals("false");
  }
}
