// Files go to the server one after another, each with its progress; names are only ever shown as text.
const zone = element.querySelector(".pqd-zone");
const picker = zone.querySelector("input");
const list = zone.querySelector(".pqd-sending");
const waiting = [];
let busy = false;

const line = (file) => {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  item.append(name, bar);
  list.append(item);
  return { item, bar };
};

const refuse = (item, sentence) => {
  item.querySelector("progress")?.remove();
  item.className = "pq-error";
  item.setAttribute("role", "alert");
  item.textContent = sentence;
  item.tabIndex = 0;
  item.addEventListener("click", () => item.remove());
};

const told = (answer) => answer.error || answer.detail || "";

const send = (file, item, bar) => new Promise((done) => {
  if (file.size > Number(zone.dataset.limit)) {
    refuse(item, `Tệp “${file.name}” ${zone.dataset.large}`);
    done();
    return;
  }
  const request = new XMLHttpRequest();
  request.open("POST", `${zone.dataset.to}?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  });
  request.addEventListener("loadend", () => {
    let sentence = "";
    try {
      sentence = request.status === 200 ? "" : told(JSON.parse(request.responseText));
    } catch (error) {
      sentence = "";
    }
    if (request.status === 200) item.remove();
    else refuse(item, sentence || `Tệp “${file.name}” ${zone.dataset.cut}`);
    trigger("uploaded", {});
    done();
  });
  request.send(file);
});

const next = async () => {
  if (busy) return;
  busy = true;
  while (waiting.length) {
    const { file, item, bar } = waiting.shift();
    await send(file, item, bar);
  }
  busy = false;
};

const take = (files) => {
  for (const file of files) waiting.push({ file, ...line(file) });
  next();
};

picker.addEventListener("change", () => {
  take([...picker.files]);
  picker.value = "";
});
for (const name of ["dragenter", "dragover"]) {
  zone.addEventListener(name, (event) => {
    event.preventDefault();
    zone.classList.add("pqd-over");
  });
}
for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("pqd-over"));
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  take([...event.dataTransfer.files]);
});
// A page left while files are on their way loses them.
window.addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault();
});
