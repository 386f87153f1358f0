// The section in view is marked in the list of contents; the list behind a button closes when one is chosen.
(() => {
  const words = JSON.parse(document.currentScript.dataset.words);
  const style = document.createElement("link");
  Object.assign(style, { rel: "stylesheet", href: words.style });
  document.head.append(style);
  let asked = false;
  const mark = () => {
    asked = false;
    const links = [...document.querySelectorAll(".ra-contents a")];
    const seen = links.filter((link) => {
      const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      return part && part.getBoundingClientRect().top < 170;
    });
    const current = seen.at(-1) ?? links[0];
    for (const link of links)
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
  };
  addEventListener("scroll", () => {
    if (asked || !document.querySelector(".ra-contents")) return;
    asked = true;
    requestAnimationFrame(mark);
  }, true);
  // A page comes after its address: what the address names is shown as soon as it is there.
  const arrive = new MutationObserver(() => {
    if (!document.querySelector(".ra-contents")) return;
    const part = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (location.hash && !part) return;
    arrive.disconnect();
    if (part) part.scrollIntoView();
    mark();
  });
  const wait = () => arrive.observe(document.documentElement, { childList: true, subtree: true });
  addEventListener("ra:moved", wait);
  wait();
  addEventListener("click", (event) => {
    const list = event.target.closest?.(".ra-sections a")?.closest("details");
    if (list) list.open = false;
  });
})();
