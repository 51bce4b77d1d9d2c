// Tells a screen reader what changed, politely and at most every few seconds; the newest message wins.

import { element, setText } from "./element.js";

const GAP_MS = 4000;

export function announcer() {
  const node = element("p", { class: "for-screen-readers", "aria-live": "polite", "data-testid": "announcer" });
  let waiting = null;
  let timer = null;
  const speak = () => {
    timer = null;
    if (waiting !== null) {
      setText(node, waiting);
      waiting = null;
      timer = setTimeout(speak, GAP_MS);
    }
  };
  return {
    node,
    say(text) {
      waiting = text;
      if (timer === null) {
        speak();
      }
    },
  };
}
