element.addEventListener("click", (event) => {
  const example = event.target.closest("[data-example]");
  if (example) {
    trigger("example", { question: example.dataset.example });
    return;
  }
  const citation = event.target.closest("[data-citation]");
  if (!citation) return;
  trigger("open", { turn: Number(citation.dataset.turn), citation: Number(citation.dataset.citation) });
  // On a phone the source lies below the conversation.
  const source = document.getElementById("pq-source");
  if (source && window.innerWidth < 900) source.scrollIntoView({ behavior: "smooth", block: "start" });
});

// The last question stands at the top of the view, so that its answer is read from the beginning.
watch("value", () => requestAnimationFrame(() => {
  const turns = element.querySelectorAll(".pq-turn");
  const box = document.getElementById("pq-transcript");
  if (!turns.length || !box) return;
  const last = turns[turns.length - 1];
  if (window.innerWidth < 900) {
    last.scrollIntoView({ behavior: "smooth", block: "start" });
  } else {
    box.scrollTo({ top: box.scrollTop + last.getBoundingClientRect().top - box.getBoundingClientRect().top - 12 });
  }
}));
