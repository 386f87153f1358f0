// The search in the header: what is typed is asked of this server, shown as links below the box, and kept nowhere.
(() => {
  const words = JSON.parse(document.currentScript.dataset.words);
  const here = new URL(".", document.baseURI);
  if (new URLSearchParams(location.search).has("embed")) return;
  const make = (name, values = {}, ...inside) => {
    const made = Object.assign(document.createElement(name), values);
    made.append(...inside);
    return made;
  };
  const input = make("input", {
    type: "search", name: "q", id: "ra-q", placeholder: words.placeholder, autocomplete: "off", enterKeyHint: "search",
  });
  input.setAttribute("aria-label", `${words.label}. ${words.key}`);
  const found = make("div", { className: "found" });
  const heard = make("div", { className: "heard", role: "status" });
  const key = make("kbd", { textContent: "/" });
  key.setAttribute("aria-hidden", "true");
  const box = make("search", { className: "ra-find" }, make("form", { action: "find" }, input), key, found, heard);

  // Day and release go along, as with every link of the menu.
  const carried = () => {
    const query = new URLSearchParams(location.search);
    return ["date", "release"].filter((name) => query.get(name)).map((name) => [name, query.get(name)]);
  };
  const address = (path) => `${new URL(path, here)}?${new URLSearchParams([["q", input.value.trim()], ...carried()])}`;
  const list = (rows) =>
    make("ul", {}, ...rows.map((row) =>
      make("li", {}, make("a", { href: row.page }, row.title, ...(row.note ? [make("small", { textContent: row.note })] : [])))));

  const show = (rows) => {
    const parts = [];
    for (const kind of new Set(rows.map((row) => row.kind))) {
      const mine = rows.filter((row) => row.kind === kind);
      if (kind === "answer") parts.push(make("h2", { textContent: words.answer }), make("p", { className: "answer", textContent: mine[0].title }));
      else parts.push(make("h2", { textContent: words.kinds[kind] }), list(kind === "view" ? mine : mine.slice(0, 3)));
    }
    if (!rows.length) parts.push(make("p", { textContent: words.nothing }));
    parts.push(make("div", { className: "all" }, make("a", { href: address("find"), textContent: words.all })));
    found.replaceChildren(...parts);
    heard.textContent = rows.length ? `${words.views}: ${(rows.find((row) => row.kind === "view") ?? rows[0]).title}` : words.nothing;
    box.classList.add("open");
  };
  const close = () => {
    box.classList.remove("open");
    heard.textContent = "";
  };

  let asked, waiting;
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    if (!input.value.trim()) return close();
    try {
      const answer = await fetch(address("api/v1/find"), { signal: asked.signal });
      if (answer.ok) show((await answer.json()).data);
    } catch {
      // Asked anew, or no server: Enter still leads to the page.
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  input.addEventListener("focus", () => found.childElementCount && input.value.trim() && box.classList.add("open"));
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) location.assign(address("find"));
  });
  // Arrows walk through the links, Escape leads back; Streamlit does not hear what is typed here.
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const stops = [input, ...found.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && box.classList.contains("open")) {
      event.preventDefault();
      stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
    } else if (event.key === "Escape") {
      // The browser's own answer would empty the box; the first Escape closes the list alone.
      if (box.classList.contains("open")) event.preventDefault();
      input.focus();
      close();
    }
  });
  box.addEventListener("focusout", (event) => !box.contains(event.relatedTarget) && close());
  addEventListener("keydown", (event) => {
    const to = event.composedPath()[0];
    const typing = to instanceof Element && (to.matches("input,textarea,select") || to.isContentEditable);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });

  const place = () => {
    // Unseen until its style is there.
    box.hidden = true;
    const style = make("link", { rel: "stylesheet", href: words.style, onload: () => (box.hidden = false) });
    document.head.append(style);
    document.body.append(box);
  };
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
})();
