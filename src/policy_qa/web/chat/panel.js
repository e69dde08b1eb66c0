// The source panel: fetches what is to be read, keeps the way back.
const frame = element.querySelector(".pq-frame");
const scroller = document.getElementById("pq-source");
const nothing = frame.innerHTML;
const deepest = 50;
let current = "", wanted = "text", calls = 0;
let back = [];

const fetched = async (url) => {
  try {
    const answer = await fetch(url, { credentials: "same-origin" });
    // The session has ended: the page itself leads to the login.
    if (answer.redirected || answer.status === 401) location.reload();
    return await answer.text();
  } catch (error) {
    return `<p class="pq-error" role="alert">${frame.dataset.lost}</p>`;
  }
};

const bringIntoView = (box, inside) => {
  if (!box || !inside) return;
  box.scrollTop += inside.getBoundingClientRect().top - box.getBoundingClientRect().top - 60;
};

const showQuote = () => {
  bringIntoView(frame.querySelector(".pq-view:not([hidden]) .pq-text, .pq-source > .pq-text"), frame.querySelector("mark"));
  const sheet = frame.querySelector(".pq-view:not([hidden]) .pq-sheet");
  if (!sheet || window.innerWidth < 900) return;
  // A page is large: it gets the whole panel, down to the quote where that lies further below.
  const box = sheet.querySelector(".pq-box");
  const far = box && box.getBoundingClientRect().bottom - sheet.getBoundingClientRect().top > scroller.clientHeight - 20;
  bringIntoView(scroller, far ? box : sheet);
};

const fill = async (pane, url) => {
  const call = (pane.dataset.call = String(++calls));
  const mine = () => pane.dataset.call === call;
  let done = false;
  pane.setAttribute("aria-busy", "true");
  // To find the quote on its page a long file is read anew: meanwhile the page is shown without marks.
  const plain = url.replace(/&start=\d+&end=\d+$/, "");
  if (plain !== url) {
    setTimeout(async () => {
      if (done || !mine()) return;
      const html = await fetched(plain);
      if (!done && mine()) pane.innerHTML = html;
    }, 400);
  }
  const html = await fetched(url);
  done = true;
  if (!mine()) return;
  pane.innerHTML = html;
  pane.removeAttribute("aria-busy");
  delete pane.dataset.fetch;
  showQuote();
};

const choose = (name) => {
  const tab = frame.querySelector(`[role="tab"][data-view="${name}"]`);
  if (!tab) return;
  for (const other of frame.querySelectorAll('[role="tab"]')) {
    other.setAttribute("aria-selected", String(other === tab));
    other.tabIndex = other === tab ? 0 : -1;
    const pane = frame.querySelector(`#${other.getAttribute("aria-controls")}`);
    pane.hidden = other !== tab;
    if (other === tab && pane.dataset.fetch) fill(pane, pane.dataset.fetch);
  }
  showQuote();
};

const show = (html) => {
  frame.innerHTML = html;
  const return_ = frame.querySelector("[data-return]");
  if (return_) return_.hidden = back.length === 0;
  // Who reads pages reads on in pages.
  if (frame.querySelector(`[role="tab"][data-view="${wanted}"]`)) choose(wanted);
  else if (frame.querySelector('[role="tab"]')) choose(frame.querySelector('[role="tab"]').dataset.view);
  else showQuote();
  element.querySelector("[role=status].pq-said").textContent = frame.querySelector(".pq-form")?.textContent ?? "";
};

const load = async (url) => {
  const call = ++calls;
  frame.dataset.call = String(call);
  current = url;
  frame.setAttribute("aria-busy", "true");
  const html = url.startsWith("sources/") ? await fetched(url) : nothing;
  if (frame.dataset.call !== String(call)) return;
  frame.removeAttribute("aria-busy");
  show(html);
};

const go = async (url) => {
  if (current && current !== url) back = [...back, current].slice(-deepest);
  await load(url);
};

const intoView = () => {
  // On a phone the source lies below the conversation.
  if (window.innerWidth < 900) document.getElementById("pq-source")?.scrollIntoView({ block: "start" });
};

document.addEventListener("pq-source", (event) => {
  if (!element.isConnected) return;
  if (event.detail.byHand) {
    go(event.detail.url).then(intoView);
    intoView();
  } else {
    back = [];
    load(event.detail.url || "");
  }
});

element.addEventListener("click", (event) => {
  if (event.target.closest("[data-back]")) {
    document.getElementById("pq-talk")?.scrollIntoView({ behavior: "smooth", block: "end" });
    document.querySelector("#pq-question textarea")?.focus({ preventScroll: true });
    return;
  }
  if (event.target.closest("[data-return]")) {
    const url = back.pop();
    if (url !== undefined) load(url).then(() => (frame.querySelector("[data-return]:not([hidden])") ?? frame.querySelector(".pq-choice"))?.focus());
    return;
  }
  const turned = event.target.closest("[data-page]");
  if (turned) {
    event.preventDefault();
    const pane = turned.closest(".pq-view");
    const label = turned.textContent;
    fill(pane, turned.dataset.page).then(() =>
      [...pane.querySelectorAll("button[data-page]")].find((button) => button.textContent === label)?.focus());
    return;
  }
  const tab = event.target.closest('[role="tab"]');
  if (tab) {
    if (tab.dataset.view !== "outline") wanted = tab.dataset.view;
    choose(tab.dataset.view);
    return;
  }
  const leads = event.target.closest("[data-go]");
  if (leads) {
    event.preventDefault();
    const position = [...frame.querySelectorAll(".pq-choice")].indexOf(leads);
    go(leads.dataset.go).then(() => {
      const heading = frame.querySelector(".pq-form");
      const choice = frame.querySelectorAll(".pq-choice")[position];
      heading?.setAttribute("tabindex", "-1");
      (choice ?? heading)?.focus({ preventScroll: true });
      if (!choice) scroller.scrollTop = 0;
    });
  }
});

element.addEventListener("keydown", (event) => {
  const tab = event.target.closest('[role="tab"]');
  if (!tab) return;
  const tabs = [...frame.querySelectorAll('[role="tab"]')];
  const at = tabs.indexOf(tab);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = tabs[(to + tabs.length) % tabs.length];
  next.click();
  next.focus();
});

// `toggle` does not bubble.
element.addEventListener("toggle", async (event) => {
  const branch = event.target;
  if (!branch.open || !branch.dataset.fetch) return;
  const url = branch.dataset.fetch;
  delete branch.dataset.fetch;
  branch.insertAdjacentHTML("beforeend", await fetched(url));
}, true);

if (window.pqSource) load(window.pqSource);
