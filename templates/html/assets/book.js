/* The web edition works without this file; with it, numbers open as cards and places are kept. */
(function () {
  "use strict";
  var root = document.documentElement;
  var words = (document.getElementById("words") || { dataset: {} }).dataset;

  function make(tag, properties, children) {
    var element = document.createElement(tag);
    Object.assign(element, properties || {});
    (children || []).forEach(function (child) { element.append(child); });
    return element;
  }

  /* Theme */
  function dark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  document.querySelectorAll("button.theme").forEach(function (button) {
    function show() {
      button.textContent = dark() ? words.light : words.dark;
      button.setAttribute("aria-pressed", String(dark()));
    }
    button.addEventListener("click", function () {
      root.dataset.theme = dark() ? "light" : "dark";
      try { localStorage.setItem("greenbook-theme", root.dataset.theme); } catch (error) { /* not kept */ }
      show();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
    show();
  });

  /* Number cards */
  var card = null, from = null;
  /* The rows stand on this page (single file) or come by a script, which a page from a disk can load too. */
  var brought = {};
  function rowsOf(link) {
    var name = (/([\w.-]+-numbers)\.html#/.exec(link.getAttribute("href")) || [])[1];
    if (!name) return Promise.resolve(document);
    if (!brought[name]) brought[name] = new Promise(function (done, failed) {
      var script = make("script", { src: "assets/" + name + ".js" });
      script.addEventListener("load", function () {
        var data = window.GREENBOOK_NUMBERS[name], rows = new DOMParser().parseFromString(data.rows, "text/html");
        rows.querySelectorAll(".from").forEach(function (from) { from.innerHTML = data.releases[Number(from.textContent)]; });
        done(rows);
      });
      script.addEventListener("error", failed);
      document.head.append(script);
    });
    return brought[name];
  }
  document.addEventListener("pointerover", function (event) {
    var link = event.target.closest("a.v");
    if (link) rowsOf(link).catch(function () { /* the click follows the link */ });
  });
  function closeCard(back) {
    if (!card) return;
    card.remove();
    card = null;
    if (from) from.setAttribute("aria-expanded", "false");
    if (back && from) from.focus();
    from = null;
  }
  function place(link) {
    var box = link.getClientRects()[0] || link.getBoundingClientRect();
    var width = Math.min(420, root.clientWidth - 24);
    card.style.width = width + "px";
    card.style.left = Math.max(12, Math.min(box.left + scrollX, scrollX + root.clientWidth - width - 12)) + "px";
    var below = box.bottom + 8, tall = card.offsetHeight;
    var top = below + tall > innerHeight && box.top - tall - 8 > 0 ? box.top - tall - 8 : below;
    card.style.top = top + scrollY + "px";
  }
  function openCard(link, row) {
    var known = from === link;
    closeCard(false);
    if (known) { link.focus(); return; }
    from = link;
    var close = make("button", { type: "button", className: "card-close", textContent: "×" });
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", function () { closeCard(true); });
    var body = row.cloneNode(true);
    body.removeAttribute("id");
    var more = make("p", { className: "card-row" }, [make("a", { href: link.getAttribute("href"), textContent: words.row })]);
    more.firstChild.addEventListener("click", function () { closeCard(false); });
    if (words.colophon) more.append(" ", make("a", { href: words.colophon, textContent: words.about }));
    card = make("div", { className: "card", tabIndex: -1 }, [close, body, more]);
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", words.card);
    document.body.append(card);
    link.setAttribute("aria-expanded", "true");
    place(link);
    card.focus({ preventScroll: true });
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a.v");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      rowsOf(link).then(function (rows) {
        var row = rows.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (row) openCard(link, row); else location.href = link.href;
      }, function () { location.href = link.href; });
      return;
    }
    if (card && !card.contains(event.target)) closeCard(false);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && card) { event.preventDefault(); closeCard(true); return; }
    if (event.key === "Tab" && card && event.target === card && event.shiftKey) { closeCard(true); event.preventDefault(); }
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(event.target.tagName)) {
      var search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.click(); }
    }
  });
  addEventListener("resize", function () { closeCard(false); });

  /* Where the reader is: for the language switch and the contents */
  var places = Array.prototype.slice.call(document.querySelectorAll(".prose [id]:not(svg *), .num-list > [id]"))
    .filter(function (element) { return !element.closest("svg") && !/\.fnref-/.test(element.id); });
  function here() {
    var found = null;
    for (var i = 0; i < places.length; i++) {
      if (places[i].getBoundingClientRect().top > 120) break;
      found = places[i];
    }
    return found;
  }
  document.querySelectorAll("a.language").forEach(function (link) {
    link.addEventListener("click", function () {
      var spot = here();
      if (spot && scrollY > 200) link.hash = spot.id; else link.hash = "";
    });
  });
  var inside = Array.prototype.slice.call(document.querySelectorAll(".contents .inside a"));
  if (inside.length) {
    var heads = inside.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
    var waits = false;
    var mark = function () {
      var current = -1;
      heads.forEach(function (head, index) { if (head && head.getBoundingClientRect().top < 140) current = index; });
      inside.forEach(function (link, index) { link.classList.toggle("now", index === current); });
      waits = false;
    };
    /* Not an observer of the heads: a jump carries them past its window without a word. */
    addEventListener("scroll", function () {
      if (!waits) requestAnimationFrame(mark);
      waits = true;
    }, { passive: true });
    mark();
  }
  var current = document.querySelector(".frame > .contents [aria-current]");
  if (current && matchMedia("(min-width: 70em)").matches) {
    var list = current.closest(".contents");
    list.scrollTop = Math.max(0, current.offsetTop - list.clientHeight / 3);
  }

  /* A link to each paragraph, for the pointer only: the keyboard has those of headings and figures */
  document.querySelectorAll(".prose p[id], .prose figure[id] > figcaption").forEach(function (element) {
    var id = element.id || element.parentElement.id;
    var link = make("a", { className: "pilcrow", href: "#" + id, textContent: "¶", tabIndex: -1, title: words.permalink });
    link.setAttribute("aria-hidden", "true");
    (element.id ? element : element.querySelector(".title") || element).append(link);
  });

  /* What scrolls takes the keyboard's focus, and nothing else does */
  function reach() {
    document.querySelectorAll(".scroll, .plate").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  }
  reach();
  addEventListener("resize", reach);
  document.querySelectorAll("details").forEach(function (box) { box.addEventListener("toggle", reach); });

  /* Citations */
  document.querySelectorAll("button.cite").forEach(function (button) {
    if (!navigator.clipboard) return;
    var label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", function () {
      var figure = button.closest("figure");
      var address = location.protocol === "file:" ? "" : " " + location.origin + location.pathname + "#" + figure.id;
      navigator.clipboard.writeText(button.dataset.cite + address).then(function () {
        button.textContent = words.copied;
        setTimeout(function () { button.textContent = label; }, 1600);
      });
    });
  });
})();
