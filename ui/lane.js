// What the newest answers that no cluster gave were, in plain words.

import { countFlags, envoyKey, flagOf, meaningKey } from "./lib-flags.js";
import { element, setText } from "./element.js";
import { t } from "./language.js";

export function laneText(service) {
  const counts = element("b", { class: "lane-counts", "data-testid": `lane-counts-${service}` });
  const meaning = element("span", { "data-testid": `lane-meaning-${service}` });
  const node = element("p", { class: "lane-text" }, counts, meaning);
  return {
    node,
    update(answers) {
      const newest = answers.at(-1);
      node.dataset.some = String(Boolean(newest));
      if (!newest) {
        setText(counts, "");
        setText(meaning, t("lane.empty"));
        return;
      }
      setText(counts, countFlags(answers).map(([flag, count]) => `${flag} ×${count}`).join("  "));
      setText(meaning, `${flagOf(newest)} (${newest.status}, ${t(envoyKey(newest))}): ${t(meaningKey(newest))}`);
    },
  };
}
