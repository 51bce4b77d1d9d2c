// How many requests are due. Pure: the caller says what time it is.

/** One browser keeps six connections to a server, and the live events hold one. */
export const IN_FLIGHT = 5;

/** Traffic stops by itself after five minutes. */
export const LONGEST_MS = 5 * 60 * 1000;

export function pace(rate, now) {
  return { rate, started: now, owed: 0, skipped: 0, last: now };
}

/** Another rate from now on; what was due before stays due. */
export function changeRate(state, rate, now) {
  advance(state, now);
  state.rate = rate;
}

/**
 * How many requests to send now with `inFlight` under way. What cannot be sent waits for at most one second's worth;
 * the rest is counted as skipped, so that slow answers never pile up a queue.
 */
export function due(state, now, inFlight) {
  advance(state, now);
  const send = Math.max(0, Math.min(Math.floor(state.owed), IN_FLIGHT - inFlight));
  state.owed -= send;
  return send;
}

export function isOver(state, now) {
  return now - state.started >= LONGEST_MS;
}

function advance(state, now) {
  state.owed += (Math.max(0, now - state.last) / 1000) * state.rate;
  state.last = now;
  const excess = Math.floor(state.owed - state.rate);
  if (excess > 0) {
    state.owed -= excess;
    state.skipped += excess;
  }
}
