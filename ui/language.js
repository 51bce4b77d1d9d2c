// The language of the page: the browser's, or the one that the reader chose before.

import { TEXT } from "./text.js";
import { fill } from "./lib-format.js";
import { element } from "./element.js";

const KEY = "theater.language";
const NAMES = { ko: "한국어", en: "English" };
const listeners = [];
let current = remembered() ?? (navigator.language?.toLowerCase().startsWith("ko") ? "ko" : "en");

/** The text of a key in the current language. */
export function t(key, values) {
  return fill(TEXT[current][key] ?? key, values);
}

export function onLanguage(listener) {
  listeners.push(listener);
}

/** Puts the texts into everything that carries data-text, data-hint or data-label. */
export function translatePage(root = document) {
  document.documentElement.lang = current;
  document.title = t("page.title");
  for (const node of root.querySelectorAll("[data-text]")) {
    node.textContent = t(node.dataset.text);
  }
  for (const node of root.querySelectorAll("[data-hint]")) {
    node.title = t(node.dataset.hint);
  }
  for (const node of root.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
  }
}

export function languageSwitch() {
  const buttons = Object.keys(NAMES).map((language) =>
    element(
      "button",
      { type: "button", lang: language, "data-testid": `language-${language}`, click: () => choose(language) },
      NAMES[language],
    ),
  );
  const mark = () => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.lang === current));
    }
  };
  mark();
  onLanguage(mark);
  return element("div", { class: "language", role: "group", "data-label": "language.label" }, ...buttons);
}

function choose(language) {
  current = language;
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // A browser that keeps nothing still switches for this visit.
  }
  translatePage();
  for (const listener of listeners) {
    listener();
  }
}

function remembered() {
  try {
    const kept = localStorage.getItem(KEY);
    return kept in TEXT ? kept : null;
  } catch {
    return null;
  }
}
