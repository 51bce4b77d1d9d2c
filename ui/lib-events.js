// Reads server-sent events from pieces of text (WHATWG HTML, "Server-sent events"). Pure.
// Every piece counts as a sign of life for the caller, also the comments that an EventSource would hide.

export function eventReader() {
  return { rest: "", type: "", data: [] };
}

/** The events that became complete with this piece: [{type, data}]. */
export function readEvents(reader, piece) {
  const events = [];
  const lines = (reader.rest + piece).split(/\r\n|\n|\r(?!$)/);
  reader.rest = lines.pop();
  for (const line of lines) {
    if (line === "") {
      if (reader.data.length > 0) {
        events.push({ type: reader.type || "message", data: reader.data.join("\n") });
      }
      reader.type = "";
      reader.data = [];
      continue;
    }
    const colon = line.indexOf(":");
    if (colon === 0) {
      continue;
    }
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") {
      reader.type = value;
    } else if (field === "data") {
      reader.data.push(value);
    }
  }
  return events;
}
