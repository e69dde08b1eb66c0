const itemOf = (inside) => inside.closest(".pq-keptitem");
const idOf = (inside) => Number(itemOf(inside).dataset.conversation);

const close = (item) => {
  for (const part of item.querySelectorAll(".pq-menu, .pq-rename, .pq-really")) part.remove();
  item.querySelector("[data-more]").setAttribute("aria-expanded", "false");
};

const show = (item, part) => {
  for (const other of element.querySelectorAll(".pq-keptitem")) close(other);
  const shown = document.getElementById(part).content.firstElementChild.cloneNode(true);
  const field = shown.querySelector("input");
  const exported = shown.querySelector("[data-export]");
  if (field) field.value = item.querySelector(".pq-kepttitle").textContent;
  if (exported) exported.href = item.dataset.export;
  item.append(shown);
  item.querySelector("[data-more]").setAttribute("aria-expanded", "true");
  (field ?? shown.querySelector("[data-cancel], button")).focus();
  field?.select();
};

element.addEventListener("click", (event) => {
  const pressed = event.target.closest("button, a");
  if (!pressed || !itemOf(pressed)) return;
  const item = itemOf(pressed);
  if (pressed.matches("[data-open]")) {
    window.pqChat.open(idOf(pressed));
    document.dispatchEvent(new CustomEvent("pq-drawer-close"));
  } else if (pressed.matches("[data-more]")) {
    if (pressed.getAttribute("aria-expanded") === "true") close(item);
    else show(item, "pq-menu");
  } else if (pressed.matches("[data-rename]")) {
    show(item, "pq-rename");
  } else if (pressed.matches("[data-delete]")) {
    show(item, "pq-really");
  } else if (pressed.matches("[data-really]")) {
    window.pqChat.remove(idOf(pressed));
  } else if (pressed.matches("[data-cancel], [data-export]")) {
    close(item);
    item.querySelector("[data-more]").focus();
  }
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  window.pqChat.rename(idOf(event.target), event.target.querySelector("input").value);
});

element.addEventListener("keydown", (event) => {
  const item = itemOf(event.target);
  if (!item || event.key !== "Escape" || item.querySelector("[data-more]").getAttribute("aria-expanded") !== "true") return;
  event.preventDefault();
  close(item);
  item.querySelector("[data-more]").focus();
});

// The list may have come before its place was there.
window.pqChat.showKept();
