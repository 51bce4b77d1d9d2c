// The traffic button: this browser sends real requests through the gateway, as many a second as asked for.

import { request } from "./api.js";
import { SERVICES } from "./lib-answers.js";
import { changeRate, due, isOver, pace } from "./lib-pace.js";
import { element, setText } from "./element.js";
import { onLanguage, t } from "./language.js";

const TICK_MS = 20;
const COUNTS = ["sent", "ok", "failed", "skipped"];

export function traffic() {
  const service = element("select", { id: "traffic-service", "data-testid": "traffic-service" },
    element("option", { value: "all", "data-text": "traffic.all" }),
    ...SERVICES.map((name) => element("option", { value: name, "data-text": `service.${name}` })));
  const rate = element("input", {
    id: "traffic-rate", type: "range", min: 1, max: 50, value: 10, "data-testid": "traffic-rate", "data-label": "traffic.rateLabel",
    input: () => { showRate(); if (run) { changeRate(run, Number(rate.value), performance.now()); } },
  });
  const rateText = element("output", { for: "traffic-rate", "data-testid": "traffic-rate-text" });
  const canary = element("input", { id: "traffic-canary", type: "checkbox", "data-testid": "traffic-canary" });
  const button = element("button", { type: "button", class: "start", "data-testid": "traffic-start", click: () => (run ? stop() : start()) });
  const numbers = Object.fromEntries(COUNTS.map((name) => [name, element("dd", { "data-testid": `traffic-${name}` }, "0")]));
  const message = element("p", { class: "traffic-message", role: "status", "data-testid": "traffic-message" });

  let run = null;
  let timer = null;
  let turn = 0;
  let inFlight = 0;
  let ended = false;
  let count = { sent: 0, ok: 0, failed: 0 };

  function start() {
    count = { sent: 0, ok: 0, failed: 0 };
    ended = false;
    run = pace(Number(rate.value), performance.now());
    timer = setInterval(pump, TICK_MS);
    show();
  }

  function stop() {
    clearInterval(timer);
    numbers.skipped.textContent = String(run.skipped);
    run = null;
    show();
  }

  function pump() {
    if (!run) {
      return;
    }
    const now = performance.now();
    if (isOver(run, now)) {
      ended = true;
      stop();
      return;
    }
    for (let number = due(run, now, inFlight); number > 0; number--) {
      send(count);
    }
  }

  async function send(own) {
    own.sent += 1;
    inFlight += 1;
    const target = service.value === "all" ? SERVICES[turn++ % SERVICES.length] : service.value;
    try {
      const answer = await request(target, { canary: canary.checked, limit: 1 });
      own[answer.ok ? "ok" : "failed"] += 1;
    } catch {
      own.failed += 1;
    }
    inFlight -= 1;
    pump();
    requestAnimationFrame(showCounts);
  }

  function showCounts() {
    for (const name of ["sent", "ok", "failed"]) {
      setText(numbers[name], String(count[name]));
    }
    if (run) {
      setText(numbers.skipped, String(run.skipped));
    }
  }

  function showRate() {
    setText(rateText, t("traffic.rate", { rate: rate.value }));
  }

  function show() {
    setText(button, t(run ? "traffic.stop" : "traffic.start"));
    button.dataset.running = String(run !== null);
    setText(message, ended ? t("traffic.limit") : "");
    showRate();
    showCounts();
  }

  onLanguage(show);
  show();
  return element("section", { class: "traffic", "aria-labelledby": "traffic-title" },
    element("h2", { id: "traffic-title", "data-text": "traffic.title" }),
    element("label", { class: "field" }, element("span", { class: "field-name", "data-text": "traffic.service" }), service),
    element("div", { class: "field" }, rate, rateText),
    element("label", { class: "field" }, canary, element("span", { "data-text": "traffic.canary" }), element("code", {}, "x-canary: true")),
    button,
    element("dl", {}, ...COUNTS.map((name) => element("div", name === "skipped" ? { "data-hint": "traffic.skippedWhy" } : {}, element("dt", { "data-text": `traffic.${name}` }), numbers[name]))),
    message);
}
