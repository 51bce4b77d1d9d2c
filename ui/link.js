// Keeps the stream of events open and says whether it is.
// It reads the stream itself: an EventSource hides comments, so it could not tell a silent stream from a dead one, and
// it gives up for good when a proxy answers 503 while the gateway restarts.

import { openEvents } from "./api.js";
import { eventReader, readEvents } from "./lib-events.js";

/** The gateway sends at least a comment every 10 s. */
const SILENCE_MS = 25000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;

/** Calls onEvent(type, value) for each event and onLost() when the stream is gone; a snapshot means that it lives. */
export async function followEvents({ onEvent, onLost }) {
  let wait = FIRST_WAIT_MS;
  for (;;) {
    try {
      await readOnce((type, value) => {
        if (type === "snapshot") {
          wait = FIRST_WAIT_MS;
        }
        onEvent(type, value);
      });
      onLost("the stream ended");
    } catch (problem) {
      onLost(String(problem));
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(LONGEST_WAIT_MS, wait * 2);
  }
}

async function readOnce(onEvent) {
  const abort = new AbortController();
  let watchdog;
  const alive = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => abort.abort(new Error(`silent for ${SILENCE_MS} ms`)), SILENCE_MS);
  };
  try {
    alive();
    const response = await openEvents(abort.signal);
    if (!response.ok) {
      throw new Error(`status ${response.status} instead of 200`);
    }
    const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const reader = eventReader();
    for (;;) {
      const { value, done } = await pieces.read();
      if (done) {
        return;
      }
      alive();
      for (const event of readEvents(reader, value)) {
        onEvent(event.type, JSON.parse(event.data));
      }
    }
  } finally {
    clearTimeout(watchdog);
    abort.abort();
  }
}
