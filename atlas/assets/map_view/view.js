// The reader's view of the map: which part of the world, how large.
//
// Streamlit builds a chart anew for every figure, so that Plotly's own memory of a view (`uirevision`) has nothing to
// remember by. The view is kept here instead, as long as the tab is open, and given to each new chart before it is
// painted. What Plotly offers a page without its own script is its bar of buttons: hidden, it zooms and goes back to the
// view that a chart began with, and a view that was put in the place of that one is drawn by the same button.

const CHART = ".st-key-map_box .js-plotly-plot";
let kept = null; // null: the whole of the area that the page shows
let keptOf = null; // the whole that it is a part of: another area begins with its own

const geoOf = (chart) => chart._fullLayout?.geo;
const wholeOf = (chart) => geoOf(chart)?._subplot?.viewInitial;
const at = (object, path) => path.split(".").reduce((inner, name) => inner?.[name], object);
const press = (chart, which) => chart.querySelector(`.modebar-btn${which}`)?.click();

const read = (chart) =>
  Object.fromEntries(Object.keys(wholeOf(chart)).map((name) => [name, at(geoOf(chart), name)]));
const alike = (one, other) =>
  Object.keys(one).every((name) =>
    typeof one[name] === "number" ? Math.abs(one[name] - other[name]) < 1e-6 : one[name] === other[name],
  );

const show = (chart, view) => {
  const subplot = geoOf(chart)._subplot;
  const whole = subplot.viewInitial;
  subplot.viewInitial = view;
  press(chart, "[data-attr=reset]");
  subplot.viewInitial = whole;
};

const views = new WeakMap();

// Called by Streamlit at mounting and after runs of the page.
export default async function (component) {
  const [markup, styles] = await parts;
  let view = views.get(component.parentElement);
  if (!view) {
    const sheet = document.createElement("style");
    sheet.textContent = styles;
    component.parentElement.innerHTML = markup;
    component.parentElement.prepend(sheet);
    view = new View(component.parentElement, component.data);
    views.set(component.parentElement, view);
  }
  view.say(component.data);
  view.look();
  return () => setTimeout(() => view.root.isConnected || view.leave());
}

// Markup and styles lie beside this script, under the same version.
const beside = async (name) => (await fetch(new URL(name + new URL(import.meta.url).search, import.meta.url))).text();
const parts = Promise.all([beside("view.html"), beside("view.css")]);

class View {
  constructor(parent, words) {
    this.root = parent.querySelector(".view");
    this.root.setAttribute("aria-label", words.group);
    for (const name of ["in", "out", "whole"]) {
      this[name] = this.root.querySelector(`.${name}`);
      const text = this[name].querySelector("span");
      if (text) text.textContent = words[name];
      else {
        this[name].setAttribute("aria-label", words[name]);
        this[name].title = words[name];
      }
      this[name].addEventListener("click", () => this[name].ariaDisabled !== "true" && this.act(name));
    }
    // Each new figure is a new chart; it is met before it is painted.
    this.charts = new MutationObserver(() => this.look());
    this.charts.observe(document.body, { childList: true, subtree: true });
  }

  say(words) {
    this.whole.querySelector("span").textContent = words.whole;
  }

  leave() {
    this.charts.disconnect();
  }

  look() {
    const chart = document.querySelector(CHART);
    if (chart === this.chart || !chart?.on) return;
    this.chart = chart;
    this.busy = ""; // what a button is at: "restore" for ours, else the reader's
    chart.on("plotly_afterplot", () => this.restore(chart));
    chart.on("plotly_relayout", (changed) => this.keep(chart, changed));
    this.restore(chart);
  }

  // A chart begins with the whole world, and Streamlit may draw it so once more while it finds its size.
  restore(chart) {
    if (chart !== this.chart || this.busy || !wholeOf(chart)) return;
    if (kept && !alike(keptOf, wholeOf(chart))) kept = null;
    if (kept && !alike(kept, read(chart))) {
      this.busy = "restore";
      show(chart, kept);
    }
    this.mark();
  }

  // Only what a reader did is a view to keep.
  keep(chart, changed) {
    if (chart !== this.chart || !Object.keys(changed ?? {}).some((name) => name.startsWith("geo."))) return;
    const ours = this.busy === "restore";
    this.busy = "";
    if (ours) return;
    const now = read(chart);
    keptOf = { ...wholeOf(chart) };
    kept = alike(now, keptOf) ? null : now;
    this.mark();
  }

  act(name) {
    if (!this.chart || !wholeOf(this.chart)) return;
    const { scale } = geoOf(this.chart).projection;
    this.busy = name;
    // The smallest step out is the whole world, in its middle.
    if (name === "whole" || (name === "out" && scale <= 2)) press(this.chart, "[data-attr=reset]");
    else press(this.chart, `[data-attr=zoom][data-val=${name}]`);
  }

  mark() {
    const { scale, maxscale } = geoOf(this.chart).projection;
    this.in.ariaDisabled = String(scale >= maxscale);
    this.out.ariaDisabled = this.whole.ariaDisabled = String(!kept);
  }
}
