// The as-of date: a field, steps, a track, and play.
//
// Days are ISO text or whole days since 1970 in UTC, so no time zone of a reader can move one. At most one day is on
// its way to the server: a newer wish waits until the last one has been drawn, and takes the place of an older wish.
// Play is nothing but such wishes. There is one timer for play and one for a server that does not answer, no interval.

// Markup, styles and more scripts lie beside this one, under the same version.
const at = (name) => new URL(name + new URL(import.meta.url).search, import.meta.url).href;
const beside = async (name) => (await fetch(at(name))).text();
const scripts = ["days.js", "scale.js", "marks.js"].map((name) => import(at(name)));
const [{ isDay, iso, number, read, words }, { Scale }, { drawMarks, nameDays }] = await Promise.all(scripts);

// Days ahead of the evidence that are still drawn.
const AHEAD = 100;
const DWELL = { usual: 450, calm: 1500 };
const NO_ANSWER = 30000;

// Days of change with the number of changes, from gaps in days and numbers by turns.
const changesOf = ({ first, steps }) => {
  const found = [];
  let day = number(first);
  for (let at = 0; at < steps.length; at += 2) found.push([iso((day += steps[at])), steps[at + 1]]);
  return found;
};

// Escape closes the words at a mark, as of a chart's dots, until pointer or focus move on. The pages have no other
// script of ours, so it stands here, where every page with such marks has the date.
const hush = (on) => document.documentElement.classList.toggle("ra-hush", on);
document.addEventListener("keydown", (event) => event.key === "Escape" && hush(true));
for (const moved of ["pointerout", "focusout"]) document.addEventListener(moved, () => hush(false));

const tracks = new WeakMap();

const parts = Promise.all([beside("track.html"), beside("track.css")]);

// Called by Streamlit at mounting and after every run of the page.
export default async function (component) {
  const [markup, styles] = await parts;
  let track = tracks.get(component.parentElement);
  if (!track) {
    const sheet = document.createElement("style");
    sheet.textContent = styles;
    component.parentElement.innerHTML = `<div class="frame">${markup}</div>`;
    component.parentElement.prepend(sheet);
    track = new Track(component.parentElement);
    tracks.set(component.parentElement, track);
  }
  track.drawn(component);
  // A call that was overtaken by the next run is cleaned up too; only a track that left the page is taken apart.
  return () => setTimeout(() => track.root.isConnected || track.leave());
}

class Track {
  constructor(parent) {
    const part = (name) => parent.querySelector(name);
    this.root = part(".track");
    this.field = part(".day");
    this.pick = part(".pick");
    this.edited = false;
    this.slide = part(".slide");
    this.play = part(".play");
    this.earlier = part(".earlier");
    this.later = part(".later");
    this.now = part(".now");
    this.part = part;
    this.sent = null;
    this.echoed = false;
    this.wish = null;
    this.playing = false;
    this.timer = 0;
    this.guard = 0;
    this.painted = "";
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.app = document.querySelector("[data-testid=stApp]");
    this.watch = new MutationObserver(() => this.settle());
    if (this.app) this.watch.observe(this.app, { attributes: true, attributeFilter: ["data-test-script-state"] });
    this.hidden = () => document.hidden && this.stop();
    document.addEventListener("visibilitychange", this.hidden);
    this.listen();
  }

  listen() {
    // A date is typed in parts; it is a wish when it is done, or at once when it is whole as machines write it.
    this.field.addEventListener("input", () => {
      this.edited = true;
      if (isDay(this.field.value)) this.typed();
    });
    this.field.addEventListener("change", () => this.edited && this.typed());
    this.field.addEventListener("blur", () => {
      this.edited = false;
      this.show(this.day);
    });
    this.pick.addEventListener("change", () => this.want(this.pick.value));
    this.part(".cal").addEventListener("click", () => {
      this.pick.value = this.day;
      try {
        this.pick.showPicker();
      } catch {
        this.field.focus();
      }
    });
    this.part(".open").addEventListener("click", () => {
      this.unfolded = true;
      this.fold();
      nameDays(this.part(".ticks"), this.scale, this.data.ticks);
      this.field.focus();
    });
    this.slide.addEventListener("input", () => this.say(iso(this.scale.dayAt(Number(this.slide.value)))));
    this.slide.addEventListener("change", () => this.want(iso(this.scale.dayAt(Number(this.slide.value)))));
    this.slide.addEventListener("keydown", (event) => this.key(event));
    this.earlier.addEventListener("click", () => this.want(this.change(-1)));
    this.later.addEventListener("click", () => this.want(this.change(1)));
    this.play.addEventListener("click", () => (this.playing ? this.stop() : this.start()));
  }

