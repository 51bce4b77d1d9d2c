// Puts the page together: events come in, at most one drawing a frame goes out.

import { SERVICES, addAnswer, emptyHistory, historiesOf } from "./lib-answers.js";
import { announcer } from "./announcer.js";
import { column } from "./column.js";
import { ejectionText, faultText } from "./faults.js";
import { followEvents } from "./link.js";
import { languageSwitch, onLanguage, t, translatePage } from "./language.js";
import { linkStatus } from "./status.js";
import { pods } from "./pods.js";
import { traffic } from "./traffic.js";

const state = {
  link: "connecting",
  lastTime: null,
  histories: Object.fromEntries(SERVICES.map((service) => [service, emptyHistory()])),
  weights: null,
  deployment: null,
  ejections: [],
};
const columns = Object.fromEntries(SERVICES.map((service) => [service, column(service)]));
const podList = pods();
const status = linkStatus();
const voice = announcer();

/** What to draw in the next frame: names of parts, services for their lights, or "everything". */
const changed = new Set();
let frame = null;

function draw(...parts) {
  parts.forEach((part) => changed.add(part));
  frame ??= requestAnimationFrame(drawNow);
}

function drawNow() {
  frame = null;
  const everything = changed.has("everything");
  const has = (part) => everything || changed.has(part);
  const now = Date.now();
  for (const service of SERVICES) {
    if (has(service)) {
      columns[service].showAnswers(state.histories[service], everything);
    }
    if (has("weights")) {
      columns[service].showWeights(state.weights?.[service]);
    }
    if (has("ejections")) {
      columns[service].showEjections(state.ejections, now);
    }
    if (everything) {
      columns[service].showList();
    }
  }
  if (has("deployment") || has("ejections")) {
    podList.update(state.deployment, state.ejections, now);
  }
  if (has("link")) {
    status.update(state.link, state.lastTime);
  }
  changed.clear();
}

const takes = {
  snapshot(value) {
    state.link = "live";
    state.histories = historiesOf(value.answers ?? []);
    state.weights = value.weights ?? null;
    state.deployment = value.deployment ?? null;
    state.ejections = value.ejections ?? [];
    voice.say(t("link.live"));
    draw("link", "weights", "deployment", "ejections", ...SERVICES);
  },
  answer(value) {
    if (state.histories[value.service]) {
      addAnswer(state.histories[value.service], value);
      draw(value.service);
    }
  },
  weights(value) {
    state.weights = value;
    voice.say(SERVICES.map((service) => sayWeights(service, value[service])).join(". "));
    draw("weights");
  },
  deployment(value) {
    state.deployment = value;
    draw("deployment");
  },
  ejections(value) {
    state.ejections = value ?? [];
    voice.say(state.ejections.map((each) => ejectionText(each, Date.now())).join(". "));
    draw("ejections");
  },
};

function sayWeights(service, weights) {
  const share = weights?.found ? `ctx1 ${weights.ctx1}, ctx2 ${weights.ctx2}` : t("ratio.noRule");
  return [`${t(`service.${service}`)} ${share}`, ...(weights?.faults ?? []).map(faultText)].join(", ");
}

function start() {
  document.getElementById("columns").append(...SERVICES.map((service) => columns[service].node));
  document.getElementById("pods").append(podList.node);
  document.getElementById("tools").append(status.pill, languageSwitch());
  document.getElementById("traffic").append(traffic());
  document.getElementById("banner").append(status.banner);
  document.body.append(voice.node);
  translatePage();
  onLanguage(() => draw("everything"));
  draw("everything");

  followEvents({
    onEvent(type, value) {
      state.lastTime = Date.now();
      takes[type]?.(value);
    },
    onLost() {
      if (state.link !== "lost") {
        state.link = "lost";
        voice.say(t("link.lost"));
        draw("link");
      }
    },
  });
  // Ages and "since" move on by themselves; nothing is asked of anybody for them.
  setInterval(() => state.ejections.length > 0 && draw("ejections"), 1000);
  setInterval(() => draw("deployment"), 10000);
  SERVICES.forEach((service) => columns[service].load());
}

start();
