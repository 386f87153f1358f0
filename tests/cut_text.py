"""Words that a reader cannot read whole on a page as it is laid out: cut at a side, or lying on other words."""

# Cut: at the side of the window, or of what holds them and does not scroll. Overlapping: ticks of an axis in HTML,
# and words of one drawing. Plotly's own labels are drawn apart (see test_wire and test_timeline).
FOUND = """() => {
  const found = [], wide = document.documentElement.clientWidth;
  const told = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  const aside = "script, style, .off, .js-plotly-plot, [data-tag], [data-testid=stIconMaterial], [data-testid=stSidebar], svg";
  for (let text = told.nextNode(); text; text = told.nextNode()) {
    const one = text.parentElement;
    if (!text.data.trim() || one.closest(aside) || !one.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    let left = 0, right = wide, hidden = !box.width || box.right < 0;
    for (let at = one; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at), holds = at.getBoundingClientRect();
      if (style.display === "contents") continue;
      if (style.clipPath !== "none" || holds.width <= 1) hidden = true;
      if (/auto|scroll/.test(style.overflowX) && at.scrollWidth > at.clientWidth + 1) hidden = true;
      if (style.overflowX !== "visible") { left = Math.max(left, holds.left); right = Math.min(right, holds.right); }
      if (at.scrollWidth > at.clientWidth + 1 && style.textOverflow === "ellipsis") right = Math.min(right, box.left);
    }
    if (!hidden && (box.right > right + 1 || box.left < left - 1))
      found.push(["cut", text.data.trim().slice(0, 40), Math.round(box.left), Math.round(box.right), Math.round(right)]);
  }
  const overlap = (name, boxes) => boxes.forEach((one, at) => boxes.slice(at + 1).forEach(other => {
    const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
    const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
    if (across > 1 && down > Math.min(one.box.height, other.box.height) / 3) found.push([name, one.words, other.words, Math.round(across)]);
  }));
  const seen = (all) => [...all].filter(one => one.checkVisibility() && one.textContent.trim())
    .map(one => ({words: one.textContent.trim().slice(0, 40), box: one.getBoundingClientRect()})).filter(one => one.box.width);
  for (const row of document.querySelectorAll(".ticks")) overlap("ticks overlap", seen(row.children));
  for (const drawing of document.querySelectorAll("svg.ra-drawing, .ra-drawing svg")) overlap("words overlap", seen(drawing.querySelectorAll("text")));
  return found;
}"""

# Of the menu, what lies under the search.
UNDER = """() => { const box = document.querySelector('.ra-find').getBoundingClientRect();
  return [...document.querySelectorAll('[data-testid=stHeader] :is(a, button)')]
    .filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
    .map(one => [one.textContent.trim() || one.dataset.testid, one.getBoundingClientRect()])
    .filter(([name, at]) => name && at.width > 1 && at.right > box.left && at.left < box.right && box.width).map(([name]) => name); }"""
