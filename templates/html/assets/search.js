/* Search: over http the whole text (pagefind); from a disk, where nothing can be fetched, the embedded list. */
(function () {
  "use strict";
  var input = document.getElementById("query");
  var state = document.getElementById("search-state");
  var hits = document.getElementById("hits");
  var served = /^https?:$/.test(location.protocol);
  var engine = null, turn = 0;
  var list = window.GREENBOOK_LIST || [];
  var root = document.documentElement.lang;

  function fold(text) { return text.normalize("NFKC").toLowerCase(); }

  function listed(query) {
    var wanted = fold(query).split(/\s+/).filter(Boolean);
    var found = list.filter(function (entry) {
      var text = fold(entry[0] + " " + entry[2]);
      return wanted.every(function (word) { return text.indexOf(word) >= 0; });
    });
    return Promise.resolve(found.slice(0, 60).map(function (entry) {
      return { href: entry[1], title: entry[0], where: entry[2], excerpt: "" };
    }));
  }

  /* pagefind cuts Chinese at zero-width spaces and counts the pieces; anchors know the piece they stand before. */
  function anchorAt(data, piece) {
    var id = "";
    data.anchors.forEach(function (anchor) { if (anchor.location <= piece && !/\.fnref-/.test(anchor.id)) id = anchor.id; });
    return id ? "#" + encodeURIComponent(id) : "";
  }

  /* Up to three places of a page where the words stand as they were typed, prose before tables; each leads to its own.
     What a blank parts (the cells of a table) stays apart; what a zero-width space parts is one Chinese sentence. */
  function spots(data, query) {
    var parts = data.raw_content.split(/([\s\u200b]+)/), starts = [], text = "";
    parts.forEach(function (part, at) {
      if (at % 2) text += /\s/.test(part) ? " " : "";
      else { starts.push(text.length); text += part; }
    });
    var folded = text.toLowerCase(), terms = query.toLowerCase().split(/\s+/).filter(Boolean), found = [], last = "";
    if (!terms.every(function (term) { return folded.indexOf(term) >= 0; })) return found;
    for (var at = folded.indexOf(terms[0]); at >= 0; at = folded.indexOf(terms[0], at + 1)) {
      var piece = 0;
      while (piece + 1 < starts.length && starts[piece + 1] <= at) piece++;
      var place = anchorAt(data, piece);
      if (place === last && found.length) continue;
      last = place;
      var from = Math.max(0, at - 40), to = at + terms[0].length;
      found.push({ place: place, excerpt: (from ? "…" : "") + text.slice(from, at) + "<mark>" + text.slice(at, to)
        + "</mark>" + text.slice(to, to + 70) + "…" });
    }
    var tabled = function (spot) { return /\.tbl-/.test(spot.place); };
    return found.filter(function (spot) { return !tabled(spot); }).concat(found.filter(tabled)).slice(0, 3);
  }

  function fullText(query) {
    return engine.search(query).then(function (answer) {
      return Promise.all(answer.results.slice(0, 30).map(function (result) { return result.data(); }));
    }).then(function (pages) {
      var exact = [], near = [];
      pages.forEach(function (data) {
        var page = (data.raw_url || data.url).replace(/^\//, ""), title = data.meta.title;
        var found = spots(data, query);
        found.forEach(function (spot) { exact.push({ href: page + spot.place, title: title, where: "", excerpt: spot.excerpt }); });
        var first = (data.weighted_locations[0] || { location: 0 }).location;
        if (!found.length) near.push({ href: page + anchorAt(data, first), title: title, where: "", excerpt: data.excerpt });
      });
      return root === "en" || !exact.length ? exact.concat(near) : exact;
    });
  }

  /* pagefind marks words with <mark>; everything else in its excerpt is text. */
  function excerpt(html) {
    var line = document.createElement("p"), parts = new DOMParser().parseFromString(html, "text/html").body.childNodes;
    Array.prototype.forEach.call(parts, function (part) {
      if (part.nodeName === "MARK") {
        var mark = document.createElement("mark");
        mark.textContent = part.textContent;
        line.append(mark);
      } else { line.append(part.textContent); }
    });
    return line;
  }

  function show(query, found) {
    hits.replaceChildren.apply(hits, found.map(function (hit) {
      var item = document.createElement("li"), link = document.createElement("a");
      link.href = hit.href;
      link.textContent = hit.title;
      item.append(link);
      if (hit.where) {
        var where = document.createElement("span");
        where.className = "where";
        where.textContent = hit.where;
        item.append(" ", where);
      }
      if (hit.excerpt) item.append(excerpt(hit.excerpt));
      return item;
    }));
    var words = found.length ? state.dataset.found.replace("{}", found.length) : state.dataset.none.replace("{}", query);
    state.textContent = (query ? words + " " : "") + (engine ? "" : state.dataset.listed);
  }

  function search() {
    var query = input.value.trim(), mine = ++turn;
    if (!query) { show("", []); return; }
    (engine ? fullText(query) : listed(query)).then(function (found) { if (mine === turn) show(query, found); });
  }

  function ready() {
    input.disabled = false;
    input.value = new URLSearchParams(location.search).get("q") || "";
    input.addEventListener("input", search);
    search();
    input.focus();
  }

  if (!served) { ready(); return; }
  import(new URL("search/pagefind.js", location.href).href).then(function (module) {
    engine = module;
    return engine.options({ excerptLength: 24 });
  }).then(ready, function () { engine = null; ready(); });
})();
