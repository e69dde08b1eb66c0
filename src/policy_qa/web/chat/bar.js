const narrow = () => window.innerWidth < 900;
const columns = document.getElementById("pq-columns");
const toggle = element.querySelector("[data-toggle]");
const remembered = "pq-history";

// Private windows may forbid it.
const recall = () => { try { return localStorage.getItem(remembered); } catch (error) { return null; } };
const remember = (value) => { try { localStorage.setItem(remembered, value); } catch (error) { /* then not */ } };

const set = (open) => {
  columns.classList.toggle("pq-history-open", open);
  toggle.setAttribute("aria-expanded", String(open));
};

// How much stands above the columns: the height that is left is theirs.
const measure = () => {
  if (columns.offsetParent) {
    const above = Math.round(columns.getBoundingClientRect().top + window.scrollY);
    document.documentElement.style.setProperty("--pq-above", `${above}px`);
  }
};
new ResizeObserver(measure).observe(document.body);
requestAnimationFrame(measure);

set(!narrow() && recall() !== "closed");

toggle.addEventListener("click", () => {
  const open = !columns.classList.contains("pq-history-open");
  set(open);
  if (!narrow()) remember(open ? "open" : "closed");
  if (narrow() && open) document.querySelector("#pq-shelf [data-new]")?.focus();
});

element.addEventListener("click", (event) => {
  if (event.target.closest("[data-new]")) document.querySelector("#pq-shelf [data-new]")?.click();
});

document.addEventListener("pq-drawer-close", () => { if (narrow()) set(false); });

// A touch beside the drawer, or Escape, closes it.
document.addEventListener("click", (event) => {
  if (!narrow() || !columns.classList.contains("pq-history-open")) return;
  if (!event.target.closest("#pq-history, [data-toggle]") && event.target.isConnected) set(false);
});

const lists = ".pq-choices, .pq-examples, .pq-basis ul, .pq-keptlist, .pq-outline, .pq-siblings ul";
const items = ".pq-choice, .pq-example, .pq-cited, .pq-keptopen, .pq-outline a, .pq-siblings a";

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && narrow() && columns.classList.contains("pq-history-open") && !event.defaultPrevented) {
    event.preventDefault();
    set(false);
    toggle.focus();
    return;
  }
  const item = event.target.closest?.(items);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!item || !step) return;
  let list = item.closest(lists);
  while (list?.parentElement?.closest(".pq-outline")) list = list.parentElement.closest(".pq-outline");
  const all = [...list.querySelectorAll(items)].filter((one) => one.offsetParent !== null);
  const next = all[all.indexOf(item) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
