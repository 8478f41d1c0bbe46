/* The reader's choice of theme, and the page's own faces, before the page is painted. */
(function () {
  "use strict";
  var root = document.documentElement;
  try {
    var chosen = localStorage.getItem("greenbook-theme");
    if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  } catch (error) { /* storage is closed to pages from a disk in some browsers */ }
  root.classList.add("scripted");

  /* Words set anew in another face would move the page, so it is shown when its faces are there. On a slow line the
     system's face serves after a while; where it has no Chinese there is nothing to read before ours come. */
  function readable() {
    var pen = document.createElement("canvas").getContext("2d");
    pen.font = "100px sans-serif";
    return root.lang === "en" || Math.round(pen.measureText("国").width) === 100;
  }
  if (!document.fonts || !document.fonts.size) return;
  function show() { root.classList.remove("held"); }
  root.classList.add("held");
  Promise.all(Array.from(document.fonts, function (face) { return face.load().catch(show); })).then(show);
  setTimeout(show, readable() ? 1500 : 8000);
})();
