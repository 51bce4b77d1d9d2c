// The only file that knows URLs.

const PATHS = { "user-service": "/users/", "movie-service": "/movies/", "booking-service": "/bookings/" };
const PATIENCE_MS = 15000;

/** The stream of server-sent events, as a response whose body is read while it comes. */
export function openEvents(signal) {
  return fetch("/events", { headers: { accept: "text/event-stream" }, cache: "no-store", signal });
}

/** One request to a service; resolves for every status, rejects when no answer came. */
export async function request(service, { canary = false, limit, offset = 0 } = {}) {
  const url = limit === undefined ? PATHS[service] : `${PATHS[service]}?limit=${limit}&offset=${offset}`;
  const headers = canary ? { accept: "application/json", "x-canary": "true" } : { accept: "application/json" };
  const response = await fetch(url, { headers, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  return { status: response.status, ok: response.ok, headers: response.headers, body: await response.text() };
}

/** The path that a learner would type, for the page to show. */
export function pathOf(service) {
  return PATHS[service];
}
