"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { words, metrics, documents, provisions, questions } = data;
  const byName = (id) => document.getElementById(id);
  const body = byName("rows");
  const more = byName("more");
  const found = byName("found");
  const filters = byName("filters");
  const printed = byName("printed");
  const query = byName("query");
  const AT_ONCE = 100;
  const MOST_PAIRS = 8;
  const LONG = 900; // characters that fit a column on paper
  document.documentElement.classList.add("js");

  // --- making elements: every word of a set or a document goes in as text ----------------------------------------------

  const ODD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
  const ODDS = new RegExp(`(${ODD.source})`);

  // What prints nothing is shown by its number, so that it can neither hide nor turn words around.
  const put = (parent, text) => {
    for (const piece of String(text).split(ODDS)) {
      if (!ODD.test(piece)) { parent.append(piece); continue; }
      const odd = document.createElement("span");
      odd.className = "odd";
      odd.dataset.c = `U+${piece.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
      parent.append(odd);
    }
    return parent;
  };
  const element = (name, style = "", ...inside) => {
    const made = document.createElement(name);
    if (style) made.className = style;
    for (const each of inside.flat(Infinity)) if (each instanceof Node) made.append(each); else if (each !== null && each !== undefined) put(made, each);
    return made;
  };
  const list = (style, items) => element("ul", style, items.map((item) => element("li", "", item)));
  const part = (heading, ...inside) => element("section", "part", element("h4", "", heading), inside);

  const percent = (value) => `${value > 0 && value < 1 ? Math.min(99, Math.max(1, Math.round(value * 100))) : Math.round(value * 100)} %`;
  const count = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ".");
  const duration = (ms) => (ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1).replace(".", ",")} s`);

  // --- provisions -------------------------------------------------------------------------------------------------------

  const keyOf = (provision) => provision.split("#", 1)[0];
  const nameOf = (provision) => provisions[provision]?.name || provision;
  const isDigest = (provision) => documents[keyOf(provision)]?.digest;
  const digestMark = () => element("span", "badge digest", "Bản tóm lược");
  const placed = (provision) => {
    const key = documents[keyOf(provision)]?.name || keyOf(provision);
    return element("span", "place", element("b", "", nameOf(provision)), `, ${key}`, isDigest(provision) ? [" ", digestMark()] : []);
  };

  // --- differences between two texts ------------------------------------------------------------------------------------

  const MOST_CELLS = 16_000_000;
  const LEAST_ALIKE = 0.5; // of the words of the shorter text, those that the other has in this order
  // Words and numbers with what joins their parts ("120.000", "44-CT/TW"), and every other sign; each with the blanks after it.
  const TOKEN = /[\p{L}\p{N}\p{M}]+(?:[-/.,][\p{L}\p{N}\p{M}]+)*\s*|[^\s\p{L}\p{N}\p{M}]\s*|^\s+/gu;
  const isWord = (token) => /[\p{L}\p{N}]/u.test(token);
  const tokensOf = (text) => text.match(TOKEN) || [];

  // Which tokens of both stand in a longest common subsequence.
  const common = (left, right) => {
    const a = left.map((token) => token.trim());
    const b = right.map((token) => token.trim());
    const inLeft = new Array(a.length).fill(false);
    const inRight = new Array(b.length).fill(false);
    let first = 0;
    while (first < a.length && first < b.length && a[first] === b[first]) inLeft[first] = inRight[first++] = true;
    let n = a.length;
    let m = b.length;
    while (n > first && m > first && a[n - 1] === b[m - 1]) inLeft[--n] = inRight[--m] = true;
    const [rows, columns] = [n - first, m - first];
    if (!rows || !columns) return [inLeft, inRight];
    if ((rows + 1) * (columns + 1) > MOST_CELLS) return null;
    const wide = columns + 1;
    const lengths = new Uint16Array((rows + 1) * wide);
    for (let i = rows - 1; i >= 0; i--) {
      for (let j = columns - 1; j >= 0; j--) {
        lengths[i * wide + j] = a[first + i] === b[first + j]
          ? lengths[(i + 1) * wide + j + 1] + 1
          : Math.max(lengths[(i + 1) * wide + j], lengths[i * wide + j + 1]);
      }
    }
    for (let i = 0, j = 0; i < rows && j < columns;) {
      if (a[first + i] === b[first + j]) inLeft[first + i++] = inRight[first + j++] = true;
      else if (lengths[(i + 1) * wide + j] >= lengths[i * wide + j + 1]) i++;
      else j++;
    }
    return [inLeft, inRight];
  };

  // The text with what only it has marked, and what the answer quoted underlined. `same` is null where nothing is marked.
  const markedText = (text, same, quotes) => {
    const box = element("p", "words");
    const quoted = quotes.map((quote) => [text.indexOf(quote), quote.length]).filter(([at, length]) => at >= 0 && length);
    let at = 0;
    let run = "";
    let style = "";
    const flush = () => {
      if (!run) return;
      const name = style.includes("only") ? "mark" : "span";
      box.append(style ? element(name, style, run) : put(document.createDocumentFragment(), run));
      run = "";
    };
    tokensOf(text).forEach((token, n) => {
      const inQuote = quoted.some(([start, length]) => at >= start && at < start + length);
      const now = [same && !same[n] ? "only" : "", inQuote ? "quoted" : ""].join(" ").trim();
      if (now !== style) flush();
      style = now;
      run += token;
      at += token.length;
    });
    flush();
    return box;
  };

  const compared = (left, right) => {
    const [a, b] = [tokensOf(left), tokensOf(right)];
    const same = common(a, b);
    if (!same) return { marks: [null, null], note: "Hai đoạn dài quá nên không đánh dấu từng từ." };
    const shared = a.filter((token, n) => same[0][n] && isWord(token)).length;
    const alike = shared / Math.max(1, Math.min(a.filter(isWord).length, b.filter(isWord).length));
    return alike < LEAST_ALIKE
      ? { marks: [null, null], note: "Hai đoạn khác hẳn nhau nên không đánh dấu từng từ." } : { marks: same, note: "" };
  };

  const side = (heading, provision, text, same, quotes) => {
    const missing = provision ? "Kết quả không lưu lời văn của điều khoản này." : "";
    return element("div", "side", element("h5", "", heading), provision ? element("p", "where", placed(provision)) : null,
      text ? markedText(text, same, quotes) : element("p", "none", missing),
      (text || "").length > LONG ? element("p", "cut", "Lời văn dài: bản in chỉ có phần đầu, xem hết trong tệp báo cáo.") : null);
  };

  const both = (gold, cited, quotes) => {
    const [left, right] = [gold && provisions[gold]?.text, cited && provisions[cited]?.text];
    const { marks, note } = left && right ? compared(left, right) : { marks: [null, null], note: "" };
    const box = element("div", "both",
      gold ? side("Điều khoản đúng", gold, left, marks[0], []) : element("div", "side", element("h5", "", "Điều khoản đúng"), element("p", "none", "Không có: văn bản không trả lời câu này.")),
      cited ? side("Điều khoản được dẫn", cited, right, marks[1], quotes) : element("div", "side", element("h5", "", "Điều khoản được dẫn"), element("p", "none", "Không dẫn điều khoản nào cho phần này.")));
    if (note) box.append(element("p", "note", note));
    return box;
  };

  const misquoted = (citation) => {
    const text = provisions[citation.provision]?.text || "";
    const [a, b] = [tokensOf(text), tokensOf(citation.quote)];
    const same = common(a, b);
    // What stands before and after the place quoted is no difference.
    const [first, last] = same ? [same[0].indexOf(true), same[0].lastIndexOf(true)] : [-1, -1];
    const left = same && first >= 0 ? same[0].map((kept, n) => kept || n < first || n > last) : null;
    return element("div", "both", side("Lời văn của điều khoản", citation.provision, text, left, []),
      element("div", "side", element("h5", "", "Lời trích trong câu trả lời"), element("p", "where", "không khớp từng chữ"),
        markedText(citation.quote, same && first >= 0 ? same[1] : null, [])));
  };

  const closeness = (one, other) => {
    if (keyOf(one) !== keyOf(other)) return 0;
    const [a, b] = [one, other].map((id) => id.slice(keyOf(id).length + 1).split(";"));
    let steps = 0;
    while (steps < a.length && a[steps] === b[steps]) steps++;
    return 1 + steps;
  };
  const nearest = (provision, among) => among.reduce((best, each) => (best === null || closeness(provision, each) > closeness(provision, best) ? each : best), null);

  // Every group of gold that was not cited beside the wrong provision nearest to it; then the other wrong ones; where
  // all is right, what was cited.
  const pairsOf = (question) => {
    const cited = question.cited;
    const gold = question.gold.flat();
    const wrong = cited.filter((provision) => !gold.includes(provision));
    const unmet = question.gold.filter((group) => !group.some((provision) => cited.includes(provision)));
    const pairs = unmet.map((group) => {
      const free = wrong.filter((provision) => !question.gold.some((other) => other !== group && other.includes(provision)));
      const chosen = group.map((each) => [each, nearest(each, free)]);
      return chosen.reduce((best, pair) => (pair[1] && closeness(...pair) > (best[1] ? closeness(...best) : -1) ? pair : best), chosen[0]);
    });
    const taken = new Set(pairs.map(([, provision]) => provision));
    for (const provision of wrong) if (!taken.has(provision)) pairs.push([nearest(provision, gold), provision]);
    if (!pairs.length) for (const provision of cited) pairs.push([provision, provision]);
    return pairs;
  };

  // --- the details of a question ----------------------------------------------------------------------------------------

  const goldPart = (question) => {
    if (question.expected) return part("Phải trả lời thế nào", element("p", "", `Phải từ chối: ${words.reasons[question.expected]}.`));
    const groups = question.gold.map((group) => {
      const met = group.some((provision) => question.cited.includes(provision));
      const places = group.flatMap((provision, n) => [n ? " hoặc " : "", placed(provision)]);
      return [element("span", met ? "yes" : "no", met ? "Đã dẫn: " : "Không dẫn: "), ...places];
    });
    const facts = question.facts.map((fact) => {
      const lacks = question.lacking.includes(fact);
      return [element("span", lacks ? "no" : "yes", lacks ? "Thiếu: " : "Có: "), fact];
    });
    return part("Phải trả lời thế nào", list("gold", groups), facts.length ? [element("p", "small", "Chi tiết chính:"), list("gold", facts)] : []);
  };

  const answerPart = (question) => {
    if (question.error !== null || !question.status) return part("Hệ thống trả lời", element("p", "no", question.error || "Không có câu trả lời."));
    const inside = [];
    if (question.message) inside.push(element("p", "message", question.reason ? `(${words.reasons[question.reason]}) ` : "", question.message));
    for (const said of question.said) {
      const numbers = said.citations.map((n) => element("sup", "", `[${n + 1}]`));
      inside.push(element("p", "said", said.text, " ", numbers, said.supported ? [] : element("span", "no block", `Thiếu căn cứ${said.why ? `: ${said.why}` : "."}`)));
    }
    const cited = question.citations.map((citation, n) => {
      const right = question.gold.flat().includes(citation.provision);
      return [`[${n + 1}] `, placed(citation.provision), citation.page ? `, trang ${citation.page}` : "", " ",
        element("span", right ? "yes" : "no", right ? "đúng" : "không phải điều khoản đúng")];
    });
    if (cited.length) inside.push(element("p", "small", "Căn cứ được dẫn:"), list("gold", cited));
    if (question.dropped.length) inside.push(element("p", "small", "Đã bỏ vì không đủ căn cứ:"), list("gold", question.dropped.map((each) => `${each.text} – ${each.why}`)));
    if (question.notes.length) inside.push(element("p", "small", "Lưu ý về văn bản:"), list("gold", question.notes));
    return part(`Hệ thống trả lời (${words.statuses[question.status]})`, inside);
  };

  const textsPart = (question) => {
    const wrongQuotes = (question.citations || []).filter((citation) => !citation.verbatim).map(misquoted);
    const pairs = pairsOf(question);
    const quotesOf = (provision) => (question.citations || []).filter((citation) => citation.provision === provision).map((citation) => citation.quote);
    const shown = pairs.slice(0, MOST_PAIRS).map(([gold, cited]) => (gold === cited && gold
      ? element("div", "both one", side("Điều khoản đúng, đã được dẫn", gold, provisions[gold]?.text, null, quotesOf(gold)))
      : both(gold, cited, quotesOf(cited))));
    if (!shown.length && !wrongQuotes.length) return null;
    const left = pairs.length - shown.length;
    return part("Đối chiếu lời văn", element("p", "small legend", element("mark", "only", "nền vàng"), ": từ chỉ có ở bên ấy; ", element("span", "quoted", "gạch chân"), ": lời mà câu trả lời đã trích."),
      wrongQuotes, shown, left > 0 ? element("p", "note", `Còn ${left} cặp nữa không hiện ở đây.`) : []);
  };

  const measuredPart = (question) => {
    const gold = question.gold.flat();
    const ranked = question.ranked.map((provision) => [placed(provision), gold.includes(provision) ? element("span", "yes", " (điều khoản đúng)") : ""]);
    const scores = metrics.flatMap((metric, n) => (question.scores[n] === null ? [] : [`${metric.label}: ${percent(question.scores[n])}`]));
    const changes = Object.entries(question.changes).map(([name, way]) => [element("span", way > 0 ? "yes" : "no", way > 0 ? "Tốt hơn: " : "Kém hơn: "), metrics.find((metric) => metric.name === name)?.label || name]);
    const box = element("details", "measured", element("summary", "", "Số đo của câu này"),
      element("p", "", `Thời gian ${duration(question.milliseconds)}`, question.probability === null ? "" : `; xác suất trả lời được ${percent(question.probability)}`, question.state === "draft" ? "; câu còn là bản nháp" : "", "."),
      ranked.length ? [element("p", "small", "Tìm thấy trước nhất:"), element("ol", "gold", ranked.map((item) => element("li", "", item)))] : [],
      scores.length ? [element("p", "small", "Điểm:"), list("scores", scores)] : []);
    return [changes.length ? part("So với lần trước", list("gold", changes)) : null, box];
  };

  const detailsOf = (question) => [goldPart(question), answerPart(question), textsPart(question), measuredPart(question)];

  // --- the table --------------------------------------------------------------------------------------------------------

  let chosen = [];
  let shownRows = 0;

  const open = (n, wanted) => {
    const row = byName(`r${n}`);
    if (!row) return;
    const button = row.querySelector("button");
    let detail = byName(`d${n}`);
    if (wanted && !detail) {
      detail = element("tr", "detail");
      detail.id = `d${n}`;
      const cell = element("td", "", detailsOf(questions[n]));
      cell.setAttribute("role", "cell");
      detail.setAttribute("role", "row");
      cell.colSpan = 3;
      detail.append(cell);
      row.after(detail);
      button.setAttribute("aria-controls", detail.id);
    }
    if (detail) detail.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
  };

  const rowOf = (n) => {
    const question = questions[n];
    const button = element("button", "ask", element("span", "", question.asked));
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    const chips = [...question.faults.map((fault) => element("li", "chip bad", words.faults[fault])),
      ...(question.faults.length ? [] : [element("li", "chip good", "đúng")]),
      ...(RESULT.won(question) ? [element("li", "chip good", "tốt hơn lần trước")] : []), ...(RESULT.lost(question) ? [element("li", "chip bad", "kém hơn lần trước")] : [])];
    const from = question.documents.map((key) => documents[key]?.name || key).join(", ");
    const row = element("tr", "row",
      element("td", "", button, element("p", "meta", [question.id, words.kinds[question.kind] || question.kind, words.styles[question.style] || question.style, from].filter(Boolean).join(" · "))),
      element("td", "", element("ul", "chips", chips)), element("td", "ms", duration(question.milliseconds)));
    row.id = `r${n}`;
    row.setAttribute("role", "row"); // the narrow page and paper lay the table out as blocks, which takes its roles away
    for (const cell of row.cells) cell.setAttribute("role", "cell");
    button.addEventListener("click", () => open(n, button.getAttribute("aria-expanded") !== "true"));
    return row;
  };

  const showUpTo = (count) => {
    const next = chosen.slice(shownRows, count).map(rowOf);
    shownRows = Math.max(shownRows, Math.min(count, chosen.length));
    body.append(...next);
    const left = chosen.length - shownRows;
    more.hidden = left <= 0;
    more.textContent = `Hiện thêm (còn ${left} câu)`;
  };

  // --- filtering and searching --------------------------------------------------------------------------------------------

  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");
  const plain = (text) => text.normalize("NFC").toLowerCase();
  let searchable = null; // lower case and, apart, without diacritics; made at the first search
  const prepare = () => {
    searchable ||= questions.map((question) => {
      const provisionsNamed = [...question.gold.flat(), ...question.cited].map((id) => `${id} ${nameOf(id)}`);
      const text = plain([question.id, question.asked, question.message || "", question.error || "", ...(question.said || []).map((said) => said.text), ...provisionsNamed].join("\n"));
      return [text, bare(text)];
    });
  };
  const asFound = (sought) => {
    const asked = plain(sought).trim().split(/\s+/).filter(Boolean);
    if (!asked.length) return () => true;
    prepare();
    const which = asked.every((word) => bare(word) === word) ? 1 : 0; // typed with diacritics: as they are
    return (n) => asked.every((word) => searchable[n][which].includes(word));
  };

  const RESULT = {
    wrong: (question) => question.faults.length > 0,
    right: (question) => question.faults.length === 0,
    won: (question) => question.error === null && Object.values(question.changes).some((way) => way > 0),
    lost: (question) => Object.values(question.changes).some((way) => way < 0),
  };
  const isBelow = (question, n) => question.scores[n] !== null && (metrics[n].lower ? question.scores[n] > 0 : question.scores[n] < 1);
  const fails = (question, choice) => {
    const [what, name] = choice.split(":");
    return what === "fault" ? question.faults.includes(name) : isBelow(question, metrics.findIndex((metric) => metric.name === name));
  };
  const valueOf = (name) => byName(name)?.value || "";

  const filter = () => {
    const [result, fault, kind, style, document_] = ["result", "fault", "kind", "style", "document"].map(valueOf);
    const matches = asFound(query.value);
    chosen = questions.flatMap((question, n) => (
      (!result || RESULT[result](question)) && (!fault || fails(question, fault)) && (!kind || question.kind === kind)
      && (!style || question.style === style) && (!document_ || question.documents.includes(document_)) && matches(n) ? [n] : []));
    found.textContent = chosen.length ? `${count(chosen.length)} trong ${count(questions.length)} câu` : "Không có câu nào khớp với bộ lọc.";
    body.replaceChildren();
    shownRows = 0;
    showUpTo(AT_ONCE);
  };

  const option = (value, label) => new Option(label.split(ODDS).filter((piece) => !ODD.test(piece)).join(""), value);
  const present = (values) => [...new Set(values)].sort((a, b) => a.localeCompare(b, "vi"));
  const fill = (name, values, label) => byName(name).append(...present(values).map((value) => option(value, label(value))));
  const group = (label, options) => {
    const made = document.createElement("optgroup");
    made.label = label;
    made.append(...options);
    return made;
  };
  fill("kind", questions.map((question) => question.kind), (kind) => words.kinds[kind] || kind);
  fill("style", questions.map((question) => question.style), (style) => words.styles[style] || style);
  fill("document", questions.flatMap((question) => question.documents), (key) => documents[key]?.name || key);
  const seen = new Set(questions.flatMap((question) => question.faults));
  byName("fault").append(
    group("Điều sai", Object.keys(words.faults).filter((fault) => seen.has(fault)).map((fault) => option(`fault:${fault}`, words.faults[fault]))),
    group("Chỉ số chưa đạt", metrics.flatMap((metric, n) => (questions.some((question) => isBelow(question, n)) ? [option(`metric:${metric.name}`, metric.label)] : []))));

  if (!questions.some(RESULT.wrong)) byName("result").value = "";
  filters.addEventListener("change", (event) => { if (event.target !== printed && event.target !== query) filter(); });
  filters.addEventListener("submit", (event) => event.preventDefault());
  let waiting = 0;
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 150);
  });
  byName("clear").addEventListener("click", () => {
    filters.reset();
    byName("result").value = "";
    filter();
    query.focus();
  });
  more.addEventListener("click", () => {
    const first = shownRows;
    showUpTo(shownRows + AT_ONCE);
    byName(`r${chosen[first]}`)?.querySelector("button").focus();
  });

  // --- printing: every question of the filter, with its details where they are wanted -------------------------------------

  let opened = [];
  window.addEventListener("beforeprint", () => {
    showUpTo(chosen.length);
    opened = printed.checked ? chosen.filter((n) => byName(`d${n}`)?.hidden !== false) : [];
    for (const n of opened) open(n, true);
    for (const box of document.querySelectorAll(".about, .more-figures")) box.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const n of opened) open(n, false);
  });

  // --- "report.html#q=core-012" opens that question -----------------------------------------------------------------------

  const follow = () => {
    const named = /^#q=(.+)$/.exec(location.hash);
    if (!named) return;
    let wanted = named[1];
    try { wanted = decodeURIComponent(wanted); } catch { /* as typed */ }
    const n = questions.findIndex((question) => question.id === wanted);
    if (n < 0) return;
    if (!chosen.includes(n)) {
      filters.reset();
      byName("result").value = "";
      filter();
    }
    showUpTo(chosen.indexOf(n) + 1);
    open(n, true);
    byName(`r${n}`).scrollIntoView();
  };
  window.addEventListener("hashchange", follow);
  filter();
  follow();
})();
