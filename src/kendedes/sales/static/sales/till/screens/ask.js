/* A question with two answers. */
import { dialog, h } from "../dom.js";

export const sure = (app, text, yes, danger = true) => dialog(text, (close) => h("div.form-actions", {},
  h(`button.button${danger ? ".danger" : ".primary"}`, { onclick: () => close(true), autofocus: !danger }, yes), h("button.button.quiet", { onclick: () => close(false) }, app.t("no"))), { closing: app.t("close") });
