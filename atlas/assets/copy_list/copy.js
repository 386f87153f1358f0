// Texts to take along, each with a button that copies it. Texts come as data and are set as text, never as markup.

const SHOWN = 1600;

// Called by Streamlit at mounting and after every run of the page.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".copies");
  root.classList.toggle("dark", data.dark);
  const shape = JSON.stringify(data.groups.map((group) => [group.id, group.title, group.items.map((item) => [item.id, item.label])]));
  // Where only texts changed the elements stay, and with them the reader's place.
  if (root.dataset.shape !== shape) {
    root.replaceChildren(...data.groups.map((group) => section(group, data)), made("p", { className: "off", role: "status" }));
    root.dataset.shape = shape;
  }
  for (const group of data.groups) {
    for (const item of group.items) {
      const part = root.querySelector(`[data-item="${item.id}"]`);
      const field = part.querySelector("textarea");
      if (field.value !== item.text) field.value = item.text;
      // Where a field does not fit its content by itself: whole lines of all the text.
      field.rows = item.text.split("\n").reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / 56)), 0);
      part.querySelector(".note").textContent = item.note;
      part.querySelector(".note").hidden = !item.note;
      field.hidden = part.querySelector("button").hidden = !item.text;
    }
  }
}

function made(name, values, ...children) {
  const element = Object.assign(document.createElement(name), values);
  element.append(...children);
  return element;
}

function section(group, words) {
  const items = group.items.map((item) => {
    const field = made("textarea", { id: `copy-${item.id}`, readOnly: true, spellcheck: false });
    const button = made("button", { type: "button", textContent: words.copy });
    button.setAttribute("aria-label", `${words.copy}: ${item.label}`);
    button.addEventListener("click", () => take(field, button, words));
    const head = made("div", { className: "head" }, made("label", { htmlFor: field.id, textContent: item.label }), button);
    const part = made("div", { className: "item" }, head, field, made("p", { className: "note" }));
    part.dataset.item = item.id;
    return part;
  });
  return made("section", { className: group.words ? "words" : "" }, made("h3", { textContent: group.title }), ...items);
}

async function take(field, button, words) {
  let good = true;
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // Without a secure address browsers offer the older way alone.
    field.focus();
    field.select();
    good = document.execCommand("copy");
    button.focus();
  }
  const said = good ? words.copied : words.failed;
  button.textContent = said;
  button.closest(".copies").querySelector("[role=status]").textContent = `${said}: ${button.getAttribute("aria-label").split(": ").slice(1).join(": ")}`;
  clearTimeout(button.later);
  button.later = setTimeout(() => { button.textContent = words.copy; }, SHOWN);
}
