/* What stands around every screen: where, who, how fresh; the ways to the other screens. */
import { fill, h, icon } from "../dom.js";

const WAYS = [["sell", "basket"], ["today", "list"], ["shift", "money"], ["device", "device"]];
const HOUR = 3_600_000;

/** `n` minutes, hours, days in words. */
export function age(app, ms) {
  if (ms < 90_000) return app.t("just_now");
  if (ms < HOUR) return app.t("minutes", { n: Math.round(ms / 60_000) });
  if (ms < 48 * HOUR) return app.t("hours", { n: Math.round(ms / HOUR) });
  return app.t("days", { n: Math.floor(ms / (24 * HOUR)) });
}

/** How loud the line is: "good", "warn" (nothing heard lately), "bad" (a day and more). */
function mood(app) {
  const { sync } = app.book.state;
  const quiet = app.clock.now() - (sync?.at ?? 0);
  if (app.stopped || quiet > 72 * HOUR) return "bad";
  return quiet > 24 * HOUR ? "warn" : app.connected ? "good" : "off";
}

export function frame(app, here, ...children) {
  const t = app.t.bind(app);
  const status = h("button.status", { onclick: () => app.go("device") });
  const alarm = h("div.alarm", { role: "alert" });
  const draw = () => {
    const how = mood(app);
    const quiet = app.clock.now() - (app.book.state.sync?.at ?? 0);
    status.dataset.mood = how;
    fill(status, h("span.lamp"), h("span", {}, app.book.unsent ? t("unsent", { n: app.book.unsent }) : how === "good" ? t("synced") : t("offline")));
    status.setAttribute("aria-label", `${t("last_sync")} ${age(app, quiet)}. ${t("unsent", { n: app.book.unsent })}`);
    const text = app.stopped ? t(`stopped_${app.stopped}`) : quiet > 72 * HOUR ? t("quiet_72", { age: age(app, quiet) }) : quiet > 24 * HOUR ? t("quiet_24", { age: age(app, quiet) }) : app.updating ? t("update_waits") : "";
    alarm.hidden = !text;
    alarm.dataset.mood = app.stopped || quiet > 72 * HOUR ? "bad" : "warn";
    fill(alarm, text && h("span", {}, text));
  };
  const forget = app.onTell(draw);
  const before = app.leave;
  app.leave = () => { before?.(); forget(); };
  return [
    h("header.till-top", {},
      h("span.where", {}, icon("store"), h("strong.cut", {}, app.snapshot?.device?.place_name ?? app.book.device?.code ?? "")),
      status,
      app.cashier && h("button.who", { onclick: () => { app.book.actor = null; sessionStorage.removeItem("kasir"); app.home(); }, "aria-label": t("lock", { name: app.cashier.name }) }, icon("lock"), h("span.cut", {}, app.cashier.name))),
    h("nav.ways", { "aria-label": t("ways") }, WAYS.map(([name, sign]) => h("button", { onclick: () => (name === "sell" ? app.home() : app.go(name)), "aria-current": name === here ? "page" : null }, icon(sign), h("span", {}, t(`way_${name}`))))),
    alarm,
    h("main.till-main", { id: "isi", tabindex: "-1" }, ...children),
  ];
}
