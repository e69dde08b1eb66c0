const open = (url) => document.dispatchEvent(new CustomEvent("pq-source", { detail: { url, byHand: true } }));
const SAVED = "✓ ";
const turnOf = (inside) => Number(inside.closest(".pq-turn").dataset.turn);
const commentOf = (inside) => inside.closest(".pq-turn").querySelector(".pq-comment textarea")?.value ?? "";

element.addEventListener("click", (event) => {
  const example = event.target.closest("[data-example]");
  if (example) window.pqChat.ask(example.dataset.example);
  const again = event.target.closest("[data-again]");
  // A second press would ask again for what the first has taken away.
  if (again && !again.dataset.pressed) {
    again.dataset.pressed = "1";
    window.pqChat.again(Number(again.dataset.again)).finally(() => delete again.dataset.pressed);
  }
  const thumb = event.target.closest("[data-verdict]");
  if (thumb) {
    const verdict = thumb.getAttribute("aria-pressed") === "true" ? "" : thumb.dataset.verdict;
    window.pqChat.judge(turnOf(thumb), verdict, commentOf(thumb));
  }
  const source = event.target.closest("[data-go]");
  if (source) open(source.dataset.go);
});

element.addEventListener("submit", async (event) => {
  const form = event.target.closest(".pq-comment");
  if (!form) return;
  event.preventDefault();
  const pressed = form.closest(".pq-turn").querySelector('[data-verdict][aria-pressed="true"]');
  const turn = turnOf(form);
  if (!(await window.pqChat.judge(turn, pressed?.dataset.verdict ?? "", commentOf(form)))) return;
  const saved = element.querySelector(`[data-turn="${turn}"] .pq-comment button`);
  saved?.prepend(SAVED);
});

element.addEventListener("input", (event) => {
  const button = event.target.closest(".pq-comment")?.querySelector("button");
  if (button) button.textContent = button.textContent.replace(SAVED, "");
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && document.body.classList.contains("pq-busy")) window.pqChat.stop();
});

window.pqChat.start();
