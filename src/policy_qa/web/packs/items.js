// Buttons of the tab: what they are to do goes to the server as one event; nothing here makes HTML of words.
const itemOf = (button) => button.closest("[data-item]");

const showForm = (item, open) => {
  const form = item.querySelector(".pqp-form");
  form.hidden = !open;
  item.querySelector(".pqp-said").hidden = open;
  item.querySelector(".pqp-actions").hidden = open;
  (open ? form.querySelector("[name=words]") : item.querySelector("[data-do=open-form]")).focus();
};

const askToDelete = (box, open) => {
  box.querySelector(".pqp-sure").hidden = !open;
  box.querySelector("[data-do=ask]").hidden = open;
  box.querySelector(open ? "[data-do=keep]" : "[data-do=ask]").focus();
};

let acted;

const order = (button, data) => {
  // Pressed twice, an order would be given twice; what was refused may be ordered again.
  button.disabled = true;
  setTimeout(() => { button.disabled = false; }, 1500);
  acted = data.item;
  trigger("do", data);
};

// Whoever works with the keyboard goes on from the question that was acted on.
watch("value", () => requestAnimationFrame(() => {
  if (acted) element.querySelector(`[data-item="${acted}"]`)?.focus({ preventScroll: true });
  acted = undefined;
}));

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  if (!button || !element.contains(button)) return;
  const { do: what, ...data } = button.dataset;
  const item = itemOf(button);
  const where = item ? { item: item.dataset.item } : {};
  if (what === "open-form" || what === "close-form") {
    if (what === "close-form") item.querySelector("form").reset();
    showForm(item, what === "open-form");
  } else if (what === "ask" || what === "keep") {
    askToDelete(button.closest(".pqp-delete"), what === "ask");
  } else if (what === "save") {
    const form = item.querySelector("form");
    order(button, { do: "edit", ...where, question: form.question.value, words: form.words.value });
  } else {
    order(button, { do: what, ...where, ...data });
  }
});

element.addEventListener("submit", (event) => event.preventDefault());

element.addEventListener("keydown", (event) => {
  const form = event.target.closest(".pqp-form");
  if (form && event.key === "Escape") {
    form.reset();
    showForm(itemOf(form), false);
  }
});
