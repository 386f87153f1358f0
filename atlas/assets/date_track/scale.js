// The scale of the track: a day is a unit, and a stretch without a change is broken.

// Days without a change from which on the scale is broken, and what is left of them.
const [EMPTY, BROKEN] = [21, 8];

export class Scale {
  // Whole days of change, and of the end of the evidence.
  constructor(days) {
    const stops = [...new Set(days)].sort((one, other) => one - other);
    this.knots = [[stops[0] - 1, 0]];
    this.gaps = [];
    for (const day of stops) {
      const [before, unit] = this.knots.at(-1);
      const broken = day - before > EMPTY;
      this.knots.push([day, unit + (broken ? BROKEN : day - before)]);
      if (broken) this.gaps.push(unit + BROKEN / 2);
    }
  }

  // Between two knots, from one of their numbers (0: days, 1: units) to the other.
  between(value, from, to) {
    const found = this.knots.findIndex((knot) => knot[from] >= value);
    const next = found < 0 ? this.knots.length - 1 : Math.max(1, found);
    const [one, other] = [this.knots[next - 1], this.knots[next]];
    const share = (value - one[from]) / (other[from] - one[from]);
    return one[to] + Math.min(1, Math.max(0, share)) * (other[to] - one[to]);
  }

  get total() {
    return this.knots.at(-1)[1];
  }

  // Where a day lies, in units; a day beyond an end lies at that end.
  unitOf(day) {
    return Math.min(this.total, this.between(day, 0, 1));
  }

  dayAt(unit) {
    return Math.round(this.between(unit, 1, 0));
  }
}
