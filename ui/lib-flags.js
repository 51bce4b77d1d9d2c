// What an Envoy's response flag means. Pure: gives the key of a sentence in text.js.

const KNOWN = ["FI", "UH", "UO", "UF", "UC", "UT", "NC", "NR", "RBAC", "JWT"];

/** The flag as it is shown in a light; GW is the gateway's own answer, "?" one that names no flag. */
export function flagOf(answer) {
  if (answer.by === "gateway") {
    return "GW";
  }
  return !answer.flag || answer.flag === "-" ? "?" : answer.flag;
}

export function meaningKey(answer) {
  if (answer.by === "service") {
    return "flag.cluster";
  }
  if (answer.by === "gateway") {
    return "flag.gateway";
  }
  return KNOWN.includes(answer.flag) ? `flag.${answer.flag}` : "flag.unknown";
}

/** Whose Envoy answered: the gateway's own sidecar, one further on, not known, or none at all. */
export function envoyKey(answer) {
  if (answer.by === "service") {
    return "envoy.none";
  }
  if (answer.by === "gateway") {
    return "envoy.gateway";
  }
  return answer.envoy === "caller" || answer.envoy === "server" ? `envoy.${answer.envoy}` : "envoy.unknown";
}

/** Flags and how often each came, the most frequent first: [["FI", 8], ["UH", 2]]. */
export function countFlags(answers) {
  const counts = new Map();
  for (const answer of answers) {
    counts.set(flagOf(answer), (counts.get(flagOf(answer)) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}
