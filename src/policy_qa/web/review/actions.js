// Buttons of the tab: what they are to do goes to the server as one event; nothing here makes HTML of words.
const askFirst = (button, open) => {
  const box = button.closest(".pqr-ask");
  const asking = box.querySelector("[data-ask]");
  box.querySelector(".pqr-sure").hidden = !open;
  asking.setAttribute("aria-expanded", String(open));
  (open ? box.querySelector("[data-do]") : asking).focus();
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || !element.contains(button)) return;
  if (button.dataset.ask || button.dataset.unask) {
    askFirst(button, Boolean(button.dataset.ask));
  } else if (button.dataset.do) {
    const { do: what, ...data } = button.dataset;
    if (what !== "open") button.disabled = true; // pressed twice, an order would be given twice
    trigger("do", { do: what, ...data });
  }
});

element.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest(".pqr-ask")?.querySelector("[data-unask]");
  if (open && !open.parentElement.hidden) askFirst(open, false);
});

// A report that has just been opened lies below the list.
if (element.closest("#pqr-report") || element.id === "pqr-report") {
  watch("value", () => requestAnimationFrame(() => {
    const heading = element.querySelector("h3");
    if (!heading) return;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ behavior: "smooth", block: "start" });
  }));
}
