let waiting = 0;

element.addEventListener("click", (event) => {
  if (!event.target.closest("[data-new]")) return;
  window.pqChat.open(null);
  document.dispatchEvent(new CustomEvent("pq-drawer-close"));
  document.querySelector("#pq-question textarea")?.focus();
});

element.addEventListener("input", (event) => {
  const field = event.target.closest(".pq-find");
  if (!field) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => window.pqChat.find(field.value), 200);
});

element.addEventListener("keydown", (event) => {
  const field = event.target.closest(".pq-find");
  if (!field) return;
  if (event.key === "ArrowDown") {
    event.preventDefault();
    document.querySelector("#pq-kept .pq-keptopen")?.focus();
  }
  if (event.key === "Escape" && field.value) {
    event.preventDefault();
    field.value = "";
    window.pqChat.find("");
  }
});
