package theater.mesh.translation.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import theater.mesh.translation.spec.SpecNode;

/// Istio's warnings of rules that no request reaches.
final class UnusedRules {
  private UnusedRules() {}

  static void check(List<SpecNode> routes, Complaints complaints) {
    Map<JsonNode, Integer> seen = new HashMap<>();
    boolean all = false;
    for (int i = 0; i < routes.size(); i++) {
      String name = name(routes.get(i), i);
      List<SpecNode> matches = routes.get(i).at("match").items();
      if (matches.isEmpty()) {
        complaints.warnIf(all, unused(name, "only the last rule can have no matches"));
        all = true;
        continue;
      }
      int repeated = 0;
      for (int j = 0; j < matches.size(); j++) {
        if (all) {
          complaints.warn(unused(name, "route without matches defined before"));
          continue;
        }
        JsonNode match = nameless(matches.get(j).json());
        Integer before = seen.putIfAbsent(match, i);
        if (before != null) {
          repeated++;
          complaints.warn(
              ineffective(name, name(matches.get(j), j), name(routes.get(before), before)));
        }
      }
      complaints.warnIf(
          repeated == matches.size(), unused(name, "all matches used by prior rules"));
    }
  }

  /// A match on a path's beginning behind one on a shorter beginning of the same.
  static void prefixes(List<SpecNode> routes, Complaints complaints) {
    record Prefix(String route, String match, String prefix, String method, List<Object> others) {
      boolean covers(Prefix later) {
        return later.prefix.startsWith(prefix)
            && !later.prefix.equals(prefix)
            && method.startsWith(later.method)
            && others.equals(later.others);
      }
    }
    List<Prefix> found = new ArrayList<>();
    for (int i = 0; i < routes.size(); i++) {
      List<SpecNode> matches = routes.get(i).at("match").items();
      for (int j = 0; j < matches.size(); j++) {
        SpecNode match = matches.get(j);
        String prefix = match.at("uri", "prefix").textOr("");
        if (!prefix.isEmpty()) {
          String method = comparable(match.at("method"));
          found.add(
              new Prefix(
                  name(routes.get(i), i),
                  name(match, j),
                  prefix,
                  method.isEmpty() ? "exact:GET" : method,
                  List.of(
                      match.at("port").whole().orElse(0),
                      comparable(match.at("authority")),
                      comparables(match.at("headers")),
                      comparables(match.at("queryParams")),
                      comparables(match.at("withoutHeaders")))));
        }
      }
    }
    for (int i = 0; i < found.size(); i++) {
      for (int j = i + 1; j < found.size(); j++) {
        Prefix before = found.get(i);
        Prefix after = found.get(j);
        complaints.warnIf(
            before.covers(after),
            ineffective(
                after.route,
                after.match + " of prefix " + after.prefix,
                before.match + " of prefix " + before.prefix + " on " + before.route));
      }
    }
  }

  private static String unused(String rule, String why) {
    return "virtualService rule " + rule + " not used (" + why + ")";
  }

  private static String ineffective(String rule, String match, String before) {
    return "virtualService rule "
        + rule
        + " match "
        + match
        + " is not used (duplicate/overlapping match in rule "
        + before
        + ")";
  }

  private static String comparable(SpecNode text) {
    return Rules.given(text.at("exact"))
        ? "exact:" + text.at("exact").textOr("")
        : Rules.given(text.at("prefix")) ? "prefix:" + text.at("prefix").textOr("") : "";
  }

  private static Map<String, String> comparables(SpecNode texts) {
    Map<String, String> result = new TreeMap<>();
    texts.entries().forEach((name, value) -> result.put(name, comparable(value)));
    return result;
  }

  private static JsonNode nameless(JsonNode match) {
    if (match instanceof ObjectNode object && object.has("name")) {
      ObjectNode copy = object.deepCopy();
      copy.remove("name");
      return copy;
    }
    return match;
  }

  private static String name(SpecNode node, int index) {
    String written = node.at("name").textOr("");
    return written.isEmpty() ? "#" + index : "\"" + written + "\"";
  }
}
