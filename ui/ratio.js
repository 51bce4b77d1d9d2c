// Configured and observed ratio of one service, one bar above the other, so that the eye compares.

import { configuredShare, observed, pair } from "./lib-ratio.js";
import { element, setAttribute, setText } from "./element.js";
import { t } from "./language.js";

const percent = (fraction) => Math.round(fraction * 100);

export function ratio(service) {
  const configured = line("configured", service);
  const measured = line("observed", service);
  const whisker = element("span", { class: "ratio-whisker", "data-testid": `whisker-${service}`, hidden: true });
  measured.bar.append(whisker);
  const counts = element("p", { class: "ratio-note", "data-testid": `counts-${service}` });

  return {
    node: element("div", { class: "ratio" }, configured.node, measured.node, counts),

    showConfigured(weights) {
      const share = configuredShare(weights);
      if (share !== null) {
        configured.show(share, `${weights.ctx1} : ${weights.ctx2}`);
        const key = weights.canary ? "ratio.rule" : "ratio.ruleOnly";
        setText(configured.note, t(key, { rule: weights.rule ?? "", canary: weights.canary }));
        return;
      }
      const key = !weights || weights.unknown ? "unknown" : weights.found ? "noWeights" : "noRule";
      configured.show(null, t(`ratio.${key}`));
      setText(configured.note, weights?.unknown ? (weights.reason ?? t("ratio.unknownWhy")) : (weights?.rule ?? ""));
    },

    showObserved(answers) {
      const seen = observed(answers);
      setText(counts, seen.total === 0 ? "" : t("ratio.counts", seen));
      whisker.hidden = seen.share === null;
      if (seen.share === null) {
        measured.show(null, t(seen.total === 0 ? "ratio.none" : "ratio.onlyNone"));
        setText(measured.note, "");
        return;
      }
      const { low, high, margin } = seen.interval;
      measured.show(seen.share, pair(seen.share).join(" : "), t("ratio.margin", { margin: percent(margin) }));
      setText(measured.note, t("ratio.interval", { low: percent(low), high: percent(high) }));
      whisker.style.left = `${low * 100}%`;
      whisker.style.width = `${(high - low) * 100}%`;
    },
  };
}

function line(kind, service) {
  const name = element("span", { class: "ratio-name", "data-text": `ratio.${kind}` });
  const value = element("span", { class: "ratio-value", "data-testid": `${kind}-${service}` });
  const margin = element("span", { class: "ratio-margin", "data-testid": `${kind}-margin-${service}` });
  const note = element("span", { class: "ratio-note", "data-testid": `${kind}-note-${service}` });
  const first = element("span", { class: "ratio-part ratio-ctx1" });
  const second = element("span", { class: "ratio-part ratio-ctx2" });
  const bar = element("div", { class: "ratio-bar", role: "img" }, first, second);
  return {
    node: element("div", { class: `ratio-line ratio-${kind}` },
      element("div", { class: "ratio-head" }, name, value, margin, note), bar),
    bar,
    note,
    show(share, text, plusMinus = "") {
      setText(value, text);
      setText(margin, plusMinus);
      setAttribute(value, "data-known", String(share !== null));
      setAttribute(bar, "data-known", String(share !== null));
      first.style.flexGrow = String(share ?? 0);
      second.style.flexGrow = String(share === null ? 0 : 1 - share);
      const [ctx1, ctx2] = share === null ? ["–", "–"] : pair(share);
      setAttribute(bar, "aria-label", t("ratio.bar", { label: t(`ratio.${kind}`), ctx1, ctx2 }));
    },
  };
}
