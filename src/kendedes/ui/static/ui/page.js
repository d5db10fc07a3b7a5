/* Small improvements of every page; each of them works without this file. */
const root = document.documentElement;

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const detail = root.dataset.theme === "dark" ? "light" : "dark";
    document.dispatchEvent(new CustomEvent("kendedes:theme", { detail }));
  });
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  // Menus made of <details> close when the person goes elsewhere.
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
  // <button data-dialog="id"> opens a <dialog id>; without scripts the link in it still leads on.
  const opener = target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog instanceof HTMLDialogElement) { event.preventDefault(); dialog.showModal(); }
  }
  if (target.closest("[data-dialog-close]") || target instanceof HTMLDialogElement) {
    target.closest("dialog")?.close();
  }
  const copier = target.closest("[data-copy]");
  if (copier) navigator.clipboard?.writeText(copier.dataset.copy).then(() => copier.classList.add("copied"));
  if (target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

// <select data-submit> sends its form at once; the form keeps its button for those without scripts.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field instanceof HTMLElement && field.matches("[data-submit]")) field.closest("form")?.requestSubmit();
});

// A form is sent once: the second press of the button is swallowed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => { delete form.dataset.sent; }, 4000);
});

// Toasts: they leave by themselves; what htmx could not get is said here instead of being drawn into the page.
const toasts = document.getElementById("toasts");
if (toasts) {
  new MutationObserver(() => {
    for (const toast of toasts.children) {
      if (toast.dataset.seen) continue;
      toast.dataset.seen = "yes";
      setTimeout(() => toast.remove(), 9000);
    }
  }).observe(toasts, { childList: true });

  const say = (text) => {
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.setAttribute("role", "alert");
    toast.textContent = text;
    toasts.append(toast);
  };
  document.addEventListener("htmx:response:error", (event) => {
    if (event.detail.ctx.hx?.reswap !== "none" && event.detail.ctx.response.status !== 422) say(toasts.dataset.trouble);
  });
  document.addEventListener("htmx:error", () => say(toasts.dataset.trouble));
  // The session ended: go and sign in, instead of drawing the sign-in page into a corner.
  document.addEventListener("htmx:before:response", (event) => {
    const { raw } = event.detail.ctx.response;
    if (raw.redirected && new URL(raw.url).pathname.includes("/akun/")) {
      event.preventDefault();
      location.assign(raw.url);
    }
  });
}
