// Light, dark or as the system has it; kept in this browser. It is loaded before anything is drawn.
(() => {
  const NAMES = { system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" };
  const ORDER = ["system", "light", "dark"];
  const root = document.documentElement;

  function kept() {
    try {
      const theme = localStorage.getItem("baton-theme");
      return ORDER.includes(theme) ? theme : "system";
    } catch {
      return "system"; // storage may be forbidden
    }
  }

  function apply(theme) {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.textContent = NAMES[theme];
      button.hidden = false;
    }
  }

  apply(kept());
  addEventListener("DOMContentLoaded", () => apply(kept()));
  addEventListener("storage", () => apply(kept()));
  addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-switch]")) return;
    const next = ORDER[(ORDER.indexOf(kept()) + 1) % ORDER.length];
    try {
      localStorage.setItem("baton-theme", next);
    } catch {
      // then it holds for this page alone
    }
    apply(next);
  });
})();
