// One row of 16 lights. The nodes are made once; answers move through them, newest at the right.

import { LIGHTS, answerAt, kindOf } from "./lib-answers.js";
import { clock, duration } from "./lib-format.js";
import { envoyKey, flagOf, meaningKey } from "./lib-flags.js";
import { drawing, element, setAttribute, setText } from "./element.js";
import { t } from "./language.js";

/** Says who answered, in words: for tooltips, screen readers and the line below the lights. */
export function describe(answer) {
  if (!answer) {
    return t("light.empty");
  }
  const kind = kindOf(answer);
  const marks = (answer.canary ? t("light.canary") : "") + (answer.delayed ? t("light.delayed") : "");
  const shared = { status: answer.status, time: clock(answer.time), duration: duration(answer.durationMs), marks };
  return kind === "envoy"
    ? t("light.envoy", { ...shared, flag: flagOf(answer), who: t(envoyKey(answer)), meaning: t(meaningKey(answer)) })
    : t("light.service", { ...shared, context: answer.context, pod: answer.pod ?? "–" });
}

/** A row; `inspect(answer or null)` is told which light the reader looks at. */
export function lightRow(service, row, inspect) {
  const lights = Array.from({ length: LIGHTS }, (_, index) => light(service, row, index));
  const shown = new Array(LIGHTS).fill(undefined);
  const group = element("div", {
    class: "lights",
    role: "group",
    "data-row": row,
    "data-testid": row === "none" ? `lane-${service}-none` : `lights-${service}-${row}`,
  }, ...lights.map((each) => each.node));

  const look = (event) => {
    const index = lights.findIndex((each) => each.node === event.target.closest(".light"));
    inspect(index < 0 ? null : shown[index]);
  };
  group.addEventListener("pointerover", look);
  group.addEventListener("focusin", look);
  group.addEventListener("pointerleave", () => inspect(null));
  group.addEventListener("focusout", () => inspect(null));
  group.addEventListener("keydown", (event) => walk(event, lights.map((each) => each.node)));

  return {
    node: group,
    /** Shows the row; `newest` is the service's newest answer, `label` names the row. */
    update(answers, newest, label, anew) {
      setAttribute(group, "aria-label", label);
      for (let index = 0; index < LIGHTS; index++) {
        const answer = answerAt(answers, index);
        if (anew || answer !== shown[index]) {
          shown[index] = answer;
          lights[index].show(answer);
        }
        setAttribute(lights[index].node, "data-newest", answer && answer === newest ? "true" : null);
      }
    },
  };
}

function light(service, row, index) {
  const picture = drawing("light-empty", "light-shape");
  const use = picture.firstChild;
  const mark = element("span", { class: "light-mark", "aria-hidden": "true" });
  const node = element("span", {
    class: "light",
    role: "img",
    tabindex: index === LIGHTS - 1 ? 0 : -1,
    "data-testid": `light-${service}-${row}-${index}`,
    "data-kind": "empty",
  }, picture, mark);
  return {
    node,
    show(answer) {
      const kind = kindOf(answer);
      const words = describe(answer);
      setAttribute(use, "href", `#light-${kind}`);
      setAttribute(node, "data-kind", kind);
      setAttribute(node, "data-status", answer?.status);
      setAttribute(node, "data-pod", answer?.pod);
      setAttribute(node, "data-seq", answer?.seq);
      setAttribute(node, "data-flag", kind === "envoy" ? flagOf(answer) : null);
      setAttribute(node, "data-canary", answer?.canary ? "true" : null);
      setAttribute(node, "title", words);
      setAttribute(node, "aria-label", words);
      setText(mark, kind === "envoy" ? flagOf(answer) : answer?.canary ? "C" : "");
    },
  };
}

function walk(event, nodes) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -LIGHTS, End: LIGHTS };
  const at = nodes.indexOf(event.target);
  if (at < 0 || !(event.key in steps)) {
    return;
  }
  event.preventDefault();
  const to = Math.min(LIGHTS - 1, Math.max(0, at + steps[event.key]));
  nodes[at].tabIndex = -1;
  nodes[to].tabIndex = 0;
  nodes[to].focus();
}
