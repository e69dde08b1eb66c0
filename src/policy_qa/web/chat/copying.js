// navigator.clipboard exists only on https and on the machine itself; over plain http in an office network it does not.
const copyOldWay = (words) => {
  const field = document.createElement("textarea");
  field.value = words;
  field.setAttribute("readonly", "");
  field.style.position = "fixed";
  field.style.opacity = "0";
  document.body.appendChild(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
};

const copy = async (words) => {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch (error) {
      // Permission refused: the old way may still work.
    }
  }
  return copyOldWay(words);
};

element.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const label = button.dataset.label || button.textContent;
  button.dataset.label = label;
  button.textContent = (await copy(button.dataset.copy)) ? button.dataset.copied : button.dataset.failed;
  button.focus();
  setTimeout(() => { button.textContent = label; }, 2500);
});
