/* The reader's choice of theme, before the page is painted. */
(function () {
  try {
    var chosen = localStorage.getItem("greenbook-theme");
    if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  } catch (error) { /* storage is closed to pages from a disk in some browsers */ }
  document.documentElement.classList.add("scripted");
})();
