// A session that has ended answers 401: the page stays as it is, and a bar says where to log in.
(() => {
  const [ended, logIn] = WORDS;
  const ask = window.fetch.bind(window);
  const bar = document.createElement("p");
  bar.className = "pq-ended";
  bar.setAttribute("role", "alert");
  const link = document.createElement("a");
  link.href = "/login";
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = logIn;
  bar.append(ended, " ", link);
  window.fetch = async (...request) => {
    const answer = await ask(...request);
    if (answer.status === 401) document.body.prepend(bar);
    else if (answer.ok) bar.remove();
    return answer;
  };
})();
