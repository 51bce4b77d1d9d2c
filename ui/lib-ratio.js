// Shares and how sure one can be of them. Pure.

/** Two-sided 95 % of the normal distribution. */
const Z = 1.959964;

/**
 * Wilson's score interval for `hits` of `total`, as fractions. It stays honest at 0 and 100 %, where the plain
 * formula would claim no doubt at all. `margin` is how far the further end is from the share, so that share ± margin
 * covers the interval. Nothing counted: null.
 */
export function interval(hits, total) {
  if (total === 0) {
    return null;
  }
  const share = hits / total;
  const z2 = Z * Z;
  const centre = (share + z2 / (2 * total)) / (1 + z2 / total);
  const half = (Z / (1 + z2 / total)) * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total * total));
  const low = Math.max(0, centre - half);
  const high = Math.min(1, centre + half);
  return { low, high, margin: Math.max(share - low, high - share) };
}

/**
 * Who gave the answers. The share is ctx1's among answers that a cluster gave; canary requests are left out, because
 * a header chose their cluster, not the weights.
 */
export function observed(answers) {
  const counts = { ctx1: 0, ctx2: 0, none: 0 };
  for (const answer of answers) {
    if (answer.canary) {
      continue;
    }
    const known = answer.by === "service" && (answer.context === "ctx1" || answer.context === "ctx2");
    counts[known ? answer.context : "none"] += 1;
  }
  const clusters = counts.ctx1 + counts.ctx2;
  return {
    ...counts,
    total: clusters + counts.none,
    clusters,
    share: clusters === 0 ? null : counts.ctx1 / clusters,
    interval: interval(counts.ctx1, clusters),
  };
}

/** Two whole percentages that add up to 100. */
export function pair(share) {
  const first = Math.round(share * 100);
  return [first, 100 - first];
}

/** ctx1's share of the configured weights, or null when there is nothing to divide. */
export function configuredShare(weights) {
  if (!weights || !Number.isFinite(weights.ctx1) || !Number.isFinite(weights.ctx2)) {
    return null;
  }
  const sum = weights.ctx1 + weights.ctx2;
  return sum > 0 ? weights.ctx1 / sum : null;
}
