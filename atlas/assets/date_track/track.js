// The as-of date: a field, steps, a track, and play.
//
// Days are ISO text or whole days since 1970 in UTC, so no time zone of a reader can move one. At most one day is on
// its way to the server: a newer wish waits until the last one has been drawn, and takes the place of an older wish.
// Play is nothing but such wishes. There is one timer for play and one for a server that does not answer, no interval.

const DAY = 86400000;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DWELL = { usual: 450, calm: 1500 };
const NO_ANSWER = 15000;

const number = (iso) => {
  const [year, month, day] = iso.split("-").map(Number);
  return Date.UTC(year, month - 1, day) / DAY;
};
const iso = (count) => new Date(count * DAY).toISOString().slice(0, 10);
const words = (day) => {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
};
const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && iso(number(text)) === text;

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

// Markup and styles lie beside this script, under the same version.
const beside = async (name) => (await fetch(new URL(name + new URL(import.meta.url).search, import.meta.url))).text();
const parts = Promise.all([beside("track.html"), beside("track.css")]);

// Called by Streamlit at mounting and after every run of the page.
export default async function (component) {
  const [markup, styles] = await parts;
  let track = tracks.get(component.parentElement);
  if (!track) {
    const sheet = document.createElement("style");
    sheet.textContent = styles;
    component.parentElement.innerHTML = markup;
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
    // A date is typed in parts; only a whole one inside the limits is a wish.
    this.field.addEventListener("change", () => this.possible(this.field.value) && this.want(this.field.value));
    this.field.addEventListener("blur", () => this.show(this.day));
    this.slide.addEventListener("input", () => this.say(iso(Number(this.slide.value))));
    this.slide.addEventListener("change", () => this.want(iso(Number(this.slide.value))));
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
    this.field.min = this.data.first;
    this.field.max = this.data.last;
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

  typing() {
    return this.root.getRootNode().activeElement === this.field && !this.possible(this.field.value);
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

  giveUp() {
    this.sent = null;
    this.wish = null;
    this.stop();
    this.show(this.data.day);
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
    if (this.field.value !== day && !this.typing()) this.field.value = day;
    this.slide.value = String(number(day));
    this.earlier.disabled = !this.change(-1);
    this.later.disabled = !this.change(1);
    this.say(day);
  }

  // What the day is, in words. While playing it is not read aloud: the page would never be quiet.
  say(day) {
    const changes = new Map(this.changes).get(day) ?? 0;
    const text = `${words(day)}: ${changes ? `${changes} ${changes === 1 ? "change" : "changes"}` : "no change recorded"}`;
    this.now.setAttribute("aria-live", this.playing ? "off" : "polite");
    if (this.now.textContent !== text) this.now.textContent = text;
    this.slide.setAttribute("aria-valuetext", text);
  }

  button() {
    this.play.setAttribute("aria-pressed", String(this.playing));
    this.play.querySelector("span").textContent = this.playing ? "Pause" : "Play";
    this.play.setAttribute("aria-label", this.playing ? "Pause" : "Play the days one after another");
  }

  // Marks and ticks: drawn again only when the data have changed.
  paint() {
    const { from, to, steps, evidence_to: end } = this.data;
    const { changes } = this;
    const signature = JSON.stringify([from, to, end, steps]);
    if (signature === this.painted) return;
    this.painted = signature;
    const start = number(from), span = number(to) - start;
    const at = (day) => `${Math.min(100, Math.max(0, (100 * (number(day) - start)) / span)).toFixed(2)}%`;
    this.slide.min = String(start);
    this.slide.max = String(start + span);
    const most = Math.max(1, ...changes.map(([, count]) => count));
    const inside = changes.filter(([day]) => day >= from && day <= to);
    this.part(".marks").replaceChildren(...inside.map(([day, count]) => {
      const mark = document.createElement("i");
      mark.className = day > end ? "coming" : "";
      mark.style.left = at(day);
      mark.style.height = `${Math.round(18 + (82 * count) / most)}%`;
      return mark;
    }));
    this.part(".known").style.cssText = `left:0;width:${at(end)}`;
    this.part(".unknown").style.left = at(end);
    this.part(".ticks").replaceChildren(...this.data.ticks.map(([day, label]) => {
      const tick = document.createElement("span");
      tick.style.left = at(day);
      tick.textContent = label;
      return tick;
    }));
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
