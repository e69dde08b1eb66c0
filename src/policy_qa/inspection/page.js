"use strict";
(() => {
  const root = document.documentElement;
  const text = document.getElementById("text");
  const tree = document.getElementById("tree");
  const drawer = document.getElementById("drawer");
  const query = document.getElementById("query");
  const found = document.getElementById("found");
  const bar = document.getElementById("chosen");
  const narrow = window.matchMedia("(max-width: 899px)");
  root.classList.add("js");
  const fitDrawer = () => { drawer.open = !narrow.matches; };
  narrow.addEventListener("change", fitDrawer);
  fitDrawer();
  if (!tree) return;

  const links = [...tree.querySelectorAll("a")];
  const blocks = links.map((link) => document.getElementById(link.hash.slice(1)));
  const numberOf = (element) => Number(element.id.slice(1));

  // --- choosing a provision -----------------------------------------------------------------------------------------

  let chosen = null;

  const boxOf = (link) => link.closest("summary")?.parentElement; // what opens and closes what lies below
  const outside = (link) => (boxOf(link) || link).parentElement.closest("details:not(#drawer)");

  const unfoldTo = (link) => {
    for (let box = outside(link); box; box = box.parentElement.closest("details:not(#drawer)")) box.open = true;
  };

  const bringIntoTree = (link) => {
    const frame = tree.parentElement.getBoundingClientRect();
    const place = link.getBoundingClientRect();
    if (place.height && (place.top < frame.top + 8 || place.bottom > frame.bottom - 8)) {
      tree.parentElement.scrollTop += place.top - frame.top - frame.height / 3;
    }
  };

  const element = (name, words, parent) => {
    const made = parent.appendChild(document.createElement(name));
    made.textContent = words;
    return made;
  };

  const copyOldWay = (words) => {
    const field = element("textarea", words, document.body);
    field.style.position = "fixed";
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };

  const copy = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch (error) {
      return copyOldWay(words); // no clipboard over plain http, or no permission
    }
  };

  const copyButton = (label, words) => {
    const button = element("button", label, bar);
    button.type = "button";
    button.addEventListener("click", async () => {
      button.textContent = (await copy(words)) ? "Đã chép" : "Không chép được";
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  };

  const choose = (number) => {
    if (chosen !== null) {
      blocks[chosen].classList.remove("chosen");
      links[chosen].removeAttribute("aria-current");
    }
    chosen = number;
    bar.hidden = number === null;
    if (number === null) return;
    const { a, l, g } = blocks[number].dataset;
    const { key, name, mark } = document.body.dataset;
    blocks[number].classList.add("chosen");
    links[number].setAttribute("aria-current", "location");
    unfoldTo(links[number]);
    bringIntoTree(links[number]);
    bar.replaceChildren();
    element("b", l.replace(/,$/, ""), bar);
    if (g) element("span", `trang ${g}`, bar);
    element("code", a, bar);
    copyButton("Chép trích dẫn", `${l} ${name}${mark}`);
    copyButton("Chép địa chỉ", `${key}#${a}`);
    const close = element("button", "✕", bar);
    close.type = "button";
    close.setAttribute("aria-label", "Bỏ chọn");
    close.addEventListener("click", () => choose(null));
  };

  const follow = () => {
    const target = /^#p\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (target) choose(numberOf(target));
  };
  window.addEventListener("hashchange", follow);

  tree.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    if (narrow.matches) drawer.open = false;
    choose(numberOf(link)); // also where the address stays the same
  });

  text.addEventListener("click", (event) => {
    const tag = event.target.closest("a.tag");
    if (!tag) return;
    event.preventDefault();
    const number = numberOf(tag.parentElement);
    choose(number);
    if (narrow.matches) return;
    links[number].focus({ preventScroll: true });
    bringIntoTree(links[number]);
  });

  // --- the tree by keyboard: one tab stop, arrows inside --------------------------------------------------------------

  let stop = links[0];
  for (const item of tree.querySelectorAll("summary, a")) item.tabIndex = -1;
  stop.tabIndex = 0;
  tree.addEventListener("focusin", (event) => {
    if (event.target.tagName !== "A") return;
    stop.tabIndex = -1;
    stop = event.target;
    stop.tabIndex = 0;
  });

  const seen = (link) => link.checkVisibility();
  const next = (link, step) => {
    for (let n = numberOf(link) + step; n >= 0 && n < links.length; n += step) if (seen(links[n])) return links[n];
    return link;
  };

  const move = (key, link) => {
    const box = boxOf(link);
    switch (key) {
      case "ArrowDown": return next(link, 1);
      case "ArrowUp": return next(link, -1);
      case "Home": return links[0];
      case "End": return links.findLast(seen);
      case "ArrowRight":
        if (!box || box.open) return box ? next(link, 1) : link;
        box.open = true;
        return link;
      case "ArrowLeft":
        if (box?.open) {
          box.open = false;
          return link;
        }
        return outside(link)?.querySelector("a") || link;
      default: return null;
    }
  };
  tree.addEventListener("keydown", (event) => {
    const link = event.target.closest("a");
    const to = link && !event.altKey && !event.ctrlKey && !event.metaKey ? move(event.key, link) : null;
    if (!to) return;
    event.preventDefault();
    to.focus();
  });

  const setAll = (open) => { for (const box of tree.querySelectorAll("details")) box.open = open; };
  document.getElementById("unfold").addEventListener("click", () => setAll(true));
  document.getElementById("fold").addEventListener("click", () => setAll(false));

  // --- searching ----------------------------------------------------------------------------------------------------

  const folds = new Map();
  const fold = (c) => {
    if (!folds.has(c)) {
      const bare = c.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
      folds.set(c, bare.length === c.length ? bare : c); // lengths stay, so that places in the text stay
    }
    return folds.get(c);
  };
  const folded = (words) => words.replace(/[A-Z]|[^\x00-\x7f]/gu, fold);
  const lowered = (words) => words.replace(/[A-Z]|[^\x00-\x7f]/gu, (c) => (c.toLowerCase().length === c.length ? c.toLowerCase() : c));

  const LEVELS = "phu luc|tieu muc|de muc|phan|chuong|muc|dieu|khoan|diem|gach|doan";
  const SHORT = { d: "dieu", k: "khoan", pl: "phu luc" };
  const STEP = new RegExp(`(?:^|[\\s,;·>-])(${LEVELS}|pl|d|k)[\\s.=]*([ivxlc]+\\b|\\d+(?:\\.\\d+)*[a-z]?\\b|[a-z]\\d{0,2}\\b)`, "g");
  const ROMAN = { i: 1, v: 5, x: 10, l: 50, c: 100 };
  const value = (level, label) => {
    if (!/^(phu luc|tieu muc|phan|chuong|muc)$/.test(level) || !/^[ivxlc]+$/.test(label)) return label;
    return String([...label].reduce((sum, c, i, all) => sum + (ROMAN[all[i + 1]] > ROMAN[c] ? -1 : 1) * ROMAN[c], 0));
  };
  const step = (level, label) => `${level}=${value(level, label)}`;

  // "điều 5 khoản 2", "khoản 2 Điều 5", "Đ5 k2", "điều=5;khoản=2": the steps said; none where other words are left.
  const stepsOf = (sought) => {
    const typed = lowered(sought.normalize("NFC")).replace(/^.*#/, "");
    const said = [];
    const left = folded(typed).replace(STEP, (match, level, label, at) => {
      const end = at + match.length;
      said.push(step(SHORT[level] || level, typed.slice(end - label.length, end)));
      return " ";
    });
    return /[^\s,;·>-]/.test(left) ? [] : said;
  };

  let paths = null; // of every block: its own step last; made at the first search
  let words = null; // of every block: its own words
  const prepare = () => {
    if (paths) return;
    paths = blocks.map((block) => {
      const path = [];
      for (let at = block; at; at = at.parentElement.closest(".p")) {
        const [level, label] = at.dataset.a.split(";").pop().split("=");
        path.unshift(step(folded(level), lowered(decodeURIComponent(label)).replace(/ \(lần \d+\)$/, "")));
      }
      return path;
    });
    words = blocks.map((block) => [...block.children]
      .filter((child) => !child.matches(".p, .tag, .page, .warn")).map((child) => child.textContent).join("\n"));
  };

  // Typed without diacritics, "diem d" may be điểm d or điểm đ.
  const byAddress = (said, plain) => paths.flatMap((path, n) => {
    const forms = plain ? path.map(folded) : path;
    return said.includes(forms.at(-1)) && said.every((one) => forms.includes(one)) ? [n] : [];
  });

  const byWords = (sought) => {
    const asked = sought.normalize("NFC").trim().replace(/\s+/g, " ");
    const form = folded(asked) === lowered(asked) ? folded : lowered; // with diacritics: as they are
    const phrase = form(asked);
    const own = words.map((piece) => form(piece).replace(/\s/g, " "));
    const whole = own.flatMap((piece, n) => (piece.includes(phrase) ? [n] : []));
    if (whole.length) return { hits: whole, form, parts: [phrase] };
    const parts = phrase.split(" ");
    return { hits: own.flatMap((piece, n) => (parts.every((part) => piece.includes(part)) ? [n] : [])), form, parts };
  };

  const MOST_MARKS = 3000;
  const markWords = ({ hits, form, parts }) => {
    if (!window.CSS?.highlights) return;
    const marks = new Highlight();
    for (const n of hits) {
      const walker = document.createTreeWalker(blocks[n], NodeFilter.SHOW_TEXT);
      while (walker.nextNode() && marks.size < MOST_MARKS) {
        const node = walker.currentNode;
        if (node.parentElement.closest(".p") !== blocks[n] || node.parentElement.closest(".tag, .warn")) continue;
        const piece = form(node.data).replace(/\s/g, " ");
        for (const part of parts) {
          for (let at = piece.indexOf(part); at >= 0; at = piece.indexOf(part, at + part.length)) {
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + part.length);
            marks.add(range);
          }
        }
      }
    }
    CSS.highlights.set("found", marks);
  };

  let hits = [];
  let searched = "";
  let turn = -1;
  const clear = () => {
    hits = [];
    turn = -1;
    window.CSS?.highlights?.delete("found");
    for (const link of links) {
      link.classList.remove("hit");
      link.closest("li").hidden = false;
    }
    found.textContent = "";
  };

  const search = () => {
    clear();
    searched = query.value;
    if (query.value.trim().length < 2) return;
    prepare();
    const said = stepsOf(query.value);
    hits = said.length ? byAddress(said, folded(query.value) === lowered(query.value)) : [];
    if (!hits.length) {
      const result = byWords(query.value);
      hits = result.hits;
      markWords(result);
    }
    for (const link of links) link.closest("li").hidden = true;
    for (const n of hits) {
      links[n].classList.add("hit");
      unfoldTo(links[n]);
      for (let item = links[n].closest("li"); item && item.hidden; item = item.parentElement.closest("li")) item.hidden = false;
    }
    found.textContent = hits.length ? `${hits.length} điều khoản; Enter: đến từng chỗ` : "Không thấy";
  };

  let waiting = 0;
  query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      query.value = "";
      clear();
    }
    if (event.key === "ArrowDown" && links.some(seen)) {
      event.preventDefault();
      links.find(seen).focus();
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(waiting);
    if (query.value !== searched) search();
    if (!hits.length) return;
    turn = (turn + (event.shiftKey ? hits.length - 1 : 1)) % hits.length;
    found.textContent = `${turn + 1}/${hits.length}`;
    choose(hits[turn]);
    blocks[hits[turn]].scrollIntoView();
  });

  // --- where the reader is --------------------------------------------------------------------------------------------

  let here = null;
  let planned = false;
  const locate = () => {
    planned = false;
    const box = text.getBoundingClientRect();
    const at = document.elementFromPoint(box.left + box.width / 2, narrow.matches ? 90 : 60)?.closest(".p[id]");
    if (!at) return;
    let link = links[numberOf(at)];
    while (!seen(link)) {
      const outer = blocks[numberOf(link)].parentElement.closest(".p[id]");
      if (!outer) return;
      link = links[numberOf(outer)];
    }
    if (link === here) return;
    here?.classList.remove("here");
    here = link;
    here.classList.add("here");
    if (!tree.contains(document.activeElement) && !tree.matches(":hover")) bringIntoTree(here);
  };
  window.addEventListener("scroll", () => {
    if (!planned) requestAnimationFrame(locate);
    planned = true;
  }, { passive: true });

  window.addEventListener("beforeprint", () => {
    for (const box of document.querySelectorAll(".about, .warnings")) box.open = true;
  });
  follow();
})();
