/* Before anything is painted: the theme this person chose on this device, and that scripts run. */
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  let chosen = null;
  try { chosen = localStorage.getItem("tema"); } catch { /* storage may be shut */ }
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => { root.dataset.theme = chosen || (dark.matches ? "dark" : "light"); };
  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("kendedes:theme", (event) => {
    chosen = event.detail;
    try { localStorage.setItem("tema", chosen); } catch { /* then only for this page */ }
    apply();
  });
})();