  // The page was drawn, or is being drawn, with `data.day`.
  drawn(component) {
    this.component = component;
    this.data = component.data;
    this.changes = changesOf(this.data);
    this.root.classList.toggle("dark", this.data.dark);
    this.pick.min = this.data.first;
    this.pick.max = this.data.last;
    this.fold();
    // Another session, as after a lost line or on another server, never heard the wish.
    if (this.session !== undefined && this.session !== this.data.session && this.sent !== null) {
      clearTimeout(this.guard);
      this.wish ??= this.sent;
      this.sent = null;
    }
    this.session = this.data.session;
    if (this.sent !== null) this.echoed = this.echoed || this.data.day === this.sent;
    else if (this.playing && this.data.day !== this.day) this.stop();
    this.paint();
    if (this.sent === null && this.wish === null) this.show(this.data.day);
    this.settle();
  }

  get day() {
    return this.wish ?? this.sent ?? this.shown ?? this.data.day;
  }

  // Whether the run that draws the page is over. The attribute is Streamlit's own; without it the echo alone counts.
  idle() {
    const state = this.app?.getAttribute("data-test-script-state");
    return state === null || state === undefined || state === "notRunning";
  }

  possible(day) {
    return Boolean(day) && isDay(day) && day >= this.data.first && day <= this.data.last;
  }

  // Where a page changes little with the day, the day is a line until it is to be changed.
  fold() {
    this.root.classList.toggle("folded", Boolean(this.data.folded) && !this.unfolded);
  }

  typing() {
    return this.edited && this.root.getRootNode().activeElement === this.field;
  }

  typed() {
    const day = read(this.field.value, this.day);
    const good = this.possible(day);
    this.part(".wrong").hidden = good;
    this.field.setAttribute("aria-invalid", String(!good));
    if (!good) return;
    this.edited = false;
    this.want(day);
  }

  want(day, byHand = true) {
    if (byHand) this.stop();
    if (!this.possible(day)) return this.show(this.day);
    this.wish = day;
    this.show(day);
    this.send();
  }

  send() {
    if (this.sent !== null || this.wish === null) return;
    if (this.wish === this.data.day) {
      this.wish = null;
      return;
    }
    this.sent = this.wish;
    this.wish = null;
    this.echoed = false;
    this.sentAt = performance.now();
    clearTimeout(this.guard);
    this.guard = setTimeout(() => this.giveUp(), NO_ANSWER);
    this.component.setTriggerValue("day", this.sent);
  }

  // The day that was sent has been drawn: the next wish, or the next frame.
  settle() {
    if (this.sent !== null) {
      if (!this.echoed || !this.idle()) return;
      clearTimeout(this.guard);
      this.sent = null;
      if (this.wish === null) this.show(this.data.day);
      this.send();
    } else if (this.wish !== null && this.idle()) {
      this.send();
    }
    if (this.playing && this.sent === null) this.pace();
  }

  // The server did not answer. What it was asked for is let go of; a newer wish of the reader is not.
  giveUp() {
    this.sent = null;
    this.stop();
    if (this.wish === null) this.show(this.data.day);
    else this.send();
  }

  start() {
    const end = this.data.evidence_to;
    this.playing = true;
    this.button();
    if (this.day >= end) this.want(this.changes[0]?.[0] ?? end, false);
    else this.frame();
  }

