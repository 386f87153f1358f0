// The menu of a phone, at the thumb. Its links lead where Streamlit's own menu leads, and by the same way: a page that is
// opened anew would start the app once more.
(() => {
  const words = JSON.parse(document.currentScript.dataset.words);
  const here = new URL(".", document.baseURI);
  if (new URLSearchParams(location.search).has("embed")) return;
  const make = (name, values = {}, ...inside) => {
    const made = Object.assign(document.createElement(name), values);
    made.append(...inside);
    return made;
  };
  const link = (path) => make("a", { href: new URL(path || "./", here), textContent: words.menu[path] });
  const rest = Object.keys(words.menu).filter((path) => !words.bar.includes(path));
  const more = make("details", {},
    make("summary", { textContent: words.more }), make("ul", {}, ...rest.map((path) => make("li", {}, link(path)))));
  const bar = make("nav", { className: "ra-phone" }, ...words.bar.map(link), more);
  bar.setAttribute("aria-label", words.label);

  const mark = () => {
    for (const one of bar.querySelectorAll("a"))
      if (one.pathname === location.pathname) one.setAttribute("aria-current", "page");
      else one.removeAttribute("aria-current");
  };
  bar.addEventListener("click", (event) => {
    const to = event.target.closest("a");
    if (!to) return;
    more.open = false;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const own = [...document.querySelectorAll("[data-testid=stSidebarNavLink]")].find((one) => one.pathname === to.pathname);
    if (!own) return;
    event.preventDefault();
    own.click();
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !more.open) return;
    more.open = false;
    more.querySelector("summary").focus();
  });
  bar.addEventListener("focusout", (event) => event.relatedTarget && !more.contains(event.relatedTarget) && (more.open = false));
  document.addEventListener("pointerdown", (event) => !more.contains(event.target) && (more.open = false));
  for (const moved of ["popstate", "ra:moved"]) addEventListener(moved, mark);

  const place = () => {
    mark();
    // Unseen until its style is there.
    bar.hidden = true;
    const style = make("link", { rel: "stylesheet", href: words.style, onload: () => (bar.hidden = false) });
    document.head.append(style);
    document.body.append(bar);
  };
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
})();
