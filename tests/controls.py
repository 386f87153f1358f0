"""What can be clicked on a page, measured in the browser: how it looks, and whether a thumb can hit it."""

# All elements, those of our components (in shadow roots) too; which of them are seen, and which are parts of a field.
COMMON = """
const all = root => [...root.querySelectorAll('*')].flatMap(one => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
const seen = one => { const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && !one.closest('[aria-hidden=true]') && one.checkVisibility(); };
const named = one => one.outerHTML.slice(0, 110).replace(/\\s+/g, ' ');
const chart = one => one.closest('svg,.js-plotly-plot,.modebar') || one.matches('.dot');
"""

# Colour, line and frame of each link, button, disclosure and field that is not as all others.
LOOKS = (
    "([accent, dot, field, mute]) => {"
    + COMMON
    + """
const faults = [];
const root = document.querySelector('main') || document.body;
for (const one of all(root)) {
  if (!seen(one) || chart(one)) continue;
  const style = getComputedStyle(one), framed = style.borderTopWidth === '1px' && style.borderTopColor === dot && one.getBoundingClientRect().height >= 35.5;
  const wrong = what => faults.push(`${what}: ${named(one)}`);
  // Lists of ways are known by their place, as the menu is.
  if (one.closest('nav')) continue;
  if (one.matches('a[href]') && one.textContent.trim()) {
    if (style.color !== accent) wrong(`colour ${style.color}`);
    if (!style.textDecorationLine.includes('underline') && !framed) wrong('neither underlined nor framed');
  } else if (one.matches('summary')) {
    if (style.color !== accent) wrong(`colour ${style.color}`);
  } else if (one.matches('button:not([role=radio],[role=tab],:disabled,[aria-disabled=true])')) {
    if (one.closest('[role=group]:has(input[role=combobox]),[data-testid=stNumberInputContainer],[data-testid=stDateInput],[data-testid=stTooltipIcon],.stTooltipIcon,[data-testid^=stPagination],[data-testid=stTooltipHoverTarget]')) continue;
    if (style.color !== accent) wrong(`colour ${style.color}`);
    if (!framed) wrong(`frame ${style.borderTopWidth} ${style.borderTopColor} ${one.getBoundingClientRect().height}`);
  } else if (one.matches('.stSelectbox [role=group],.stMultiSelect [role=group]') && one.querySelector(':scope>input,:scope>*>input')) {
    if (style.borderTopColor !== dot || style.backgroundColor !== field) wrong(`field ${style.borderTopColor} ${style.backgroundColor}`);
  } else if (one.matches('[data-testid=stTextInputRootElement],[data-testid=stNumberInputContainer]')) {
    if (style.borderTopColor !== dot || style.backgroundColor !== field) wrong(`field ${style.borderTopColor} ${style.backgroundColor}`);
  }
}
return faults; }"""
)

# What is smaller than 44 pixels of what a thumb is to hit. As WCAG 2.5.5 has it, links within running text are as high
# as the text, and what is part of a field or has a label counts with it.
SMALL = (
    "() => {"
    + COMMON
    + """
const words = node => { let text = ''; for (const inner of node.childNodes) {
    if (inner.nodeType === 3) text += inner.nodeValue;
    else if (inner.nodeType === 1 && !inner.matches('a,button,summary,.off')) text += words(inner); } return text; };
const block = one => { let up = one.parentElement; while (getComputedStyle(up).display.startsWith('inline')) up = up.parentElement; return up; };
const faults = [];
for (const one of all(document)) {
  if (!one.matches('a[href],button,summary,select,input,textarea,[role=radio],[role=tab],[role=switch]') || !seen(one) || chart(one) || one.disabled) continue;
  if (one.matches('input[type=hidden]') || one.closest('[data-testid=stSkipToContent],.skip')) continue;
  if (one.matches('a') && getComputedStyle(one).display === 'inline' && /\\p{L}{2}/u.test(words(block(one)))) continue;
  const whole = one.closest('[role=group]:has(input[role=combobox]),[data-testid=stTextInputRootElement],[data-testid=stNumberInputContainer],[data-testid=stDateInputField]');
  const target = one.matches('input') ? whole || one.closest('label') || one : one;
  const box = target.getBoundingClientRect();
  if (box.height < 43.5 || box.width < 43.5) faults.push(`${Math.round(box.width)} x ${Math.round(box.height)}: ${named(one)}`);
}
return faults; }"""
)

# What can be clicked on a page of the app, brought into view, and does not get the click in its middle.
COVERED = """() => [...document.querySelectorAll('[data-testid=stMain] :is(a[href], button, summary, input:not([tabindex="-1"]), [role=tab])')]
.filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !one.disabled
&& getComputedStyle(one).pointerEvents !== 'none').map(one => {
  one.scrollIntoView({block: 'center', inline: 'nearest'});
  const box = [...one.getClientRects()].find(box => box.width > 4 && box.height > 4);
  if (!box) return null;
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  if (!hit || one.contains(hit) || hit.contains(one) || one.closest('label')?.contains(hit)) return null;
  return `${one.outerHTML.slice(0, 110)}: ${hit.tagName}.${hit.getAttribute('class')}`;
}).filter(Boolean)"""
