// Buttons of the tab: what they are to do goes to the server as one event; nothing here makes HTML of words.
const askFirst = (button, open) => {
  const box = button.closest(".pqd-ask");
  const asking = box.querySelector("[data-ask]");
  box.querySelector(".pqd-sure").hidden = !open;
  asking.setAttribute("aria-expanded", String(open));
  (open ? box.querySelector("[data-do]") : asking).focus();
};

const inspect = (button) => {
  const place = button.closest(".pqd-details").querySelector(".pqd-inspected");
  place.hidden = !place.hidden;
  button.setAttribute("aria-expanded", String(!place.hidden));
  if (place.hidden || place.firstChild) return;
  const address = button.dataset.inspect;
  const apart = document.createElement("a");
  apart.href = address;
  apart.target = "_blank";
  apart.rel = "noopener noreferrer";
  apart.textContent = "Mở ở cửa sổ riêng";
  const frame = document.createElement("iframe");
  frame.className = "pqd-frame";
  frame.setAttribute("sandbox", "allow-scripts");
  frame.title = button.textContent;
  frame.src = address;
  place.append(apart, frame);
};

// A branch of the tree is fetched when it is opened for the first time; the server has escaped every word of it.
const grow = async (branch) => {
  if (!branch.open || branch.dataset.grown || branch.dataset.parent === undefined) return;
  branch.dataset.grown = "1";
  const tree = branch.closest("[data-tree]");
  const place = document.createElement("div");
  branch.append(place);
  try {
    const answer = await fetch(`${tree.dataset.tree}&parent=${encodeURIComponent(branch.dataset.parent)}`);
    if (!answer.ok) throw new Error(String(answer.status));
    place.innerHTML = await answer.text();
  } catch (error) {
    delete branch.dataset.grown;
    place.textContent = tree.dataset.failed;
  }
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || !element.contains(button)) return;
  if (button.dataset.ask || button.dataset.unask) {
    askFirst(button, Boolean(button.dataset.ask));
  } else if (button.dataset.back) {
    document.getElementById("pqd-list").scrollIntoView({ behavior: "smooth", block: "start" });
  } else if (button.dataset.inspect) {
    inspect(button);
  } else if (button.dataset.do === "sort") {
    trigger("sort", { by: button.dataset.by });
  } else if (button.dataset.do) {
    const { do: what, form, ...data } = button.dataset;
    if (form) {
      for (const field of button.closest("[data-fields]").querySelectorAll("[data-field]")) data[field.dataset.field] = field.value;
    }
    if (!["open", "preview"].includes(what)) {
      // A second press by mistake is no second order; after an error the button is there again.
      button.disabled = true;
      setTimeout(() => { button.disabled = false; }, 3000);
    }
    trigger("do", { do: what, ...data });
    mark(what, data);
  }
});

const mark = (what, data) => {
  if (what === "open") {
    for (const row of document.querySelectorAll("#pqd-list tr[data-key]")) {
      if (row.dataset.key === data.key) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }
};

element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input[data-field]")) {
    event.target.closest("[data-fields]").querySelector("[data-do]").click();
  }
  if (event.key === "Escape") {
    const open = event.target.closest(".pqd-ask")?.querySelector("[data-unask]");
    if (open && !open.parentElement.hidden) askFirst(open, false);
  }
});

// `toggle` does not bubble.
element.addEventListener("toggle", (event) => grow(event.target), true);

if (element.closest("#pqd-details") || element.id === "pqd-details") {
  watch("value", () => requestAnimationFrame(() => {
    // On a phone the details lie below the list.
    if (window.innerWidth < 900 && element.querySelector("article")) {
      element.scrollIntoView({ behavior: "smooth", block: "start" });
    }
    element.querySelector("article")?.focus({ preventScroll: true });
  }));
}
