// Numbers and times as text. Pure.

const two = (number) => String(number).padStart(2, "0");

/** 10:00:07 in the reader's own time zone; a time that cannot be read is "–". */
export function clock(time) {
  const date = new Date(time ?? NaN);
  return Number.isNaN(date.getTime())
    ? "–"
    : `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** Milliseconds: 4.2 ms, 87 ms, 3.01 s. */
export function duration(ms) {
  if (!Number.isFinite(ms)) {
    return "–";
  }
  if (ms >= 1000) {
    return `${(ms / 1000).toFixed(2)} s`;
  }
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** How long ago, as kubectl writes it: 45s, 12m, 3h, 2d. */
export function age(since, now) {
  const seconds = Math.floor((now - new Date(since ?? NaN).getTime()) / 1000);
  if (Number.isNaN(seconds)) {
    return "–";
  }
  const past = Math.max(0, seconds);
  if (past < 120) {
    return `${past}s`;
  }
  if (past < 7200) {
    return `${Math.floor(past / 60)}m`;
  }
  return past < 172800 ? `${Math.floor(past / 3600)}h` : `${Math.floor(past / 86400)}d`;
}

/** Seconds without needless zeros: 3000 → "3", 250 → "0.25". */
export function seconds(ms) {
  return String(Number((ms / 1000).toFixed(2)));
}

/** Puts values into the {places} of a text; a place without a value stays visible. */
export function fill(template, values = {}) {
  return template.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}
