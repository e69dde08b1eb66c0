// A question set goes to the server as it is; names and sentences are only ever shown as text.
const zone = element.querySelector(".pqr-zone");
const picker = zone.querySelector("input");
const told = zone.querySelector(".pqr-told");

const tell = (sentence, bad) => {
  told.textContent = sentence;
  told.className = bad ? "pqr-told pq-error" : "pqr-told pqr-done";
  told.setAttribute("role", bad ? "alert" : "status");
};

const send = async (file) => {
  if (file.size > Number(zone.dataset.limit)) {
    tell(zone.dataset.large.replace("{name}", () => file.name), true);
    return;
  }
  let answer = {};
  try {
    const response = await fetch(`${zone.dataset.to}?name=${encodeURIComponent(file.name)}`, {
      method: "POST", body: file, headers: { "content-type": "application/octet-stream" },
    });
    answer = await response.json();
  } catch (error) {
    answer = {};
  }
  if (answer.name) {
    tell(answer.told, false);
    trigger("uploaded", { name: answer.name });
  } else {
    tell(answer.error || answer.detail || zone.dataset.cut, true);
  }
};

picker.addEventListener("change", async () => {
  const [file] = picker.files;
  if (file) await send(file);
  picker.value = "";
});
