(() => {
  "use strict";
  const said = document.currentScript.dataset.copied;
  // What is pasted elsewhere needs the whole address, which only a server has.
  if (location.protocol !== "file:") {
    for (const code of document.querySelectorAll("[data-path]")) {
      const path = code.dataset.path;
      const whole = new URL(path, location.href).href;
      code.textContent = code.textContent.replace(`src="${path}"`, `src="${whole}"`);
      const note = code.parentNode.querySelector(".relative");
      if (note) note.remove();
    }
  }
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  };
  for (const button of document.querySelectorAll(".copy button")) {
    const code = button.closest(".copy").querySelector("pre");
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (await copy(code.textContent)) {
        button.textContent = said;
        setTimeout(() => { button.textContent = label; }, 1600);
      } else {
        // Without leave to write to the clipboard, the text is marked for the reader to copy.
        getSelection().selectAllChildren(code);
        code.focus();
      }
    });
  }
  const field = document.getElementById("find");
  if (!field) return;
  const rows = [...document.querySelectorAll(".places li")];
  const found = document.getElementById("found");
  const none = document.getElementById("none");
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const words = rows.map((row) => plain(row.dataset.words));
  const filter = () => {
    const asked = plain(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, at) => {
      row.hidden = !asked.every((part) => words[at].includes(part));
      count += row.hidden ? 0 : 1;
    });
    found.textContent = count;
    none.hidden = count > 0;
  };
  field.closest(".find").hidden = false;
  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => {
    const shown = rows.filter((row) => !row.hidden);
    if (event.key === "Enter" && shown.length === 1) shown[0].querySelector("a").click();
    if (event.key === "Escape" && field.value) { field.value = ""; filter(); }
  });
  filter();
})();
