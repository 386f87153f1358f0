// Runs in every page of the app before Streamlit's own scripts. It is part of the document, so that the page's policy
// allows it by its hash. `WORDS` stands for `data/texts/site.json`, key `shell`.
(() => {
  "use strict";
  const words = WORDS;

  // The server. Streamlit takes each page's path for a folder that it may be mounted at, and asks there first; all our
  // pages lie in the root's folder, so the root is what the address says without its last part.
  window.__streamlit = { ...window.__streamlit, BACKEND_BASE_URL: new URL(".", document.baseURI).href };

  // The tab. Streamlit names a page by its entry in the menu, until the page itself says what stands there.
  const title = Object.getOwnPropertyDescriptor(Document.prototype, "title");
  Object.defineProperty(document, "title", {
    configurable: true,
    get: () => title.get.call(document),
    set: (text) => String(text).endsWith(words.name) && title.set.call(document, text),
  });

  // Light and dark. The colours of charts are the server's, which learns of the device's wish when a page is opened; what
  // stands here is opened anew, as its address says it. Paper is light for a moment, and no reason.
  const wish = matchMedia("(prefers-color-scheme: dark)");
  const opened = wish.matches;
  wish.addEventListener("change", () =>
    setTimeout(() => wish.matches !== opened && !matchMedia("print").matches && location.reload(), 400),
  );

  // History. One step for each thing that a reader does: Streamlit adds one for the page that a link leads to and another
  // when the page writes its options into the address, in either order. What comes without a reader, as while the days
  // play, belongs to the step before it.
  const push = history.pushState.bind(history);
  let counted = true; // the reader's last action has its step
  let leaving = false; // a link to another page was followed, the address is still the old one
  let moving = false; // the address is the new one, the page is still being drawn
  let early = ""; // options of the new page that came before its address
  const rest = () => {
    counted = true;
    leaving = moving = false;
    early = "";
  };
  const atRest = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";
  const acted = () => {
    if (atRest()) rest();
    counted = false;
  };
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, acted, true);
  // A date may be picked in a window of the browser's own, or be spoken; a click without a pointer comes from assistive technology.
  addEventListener("input", (event) => ["date", "text"].includes(event.composedPath()[0].type) && acted(), true);
  addEventListener(
    "click",
    (event) => {
      if (event.detail === 0) acted();
      const link = event.target.closest?.("a[href]");
      if (link && link.origin === location.origin && link.pathname !== location.pathname) leaving = true;
    },
    true,
  );
  addEventListener("popstate", rest);
  history.pushState = (state, unused, address) => {
    const to = new URL(address, document.baseURI);
    if (to.pathname !== location.pathname) {
      if (!to.search) to.search = early;
      rest();
      moving = true;
      push(state, unused, to.href);
      dispatchEvent(new Event("ra:moved"));
    } else if (leaving) early = to.search;
    else if (counted || moving) history.replaceState(state, unused, address);
    else {
      counted = true;
      push(state, unused, address);
    }
  };

  // The menu's links lead on with what the reader looks at, also into a new tab.
  const lead = (event) => {
    const link = event.target.closest?.("a[data-testid^=stTopNav],a[data-testid=stSidebarNavLink],.ra-phone a");
    if (!link) return;
    const here = new URLSearchParams(location.search);
    const there = new URL(link.href);
    there.search = new URLSearchParams(words.carried.filter((key) => here.has(key)).map((key) => [key, here.get(key)]));
    link.href = there.href;
  };
  for (const kind of ["pointerover", "pointerdown", "focusin"]) addEventListener(kind, lead, true);

  // Icons are ligatures of a font: until it is there, and where it never comes, signs stand for their names.
  const icons = () =>
    document.documentElement.classList.toggle(
      "ra-icons",
      [...document.fonts].some((one) => one.family.includes("Material Symbols") && one.status === "loaded"),
    );
  for (const kind of ["loadingdone", "loadingerror"]) document.fonts.addEventListener(kind, icons);

  // What the framework says is for whoever runs the server; a reader is told what it means.
  const where =
    "[data-testid=stDialog],[data-testid=stToast],[data-testid=stStatusWidget],[data-testid=stException],[role=tooltip]";
  const framework = new RegExp(words.framework, "i");
  const failed = "[data-testid=stException]";
  const meant = (text, element) =>
    words.instead[text.trim()] ?? (framework.test(text) ? (element?.closest(failed) ? words.broken : words.away) : text);
  const say = (root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = root; node; node = texts.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        const said = meant(node.nodeValue, node.parentElement);
        if (said !== node.nodeValue) node.nodeValue = said;
      } else
        for (const name of ["aria-label", "title", "alt"]) {
          const text = node.getAttribute(name);
          if (text && meant(text, node) !== text) node.setAttribute(name, meant(text, node));
        }
    }
  };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes)
      for (const node of type === "childList" ? addedNodes : [target]) {
        const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
        if (element?.closest(where)) say(node);
        else if (node === element) for (const part of element.querySelectorAll(where)) say(part);
      }
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["aria-label", "title", "alt"],
  });
})();