  stop() {
    if (!this.playing) return;
    this.playing = false;
    clearTimeout(this.timer);
    this.button();
    this.say(this.day);
  }

  pace() {
    const dwell = this.calm.matches ? DWELL.calm : DWELL.usual;
    const wait = Math.max(0, dwell - (performance.now() - (this.sentAt ?? 0)));
    clearTimeout(this.timer);
    // Two animation frames after the wait: a chart that is still busy drawing delays them, and with them the next day.
    this.timer = setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => this.frame())), wait);
  }

  // One day on, or on to the next change if none comes within a week.
  frame() {
    if (!this.playing || this.sent !== null) return;
    const next = this.change(1, this.data.evidence_to);
    if (!next) return this.stop();
    this.want(number(next) - number(this.day) > 7 ? next : iso(number(this.day) + 1), false);
  }

  // The nearest day of change before (-1) or after (1) the day shown; empty if there is none.
  change(direction, end = this.data.last) {
    const days = this.changes.map(([day]) => day).filter((day) => day <= end && (direction > 0 ? day > this.day : day < this.day));
    return (direction > 0 ? days[0] : days[days.length - 1]) ?? "";
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    const leap = { PageUp: 1, PageDown: -1 }[event.key] ?? (event.shiftKey ? step : undefined);
    const days = this.changes;
    let day;
    if (leap) day = this.change(leap) || this.day;
    else if (step) day = iso(number(this.day) + step);
    else if (event.key === "Home" && days.length) day = days[0][0];
    else if (event.key === "End") day = this.data.evidence_to;
    else return;
    event.preventDefault();
    this.want(day);
  }

  show(day) {
    this.shown = day;
    const text = words(day);
    if (!this.typing()) {
      if (this.field.value !== text) this.field.value = text;
      this.field.removeAttribute("aria-invalid");
      this.part(".wrong").hidden = true;
    }
    this.part(".words").textContent = text;
    this.root.classList.toggle("after", day > this.data.evidence_to);
    this.slide.value = String(this.scale.unitOf(number(day)));
    this.earlier.disabled = !this.change(-1);
    this.later.disabled = !this.change(1);
    this.say(day);
  }

  // What the day is, in words. While playing it is not read aloud: the page would never be quiet.
  say(day) {
    const changes = new Map(this.changes).get(day) ?? 0;
    const many = changes ? `${changes} ${changes === 1 ? "change" : "changes"}` : "no change recorded";
    const text = `${words(day)}: ${many}`;
    this.now.setAttribute("aria-live", this.playing ? "off" : "polite");
    if (this.now.textContent !== text) {
      this.part(".now .off").textContent = `${words(day)}: `;
      this.part(".many").textContent = many;
    }
    this.slide.setAttribute("aria-valuetext", text);
  }

  button() {
    this.play.setAttribute("aria-pressed", String(this.playing));
    this.play.querySelector("span").textContent = this.playing ? "Pause" : "Play";
    this.play.setAttribute("aria-label", this.playing ? "Pause" : "Play the days one after another");
  }

  // Marks and ticks: drawn again only when the data have changed.
  paint() {
    const { steps, evidence_to: end, ticks } = this.data;
    const signature = JSON.stringify([end, steps]);
    if (signature === this.painted) return;
    this.painted = signature;
    const inside = this.changes.filter(([day]) => number(day) <= number(end) + AHEAD);
    this.scale = new Scale([...inside.map(([day]) => number(day)), number(end)]);
    this.slide.min = "0";
    this.slide.max = String(this.scale.total);
    drawMarks(this.part, this.scale, inside, end);
    nameDays(this.part(".ticks"), this.scale, ticks);
    this.part(".reach").textContent = `The evidence ends on ${words(end)}; dotted marks are dates set by law after it.`;
  }

  leave() {
    this.playing = false;
    clearTimeout(this.timer);
    clearTimeout(this.guard);
    this.watch.disconnect();
    document.removeEventListener("visibilitychange", this.hidden);
  }
}
