// Whether the page is live. A page that is not says so and dims, so that nobody takes old lights for new ones.

import { clock } from "./lib-format.js";
import { element, setText } from "./element.js";
import { t } from "./language.js";

export function linkStatus() {
  const word = element("span", { "data-testid": "link" });
  const pill = element("p", { class: "link", role: "status" }, element("span", { class: "link-dot", "aria-hidden": "true" }), word);
  const banner = element("p", { class: "link-banner", "data-testid": "link-banner", hidden: true });
  return {
    pill,
    banner,
    update(link, lastTime) {
      document.documentElement.dataset.link = link;
      setText(word, t(`link.${link}`));
      banner.hidden = link !== "lost";
      setText(banner, `${t("link.lost")}. ${lastTime === null ? t("link.never") : t("link.stale", { time: clock(lastTime) })}`);
    },
  };
}
