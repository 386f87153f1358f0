// What a page says of itself: sideways overflow, text that is cut, texts of drawings that lie on each other, charts.
() => {
  const shown = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const said = text => text.trim().replace(/\s+/g, " ").slice(0, 60);
  const main = document.querySelector("[data-testid=stMain]");
  const wide = [];
  if (document.documentElement.scrollWidth > innerWidth + 1)
    wide.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${innerWidth}`);
  if (main && main.scrollWidth > main.clientWidth + 1)
    wide.push(`the content is ${main.scrollWidth} px wide in ${main.clientWidth}`);

  const cut = [], texts = [], sizes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let count = 0; walker.nextNode() && count < 6000; count++) {
    const node = walker.currentNode, holder = node.parentElement;
    if (!node.data.trim() || !holder || ["SCRIPT", "STYLE", "TITLE", "NOSCRIPT"].includes(holder.tagName.toUpperCase()) || !shown(holder)) continue;
    sizes.push(parseFloat(getComputedStyle(holder).fontSize));
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) continue;
    if (holder.closest("svg")) texts.push([node.data, box]);
    let hidden = false, short = "";
    for (let one = holder; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one), frame = one.getBoundingClientRect();
      if (style.clipPath !== "none" || (frame.width <= 2 && style.overflow !== "visible")) { hidden = true; break; }
      // What scrolls can be reached: the box that scrolls is the text's from here on.
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) break;
      const clips = axis => /hidden|clip/.test(style[axis]) && style.display !== "inline";
      if (clips("overflowX") && (box.right > frame.right + 2 || box.left < frame.left - 2)) short ||= style.textOverflow === "ellipsis" ? "ends in dots" : "cut at the side";
      if (clips("overflowY") && (box.bottom > frame.bottom + 4 || box.top < frame.top - 4)) short ||= "cut below or above";
      if (style.position === "fixed") break;
    }
    if (!hidden && !short && box.right > innerWidth + 2 && box.left < innerWidth && !holder.closest("[style*='overflow']")) {
      let reached = false;
      for (let one = holder; one; one = one.parentElement) reached ||= /auto|scroll/.test(getComputedStyle(one).overflowX);
      if (!reached) short = "beyond the window";
    }
    if (!hidden && short) cut.push(`${short}: “${said(node.data)}”`);
  }
  const over = [];
  for (let i = 0; i < texts.length && i < 600; i++)
    for (let j = i + 1; j < texts.length && j < 600; j++) {
      const [a, b] = [texts[i][1], texts[j][1]];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left), down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 3 && down > Math.min(a.height, b.height) * 0.4) over.push(`“${said(texts[i][0])}” on “${said(texts[j][0])}”`);
    }
  const charts = [...document.querySelectorAll("svg.ra-drawing, .js-plotly-plot, main svg[role=group], img")]
    .filter(shown).map(one => one.getBoundingClientRect()).filter(box => box.width * box.height > 20000)
    .map(box => [box.left, Math.max(box.top, 0), box.right, box.bottom].map(Math.round));
  sizes.sort((a, b) => a - b);
  return { wide, cut, over, charts, size: sizes[sizes.length >> 1] ?? 0, height: Math.max(document.documentElement.scrollHeight, main ? main.scrollHeight : 0) };
}
