// The column of one service: everything that tells who answers for it.

import { CONTEXTS, ROWS } from "./lib-answers.js";
import { drawing, element, setText } from "./element.js";
import { describe, lightRow } from "./lights.js";
import { faultLines } from "./faults.js";
import { laneText } from "./lane.js";
import { list } from "./lists.js";
import { ratio } from "./ratio.js";
import { pathOf } from "./api.js";
import { t } from "./language.js";

export function column(service) {
  const faults = faultLines(service);
  const shares = ratio(service);
  const lane = laneText(service);
  const rows = list(service);
  const detail = element("p", { class: "detail", "data-testid": `detail-${service}` });
  let inspected = null;
  let newest = null;

  const showDetail = () =>
    setText(detail, inspected ? describe(inspected) : newest ? `${t("light.newest")}: ${describe(newest)}` : t("light.waiting"));
  const lights = Object.fromEntries(ROWS.map((row) => [row, lightRow(service, row, (answer) => {
    inspected = answer;
    showDetail();
  })]));
  const heading = `heading-${service}`;
  const row = (name) => element("div", { class: `row row-${name}` },
    element("div", { class: "row-name" },
      element("b", name === "none" ? { "data-text": "lights.none" } : {}, name === "none" ? "" : name),
      element("span", { "data-text": name === "none" ? "lights.noneName" : `context.${name}` })),
    lights[name].node);

  const node = element("section", { class: "column", "aria-labelledby": heading, "data-testid": `column-${service}` },
    element("header", { class: "column-head" },
      drawing(`icon-${service}`, "icon"),
      element("h2", { id: heading, "data-text": `service.${service}` }),
      element("code", {}, `GET ${pathOf(service)}`)),
    faults.node,
    shares.node,
    element("div", { class: "rows" }, row("ctx1"), row("ctx2")),
    element("div", { class: "lane" }, row("none"), lane.node),
    detail,
    rows.node);

  return {
    node,
    load: rows.load,
    showAnswers(history, anew) {
      newest = history.newest;
      for (const context of CONTEXTS) {
        const words = { service: t(`service.${service}`), context, name: t(`context.${context}`) };
        lights[context].update(history.rows[context], newest, t("lights.row", words), anew);
      }
      lights.none.update(history.rows.none, newest, t("lights.noneRow", { service: t(`service.${service}`) }), anew);
      lane.update(history.rows.none);
      shares.showObserved(history.counted);
      showDetail();
    },
    showWeights(weights) {
      shares.showConfigured(weights);
      faults.showFaults(weights);
    },
    showEjections: faults.showEjections,
    showList: rows.show,
  };
}
