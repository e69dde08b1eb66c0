() => {
  document.documentElement.lang = "vi";
  // The page has one look; the browser's dark mode would mix half of it in.
  document.body.classList.remove("dark");
}
