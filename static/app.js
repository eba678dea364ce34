/* The theme choice, the small-screen menu, copying an address, and what happens while htmx fetches figures.
   Loaded in the head and not deferred, so that the chosen theme stands before the first paint. Everything a reader
   needs works without it. */
(function () {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  root.dataset.script = "on";

  /* Theme: remembered in this browser only; without a choice the system decides. */
  function remembered() {
    try { return localStorage.getItem("theme"); } catch { return null; } // storage may be forbidden
  }
  function setTheme(theme) {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme; else delete root.dataset.theme;
    document.dispatchEvent(new CustomEvent("themechange"));
  }
  setTheme(remembered());
  dark.addEventListener("change", () => document.dispatchEvent(new CustomEvent("themechange")));
  window.addEventListener("storage", event => { if (event.key === "theme") setTheme(event.newValue); });

  function toggleTheme() {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
    const chosen = isDark ? "light" : "dark";
    try { localStorage.setItem("theme", chosen); } catch { /* the choice then lasts for this page only */ }
    setTheme(chosen);
  }

  function toggleMenu(button) {
    const nav = document.getElementById(button.getAttribute("aria-controls"));
    button.setAttribute("aria-expanded", nav.classList.toggle("open"));
  }

  async function copyText(button) {
    const source = document.getElementById(button.dataset.copy);
    const said = button.textContent;
    try {
      await navigator.clipboard.writeText(source.dataset.full || source.textContent);
      button.textContent = button.dataset.copied;
    } catch {
      if (source.select) source.select(); else getSelection().selectAllChildren(source); // no clipboard (plain http): the reader copies the selection
    }
    setTimeout(() => { button.textContent = said; }, 2000);
  }

  document.addEventListener("click", event => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches("[data-theme-toggle]")) toggleTheme();
    else if (button.matches(".menu")) toggleMenu(button);
    else if (button.matches("[data-copy]")) copyText(button);
    else if (button.matches("[data-print]")) window.print();
  });
  document.addEventListener("keydown", event => {
    const menu = document.querySelector(".menu[aria-expanded=true]");
    if (event.key === "Escape" && menu) { toggleMenu(menu); menu.focus(); }
  });
  document.addEventListener("change", event => {
    const form = event.target.closest("form[data-submit-on-change]");
    if (form) form.requestSubmit();
  });

  /* htmx: while figures are fetched the old ones are hidden; when the fetch fails no figure is shown at all. */
  function busy(target, on) {
    if (target instanceof Element && target.matches(".results")) target.setAttribute("aria-busy", on);
    const line = document.querySelector("[data-updating-note]");
    if (line) line.textContent = on ? line.dataset.updatingNote : "";
  }
  function failed(event) {
    const target = event.detail.target;
    const message = document.getElementById("fetch-failed");
    if (!message || !(target instanceof Element)) return;
    busy(target, false); // what is hidden cannot be focused
    target.replaceChildren(message.content.cloneNode(true));
    target.querySelector("[role=alert]").focus();
  }
  document.addEventListener("htmx:beforeRequest", event => busy(event.detail.target, true));
  document.addEventListener("htmx:afterRequest", event => busy(event.detail.target, false));
  /* A newer choice takes the place of one that is still under way: that is no error, and htmx need not report it. */
  const underWay = new WeakMap(); // element -> what htmx says of its request
  document.addEventListener("htmx:beforeSend", event => underWay.set(event.detail.elt, event.detail));
  document.addEventListener("htmx:abort", event => {
    const request = underWay.get(event.target);
    if (request) request.error = "";
  }, true);
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, failed);
  document.addEventListener("click", event => {
    if (!event.target.closest("[data-reload]")) return;
    event.preventDefault();
    location.reload();
  });
})();
