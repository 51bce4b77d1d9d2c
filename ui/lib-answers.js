// What the page remembers of the answers of one service. Pure: no page, no clock.

export const SERVICES = ["user-service", "movie-service", "booking-service"];
export const CONTEXTS = ["ctx1", "ctx2"];
/** Rows of lights: one for each context, one for answers that no cluster gave. */
export const ROWS = [...CONTEXTS, "none"];
export const LIGHTS = 16;
export const WINDOW = 100;

export function emptyHistory() {
  return { rows: { ctx1: [], ctx2: [], none: [] }, counted: [], newest: null };
}

/** The row that an answer belongs to; a cluster that the page does not know is "none", too. */
export function rowOf(answer) {
  return answer.by === "service" && CONTEXTS.includes(answer.context) ? answer.context : "none";
}

/** Adds an answer, newest last. An answer that is there already (same seq) is left out. */
export function addAnswer(history, answer) {
  const row = history.rows[rowOf(answer)];
  if (answer.seq !== undefined && row.some((known) => known.seq === answer.seq)) {
    return history;
  }
  row.push(answer);
  if (row.length > LIGHTS) {
    row.shift();
  }
  if (!answer.canary) {
    history.counted.push(answer);
    if (history.counted.length > WINDOW) {
      history.counted.shift();
    }
  }
  history.newest = answer;
  return history;
}

/** One history for each service, from the answers of a snapshot (oldest first). */
export function historiesOf(answers) {
  const histories = Object.fromEntries(SERVICES.map((service) => [service, emptyHistory()]));
  for (const answer of answers) {
    if (histories[answer.service]) {
      addAnswer(histories[answer.service], answer);
    }
  }
  return histories;
}

/** The answer that light number `index` of a row shows: 15 is the newest, 0 the oldest. */
export function answerAt(row, index) {
  return row[row.length - LIGHTS + index] ?? null;
}

/** What a light looks like: empty, ok, delayed, client (4xx), error (5xx) or envoy. */
export function kindOf(answer) {
  if (!answer) {
    return "empty";
  }
  if (rowOf(answer) === "none") {
    return "envoy";
  }
  if (answer.status >= 100 && answer.status < 400) {
    return answer.delayed ? "delayed" : "ok";
  }
  return answer.status >= 400 && answer.status < 500 ? "client" : "error";
}
