// Days as a page writes them and as a reader types them. A day is ISO text or whole days since 1970 in UTC.

const DAY = 86400000;
export const number = (iso) => {
  const [year, month, day] = iso.split("-").map(Number);
  return Date.UTC(year, month - 1, day) / DAY;
};
export const date = (count) => new Date(count * DAY);
export const iso = (count) => date(count).toISOString().slice(0, 10);
// Days in words as the page writes them. What is typed in numbers has the order of day and month that the reader's own
// browser has.
const LANGUAGE = { en: "en-GB" }[document.documentElement.lang] ?? document.documentElement.lang;
const format = (how, language = LANGUAGE) => new Intl.DateTimeFormat(language || "en-GB", { timeZone: "UTC", ...how });
const written = format({ day: "numeric", month: "long", year: "numeric" });
export const short = [format({ day: "numeric", month: "short" }), format({ day: "numeric" })];
export const words = (day) => written.format(date(number(day)));
const names = ["long", "short"].map((month) => [...Array(12).keys()].map((at) => format({ month }).format(date(14 + 30.5 * at)).toLowerCase()));
const monthFirst = () => {
  const parts = format({}, navigator.language).formatToParts(date(0)).map((part) => part.type);
  return parts.indexOf("month") < parts.indexOf("day");
};

// A day as a reader writes it; without a year it is one of the year of `near`. Empty if it is none.
export const read = (text, near) => {
  const parts = text.toLowerCase().match(/\d+|\p{L}+/gu) ?? [];
  const numbers = parts.filter((part) => /^\d/.test(part));
  const name = parts.find((part) => /^\p{L}{3}/u.test(part));
  let year, month, day;
  if (name) {
    month = names[0].findIndex((one) => one.startsWith(name) || name.startsWith(one)) + 1;
    [day, year] = [numbers.find((one) => one.length < 3), numbers.find((one) => one.length === 4) ?? near.slice(0, 4)];
  } else if (numbers[0]?.length === 4) [year, month, day] = numbers;
  else {
    const first = Number(numbers[1]) > 12 || (monthFirst() && Number(numbers[0]) <= 12);
    [month, day] = first ? numbers : [numbers[1], numbers[0]];
    year = numbers[2]?.length === 4 ? numbers[2] : near.slice(0, 4);
  }
  const found = [year, month, day].map((part) => String(part ?? "").padStart(2, "0")).join("-");
  return isDay(found) ? found : "";
};
export const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && iso(number(text)) === text;
