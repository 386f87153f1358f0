// What is drawn along the track: a mark for each day of change, the line with its breaks, and names of some days.
const { date, number, short } = await import(new URL("days.js" + new URL(import.meta.url).search, import.meta.url).href);

// Pixels that two names need between them: of different months, of the same one.
const ROOM = [38, 28];

const put = (name, left, kind = "") => {
  const made = document.createElement(name);
  made.className = kind;
  made.style.left = left;
  return made;
};
const share = (scale, unit) => `${((100 * unit) / scale.total).toFixed(2)}%`;
const at = (scale, day) => share(scale, scale.unitOf(number(day)));

// `changes`: days with the number of changes; `end`: the last day of the evidence.
export const drawMarks = (part, scale, changes, end) => {
  const most = Math.max(1, ...changes.map(([, count]) => count));
  part(".marks").replaceChildren(...changes.map(([day, count]) => {
    const mark = put("i", at(scale, day), day > end ? "coming" : "");
    mark.style.height = `${Math.round(18 + (82 * count) / most)}%`;
    return mark;
  }));
  const [known, unknown] = [put("i", "0", "known"), put("i", at(scale, end), "unknown")];
  known.style.width = at(scale, end);
  part(".line").replaceChildren(known, unknown, ...scale.gaps.map((unit) => put("i", share(scale, unit), "gap")));
};

// The days that matter most come first; one whose name would run into another's has none.
export const nameDays = (ticks, scale, days) => {
  const wide = ticks.clientWidth || 600;
  const named = [];
  for (const day of days) {
    const middle = (wide * scale.unitOf(number(day))) / scale.total;
    const free = ([other, taken]) => Math.abs(taken - middle) >= ROOM[Number(other.slice(0, 7) === day.slice(0, 7))];
    if (named.every(free)) named.push([day, middle]);
  }
  named.sort();
  ticks.replaceChildren(...named.map(([day], index) => {
    const again = index > 0 && named[index - 1][0].slice(0, 7) === day.slice(0, 7);
    const tick = put("span", at(scale, day));
    tick.textContent = short[Number(again)].format(date(number(day)));
    return tick;
  }));
};
