// Puts what the server sent into the conversation: one turn, or the whole of another conversation.
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

const contentOf = (sent) => {
  const template = document.createElement("template");
  template.innerHTML = sent.dataset.html;
  return template.content;
};

const showWhole = (log, sent) => {
  log.replaceChildren(contentOf(sent));
  const turns = log.querySelectorAll(".pq-turn");
  const last = turns[turns.length - 1];
  log.dataset.conversation = last ? last.dataset.conversation : "";
  source(last ? last.dataset.first : "");
  scrollTo(last);
};

const refocus = (old, fresh) => {
  const had = old.contains(document.activeElement) ? document.activeElement : null;
  if (!had) return;
  const verdict = had.dataset.verdict;
  const field = fresh.querySelector(".pq-comment textarea");
  const again = verdict ? fresh.querySelector(`[data-verdict="${verdict}"]`) : null;
  (verdict && !old.querySelector(".pq-comment") && field ? field : again ?? fresh.querySelector("[data-verdict]"))?.focus();
};

const showTurn = (log, sent) => {
  const fresh = contentOf(sent).firstElementChild;
  const shown = log.dataset.conversation;
  if (shown && fresh.dataset.conversation !== "0" && shown !== fresh.dataset.conversation) return;
  if (fresh.dataset.conversation !== "0") log.dataset.conversation = fresh.dataset.conversation;
  log.querySelector(".pq-welcome")?.remove();
  for (const gone of [sent.dataset.dropped, fresh.dataset.turn === "0" ? "" : "0"]) {
    if (gone && fresh.dataset.turn !== gone) log.querySelector(`[data-turn="${gone}"]`)?.remove();
  }
  const old = log.querySelector(`[data-turn="${fresh.dataset.turn}"]`);
  const done = fresh.dataset.done === "1";
  log.setAttribute("aria-busy", String(!done));
  if (old) {
    old.replaceWith(fresh);
    refocus(old, fresh);
  } else {
    log.append(fresh);
  }
  if (old?.dataset.done !== "1") scrollTo(fresh);
  if (done && old?.dataset.done !== "1") source(fresh.dataset.first);
};

const show = () => {
  const sent = element.querySelector("[data-log]");
  const log = document.querySelector("#pq-transcript .pq-log");
  if (!sent) return;
  if (!log) {
    // The parts of the page come up in no certain order.
    requestAnimationFrame(show);
    return;
  }
  (sent.dataset.log === "whole" ? showWhole : showTurn)(log, sent);
};

watch("value", show);
show();
