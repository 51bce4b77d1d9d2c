// The pods of both clusters, as their API servers know them. What is not known is called unknown, with the reason.

import { CONTEXTS } from "./lib-answers.js";
import { age, clock } from "./lib-format.js";
import { element } from "./element.js";
import { t } from "./language.js";

const COLUMNS = ["name", "ready", "status", "restarts", "age", "containers"];

export function pods() {
  const panels = CONTEXTS.map(panel);
  return {
    node: element("div", { class: "pods" }, ...panels.map((each) => each.node)),
    update(deployment, ejections, now) {
      for (const each of panels) {
        each.update(deployment?.contexts?.[each.context], ejections, now);
      }
    },
  };
}

function panel(context) {
  const summary = element("ul", { class: "deployments", "data-testid": `deployments-${context}` });
  const content = element("div", { class: "pods-content", "data-testid": `pods-${context}` });
  return {
    context,
    node: element("article", { class: `pods-panel pods-${context}` },
      element("h3", {}, element("b", {}, context), " ", element("span", { "data-text": `context.${context}` })),
      summary, content),
    update(known, ejections, now) {
      if (!known?.known) {
        summary.replaceChildren();
        content.replaceChildren(...unknown(known));
        return;
      }
      summary.replaceChildren(...(known.deployments ?? []).map(deploymentChip));
      const list = known.pods ?? [];
      content.replaceChildren(list.length === 0
        ? element("p", { class: "pods-message" }, t("pods.empty"))
        : table(context, list, ejections, now));
    },
  };
}

function unknown(known) {
  if (!known) {
    return [element("p", { class: "pods-message" }, t("pods.waiting"))];
  }
  return [
    element("p", { class: "pods-message pods-unknown" }, t("pods.unknown")),
    element("p", { class: "pods-message" }, known.reason ? t("pods.reason", { reason: known.reason }) : t("pods.noReason")),
  ];
}

function deploymentChip(deployment) {
  const whole = deployment.ready >= deployment.desired;
  return element("li", { "data-whole": whole }, `${whole ? "✓" : "!"} ${t("deployment.text", deployment)}`);
}

function table(context, list, ejections, now) {
  const head = element("tr", {}, ...COLUMNS.map((name) => element("th", { scope: "col" }, t(`pods.${name}`))));
  const label = t("pods.table", { context, name: t(`context.${context}`) });
  return element("div", { class: "pods-scroll", role: "region", tabindex: 0, "aria-label": label },
    element("table", {}, element("thead", {}, head),
      element("tbody", {}, ...list.map((pod) => podRow(pod, ejections.find((each) => isOf(each, pod)), now)))));
}

/** An ejection names its pod where the gateway could tell, else an address, perhaps with a port. */
function isOf(ejection, pod) {
  if (ejection.pod) {
    return ejection.pod === pod.name;
  }
  return Boolean(pod.ip) && String(ejection.address).replace(/:\d+$/, "") === pod.ip;
}

function podRow(pod, ejection, now) {
  const containers = pod.containers ?? [];
  const status = element("td", { title: pod.message || null }, pod.phase ?? "–");
  if (pod.message) {
    status.append(element("span", { class: "pod-message" }, ` ${pod.message}`));
  }
  const name = element("th", { scope: "row" }, pod.name);
  if (ejection) {
    const why = t("pods.ejectedWhy", { time: clock(ejection.since), where: ejection.where ?? "–" });
    name.append(" ", element("span", { class: "pod-ejected", title: why, "data-testid": `ejected-${pod.name}` },
      `⏏ ${t("pods.ejected", { age: age(ejection.since, now) })}`));
  }
  return element("tr", { "data-ready": pod.ready, "data-testid": `pod-${pod.name}` },
    name,
    element("td", {}, `${pod.ready ? "✓" : "✕"} ${t(pod.ready ? "pods.yes" : "pods.no")}`),
    status,
    element("td", { class: "number" }, String(pod.restarts ?? "–")),
    element("td", { class: "number" }, age(pod.started, now)),
    element("td", {}, containers.join(", ")));
}
