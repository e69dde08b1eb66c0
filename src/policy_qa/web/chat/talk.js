// The conversation that is open and what is done in it. Requests go out one after another, in the order in which things were
// done; a question belongs to what was shown when it was asked, so that none falls between two conversations.
window.pqChat = (() => {
  const [NOT_SENT, CUT_OFF] = WORDS;
  // What is shown. `conversation` is null until the server has given a new one its number.
  const fresh = (conversation) => ({ conversation, asks: new Set() });
  let view = fresh(null), line = Promise.resolve(), within = [], welcome = "", kept = "", searches = 0;

  // What a request that was not let through is told.
  class Refused extends Error {}

  const inLine = (act) => (line = line.then(act, act));
  const logOf = () => document.querySelector("#pq-transcript .pq-log");
  const boxOf = () => document.querySelector("#pq-question textarea");
  // On a phone the keyboard would cover the answer.
  const toBox = () => { if (window.innerWidth >= 900) boxOf()?.focus({ preventScroll: true }); };

  // --- what is shown

  const source = (url) => {
    window.pqSource = url;
    document.dispatchEvent(new CustomEvent("pq-source", { detail: { url, byHand: false } }));
  };

  const scrollTo = (turn) => {
    const box = document.getElementById("pq-transcript");
    if (!box || !turn) return;
    // The question stands at the top of the view, so that its answer is read from the beginning.
    if (window.innerWidth < 900) turn.scrollIntoView({ block: "start" });
    else box.scrollTo({ top: box.scrollTop + turn.getBoundingClientRect().top - box.getBoundingClientRect().top - 12 });
  };

  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  };

  const showWhole = (log, html) => {
    log.replaceChildren(parsed(html));
    log.removeAttribute("aria-busy");
    const turns = log.querySelectorAll(".pq-turn");
    const last = turns[turns.length - 1];
    if (!last) welcome = html;
    source(last ? last.dataset.first : "");
    scrollTo(last);
  };

  // What had the focus has gone with `old`: its like in what is shown now gets it, or else the box.
  const refocus = (had, old, shown) => {
    const { verdict, go } = had.dataset;
    const field = shown.querySelector(".pq-comment textarea");
    if (verdict && field && !old?.querySelector(".pq-comment")) return field.focus();
    const like = verdict ? `[data-verdict="${verdict}"]` : go ? `[data-go="${go}"]` : `.pq-comment ${had.tagName}`;
    const found = old && shown.querySelector(like);
    if (found) found.focus({ preventScroll: true });
    else toBox();
  };

  const showTurn = (log, turn, dropped) => {
    const had = log.contains(document.activeElement) ? document.activeElement : null;
    log.querySelector(".pq-welcome")?.remove();
    for (const gone of [dropped, turn.dataset.turn === "0" ? "" : "0"]) {
      if (gone && turn.dataset.turn !== gone) log.querySelector(`[data-turn="${gone}"]`)?.remove();
    }
    const old = log.querySelector(`[data-turn="${turn.dataset.turn}"]`);
    const done = turn.dataset.done === "1";
    log.setAttribute("aria-busy", String(!done));
    if (old) old.replaceWith(turn);
    else log.append(turn);
    if (had && !had.isConnected) refocus(had, old, turn);
    if (old?.dataset.done !== "1") scrollTo(turn);
    if (done && old?.dataset.done !== "1") source(turn.dataset.first);
    return turn.id;
  };

  // Gives the id of the turn that was shown.
  const show = (html) => {
    const log = logOf();
    const sent = parsed(html).firstElementChild;
    if (!log || !sent) return "";
    if (sent.dataset.log === "turn") return showTurn(log, parsed(sent.dataset.html).firstElementChild, sent.dataset.dropped);
    showWhole(log, sent.dataset.html);
    return "";
  };

  const showError = (sentence) => {
    const turn = parsed('<section class="pq-turn" data-turn="0" data-done="1"><p class="pq-error" role="alert"></p></section>');
    turn.querySelector("p").textContent = sentence;
    showTurn(logOf(), turn.firstElementChild, "");
  };

  const showKept = (html = kept) => {
    const list = document.querySelector("#pq-kept .pq-keptbox");
    // A menu that is open in the list stays open where nothing has changed.
    if (list && (html !== kept || !list.firstElementChild)) list.innerHTML = html;
    kept = html;
    if (!list) return;
    for (const item of list.querySelectorAll(".pq-keptitem")) {
      const open = item.querySelector("[data-open]");
      if (Number(item.dataset.conversation) === view.conversation) open.setAttribute("aria-current", "true");
      else open.removeAttribute("aria-current");
    }
  };

  const showButtons = () => document.body.classList.toggle("pq-busy", view.asks.size > 0);

  // --- what is sent

  const post = async (path, fields) => {
    const sent = await fetch(`chat/${path}`, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(fields),
    });
    if (sent.headers.get("content-type")?.includes("json")) return sent;
    throw new Error(`status ${sent.status}`);
  };

  // One step. What stops a request at the gate says so in `detail`.
  const told = async (path, fields) => {
    try {
      const step = await (await post(path, fields)).json();
      return step.detail === undefined ? step : { log: null, kept: null, refused: step.detail };
    } catch (error) {
      return { log: null, kept: null, refused: NOT_SENT };
    }
  };

  const read = async (answer, each) => {
    const reader = answer.body.getReader(), decoder = new TextDecoder();
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + decoder.decode(part.value, { stream: true })).split("\n");
      rest = lines.pop();
      for (const one of lines) each(JSON.parse(one));
    }
    if (rest.trim()) each(JSON.parse(rest));
  };

  // Asks, and calls `taken` once the server has kept the question or refused it; the line goes on from there.
  const stream = async (path, fields, mine, key, taken) => {
    let last = null, turn = "";
    const step = (next) => {
      if (next.detail !== undefined) throw new Refused(next.detail);
      last = { ...next, taken: next.taken || last?.taken };
      if (next.taken) mine.conversation = next.conversation;
      if (next.log && (view === mine || (next.conversation && next.conversation === view.conversation))) turn = show(next.log);
      if (next.kept) showKept(next.kept);
      taken(last.taken);
    };
    try {
      await read(await post(path, fields), step);
      // What was stopped ends without a last word.
      if (!last || (last.busy && mine.asks.has(key))) throw new Error("cut off");
    } catch (error) {
      const waiting = document.getElementById(turn)?.querySelector(".pq-working");
      if (!last?.taken) showError(error instanceof Refused ? error.message : NOT_SENT);
      else if (waiting) Object.assign(waiting, { className: "pq-error", textContent: CUT_OFF });
    } finally {
      mine.asks.delete(key);
      showButtons();
      taken(Boolean(last?.taken));
    }
  };

  const asked = (path, fields) => {
    const mine = view, key = {};
    mine.asks.add(key);
    showButtons();
    const taken = () => new Promise((resolve) => stream(path, { ...fields, conversation: mine.conversation }, mine, key, resolve));
    return inLine(taken);
  };

  const showStep = (mine, step) => {
    if (step.kept) showKept(step.kept);
    if (view !== mine) return;
    if (step.refused) showError(step.refused);
    else if (step.log) show(step.log);
  };

  // --- what the page calls

  const start = () => {
    const mine = view;
    inLine(async () => {
      const step = await told("start", {});
      mine.conversation = step.conversation ?? null;
      showStep(mine, step);
    });
  };

  const open = (conversation) => {
    const mine = (view = fresh(conversation));
    showButtons();
    // What was shown goes at once: a turn of this conversation that ends meanwhile must not stand below another's.
    if (conversation === null) showWhole(logOf(), welcome);
    else logOf().replaceChildren();
    showKept();
    inLine(async () => showStep(mine, await told("open", { conversation })));
  };

  const ask = async (question) => asked("ask", { question, documents: within });

  const write = (words) => {
    const box = boxOf();
    box.value = words;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const send = async () => {
    const words = boxOf().value;
    if (!words.trim()) return;
    write("");
    // What was not taken stays in the box, to be mended or sent again.
    if (!(await ask(words.trim())) && !boxOf().value) write(words);
  };

  const stop = () => {
    const mine = view;
    inLine(async () => {
      mine.asks.clear();
      showStep(mine, await told("stop", { conversation: mine.conversation }));
      showButtons();
    });
  };

  const remove = (deleted) => {
    const current = deleted === view.conversation;
    const mine = current ? (view = fresh(null)) : view;
    showButtons();
    inLine(async () => {
      const step = await told("delete", { deleted, conversation: current ? deleted : mine.conversation });
      // The conversation on the page stays as it is, with whatever is being answered in it.
      showStep(mine, current || !step.kept ? step : { ...step, log: null });
    });
  };

  const rename = async (named, title) => {
    kept = "";
    showStep(view, await told("rename", { named, title, conversation: view.conversation }));
  };

  const find = async (wanted) => {
    const mine = ++searches;
    const step = await told("find", { wanted, conversation: view.conversation });
    if (mine === searches) showStep(view, step);
  };

  // Gives whether it was kept.
  const judge = async (turn, verdict, comment) => {
    const mine = view, step = await told("judge", { turn, verdict, comment });
    showStep(mine, step);
    return !step.refused && step.conversation !== null;
  };

  document.addEventListener("keydown", (event) => {
    // Enter that ends a syllable of an input method sends nothing.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target !== boxOf()) return;
    event.preventDefault();
    send();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#pq-send")) send();
    if (!event.target.closest("#pq-stop")) return;
    stop();
    // The button goes away.
    toBox();
  });

  return {
    start, ask, open, stop, remove, rename, find, judge, showKept,
    again: (turn) => asked("again", { turn }),
    narrow: (keys) => { within = keys ?? []; },
  };
})();
