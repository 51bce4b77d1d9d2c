// Faults and ejections in force for one service. Nothing to tell: the line says so quietly.

import { age, clock, seconds } from "./lib-format.js";
import { element, setText } from "./element.js";
import { t } from "./language.js";

// A fault of a rule with conditions says whom it is for: `match` is what a request must have.
export function faultText(fault) {
  const text = plainText(fault);
  return fault.match ? t("fault.match", { match: fault.match, text }) : text;
}

function plainText(fault) {
  const percent = fault.percent ?? 100;
  if (fault.kind === "delay") {
    return t("fault.delay", { seconds: seconds(fault.delayMs), percent });
  }
  if (fault.kind === "abort") {
    return t("fault.abort", { status: fault.status, percent });
  }
  return t("fault.other", { kind: fault.kind, percent });
}

export function ejectionText(ejection, now) {
  const { context, pod, address, since } = ejection;
  return t("ejection.text", { context: context ?? "?", address: pod ?? address, time: clock(since), age: age(since, now) });
}

export function faultLines(service) {
  const faults = element("p", { class: "fault-line", "data-testid": `faults-${service}` });
  const ejections = element("p", { class: "fault-line ejection-line", "data-testid": `ejections-${service}`, hidden: true });
  return {
    node: element("div", { class: "faults" }, faults, ejections),

    showFaults(weights) {
      const unknown = !weights || weights.unknown;
      const some = unknown ? [] : (weights.faults ?? []);
      faults.dataset.some = String(some.length > 0);
      setText(faults, some.length === 0
        ? t(unknown ? "fault.unknown" : "fault.none")
        : `${t("fault.title")}: ${some.map(faultText).join(" · ")}`);
    },

    showEjections(all, now) {
      const own = all.filter((each) => each.service === service);
      ejections.hidden = own.length === 0;
      setText(ejections, own.map((each) => ejectionText(each, now)).join(" · "));
    },
  };
}
