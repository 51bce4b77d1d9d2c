// The newest rows of a service. Read when the page opens and when asked, never by itself: each reading is traffic.

import { request } from "./api.js";
import { element, setText } from "./element.js";
import { t } from "./language.js";

const SHOWN = 5;
const FIRST_PAGE = 50;

/** Names that the booking list shows instead of ids, from what the other lists read. */
const names = { "user-service": new Map(), "movie-service": new Map() };
const followers = [];

export function list(service) {
  const who = element("span", { class: "list-who", "data-testid": `list-who-${service}` });
  const body = element("ul", { class: "list-rows", "data-testid": `list-${service}` });
  const button = element("button", {
    type: "button", class: "quiet", "data-testid": `refresh-${service}`, "data-text": "list.refresh", click: () => load(),
  });
  let state = { loading: true };

  async function load() {
    button.disabled = true;
    state = { ...state, loading: true };
    show();
    state = await read(service);
    button.disabled = false;
    remember(service, state.rows ?? []);
    show();
  }

  function show() {
    setText(who, note(state));
    const message = state.failed ? failure(state) : !state.rows ? t("list.loading") : state.rows.length === 0 ? t("list.empty") : null;
    body.dataset.failed = String(Boolean(state.failed));
    body.replaceChildren(...(message === null ? state.rows.map((row) => line(service, row)) : [element("li", {}, message)]));
  }

  if (service === "booking-service") {
    followers.push(() => state.rows && show());
  }
  return {
    node: element("section", { class: "list" },
      element("div", { class: "list-head" }, element("h3", { "data-text": `list.${service}` }), who, button), body),
    load,
    show,
  };
}

async function read(service) {
  try {
    let answer = await request(service, { limit: FIRST_PAGE });
    const total = Number(answer.headers.get("x-total-count") ?? NaN);
    if (answer.ok && total > FIRST_PAGE) {
      answer = await request(service, { limit: SHOWN, offset: total - SHOWN });
    }
    if (!answer.ok) {
      return { failed: true, status: answer.status, text: answer.body };
    }
    const all = JSON.parse(answer.body);
    const rows = all.slice(-SHOWN).reverse();
    return {
      rows,
      total: Number.isFinite(total) ? total : all.length,
      context: answer.headers.get("x-service-cluster"),
      pod: answer.headers.get("x-pod-name"),
    };
  } catch {
    return { failed: true };
  }
}

function note(state) {
  if (!state.rows) {
    return "";
  }
  const count = t("list.count", { shown: state.rows.length, total: state.total });
  return state.context ? `${count} · ${state.context}` : count;
}

function failure(state) {
  return state.status === undefined
    ? t("list.unreachable")
    : t("list.failed", { status: state.status, text: problemText(state.text) });
}

/** The detail of a problem JSON, or the text as it came. */
function problemText(body) {
  try {
    const problem = JSON.parse(body);
    return String(problem.detail ?? problem.title ?? "").slice(0, 120);
  } catch {
    return body.slice(0, 120);
  }
}

function remember(service, rows) {
  if (names[service]) {
    for (const row of rows) {
      names[service].set(row.id, row.name ?? row.title);
    }
    followers.forEach((follow) => follow());
  }
}

function line(service, row) {
  const [main, rest] = {
    "user-service": () => [row.name, row.email],
    "movie-service": () => [row.title, [row.genre, row.year, row.director].filter(Boolean).join(" · ")],
    "booking-service": () => [
      names["movie-service"].get(row.movieId) ?? t("list.movie", { id: row.movieId }),
      `${names["user-service"].get(row.userId) ?? t("list.user", { id: row.userId })} · ${seats(row.seats)}`,
    ],
  }[service]();
  return element("li", {},
    element("span", { class: "list-id" }, String(row.id)),
    element("span", { class: "list-main" }, String(main ?? "–")),
    element("span", { class: "list-rest" }, String(rest ?? "")));
}

function seats(value) {
  return Array.isArray(value) ? value.join(", ") : t("list.seats", { seats: value });
}
