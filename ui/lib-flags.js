// What an Envoy's response flag means. Pure: gives the key of a sentence in text.js.

const KNOWN = ["FI", "UH", "UO", "UF", "UC", "UT", "NC", "NR", "RBAC", "JWT"];

/** The flag as it is shown in a light; an answer that names none shows "?". */
export function flagOf(answer) {
  return answer.flag || "?";
}

export function meaningKey(answer) {
  if (answer.by === "service") {
    return "flag.cluster";
  }
  return KNOWN.includes(answer.flag) ? `flag.${answer.flag}` : "flag.unknown";
}

/** Whose Envoy answered: the gateway's own sidecar, one further on, or it is not known. */
export function envoyKey(answer) {
  if (answer.by === "service") {
    return "envoy.none";
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
