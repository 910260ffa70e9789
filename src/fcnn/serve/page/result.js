// What the API answered, as elements.
const MOST_CLASSES = 20, MOST_INPUTS = 10, MOST_ROWS = 10, MOST_SHOWN_COLUMNS = 6;

class Teller {
  constructor(words, language) {
    this.words = words;
    this.percents = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
    this.numbers = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 });
    this.say = (key, values) => this.words[key].replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
    this.number = value => this.numbers.format(value);
  }
  cell(value) {
    return typeof value === "number" ? this.number(value) : value === null ? this.say("no_value") : String(value);
  }
  problems(list) {
    return make("ul", { class: "findings" }, ...list.map(each => {
      const line = make("li", { class: each.severity }, make("bdi", { text: [each.where, each.message].filter(Boolean).join(": ") }));
      for (const part of ["expected", "received", "hint"]) if (each[part]) line.append(make("span", { text: this.words[part] + each[part] }));
      return line;
    }));
  }
  probabilities(found) {
    const sorted = Object.entries(found).sort((one, two) => two[1] - one[1]).slice(0, MOST_CLASSES);
    const heads = [{ text: this.say("class") }, { text: this.say("probability"), kind: "number" }, { text: "", kind: "track" }];
    const rows = sorted.map(([name, share], place) => ({ kind: place === 0 ? "best" : null, cells: [name, this.percents.format(share), bar(share)] }));
    const table = tableOf(this.say("probabilities"), heads, rows);
    table.querySelector("thead th:last-child").replaceWith(make("td", { class: "track" }));
    return table;
  }
  influence(answer) {
    const moved = answer.influence.filter(each => each.change !== 0);
    const title = make("h3", { text: this.say("moved") });
    if (!moved.length) return [title, make("p", { text: this.say("moved_nothing") })];
    const isClass = answer.probabilities !== undefined, show = value => (isClass ? this.percents.format(value) : this.number(value));
    const first = moved[0], largest = Math.abs(first.change);
    const sentence = this.say(isClass ? "moved_class" : "moved_number", {
      column: first.column, typical: this.cell(first.typical), prediction: answer.prediction,
      then: show(first.with_typical), now: show(first.with_typical + first.change),
    });
    const heads = [{ text: this.say("input") }, { text: this.say("value"), kind: "number" }, { text: this.say("typical"), kind: "number" },
      { text: this.say("change"), kind: "number" }, { text: "", kind: "track wide" }];
    const rows = moved.slice(0, MOST_INPUTS).map(each => ({ cells: [each.column, this.cell(each.value), this.cell(each.typical),
      `${each.change > 0 ? "+" : "−"}${show(Math.abs(each.change))}`, bar(Math.abs(each.change) / largest, each.change < 0)] }));
    const table = tableOf(this.say("moved"), heads, rows, true);
    table.querySelector("thead th:last-child").replaceWith(make("td", { class: "track wide" }));
    return [title, make("p", { text: sentence }), table, make("p", { class: "remark", text: this.say("moved_how") })];
  }
  one(answer, warnings, target) {
    if (answer.problems) return { said: this.say("error"), details: [this.problems(answer.problems)] };
    const prediction = this.cell(answer.prediction), details = [];
    if (answer.probabilities) details.push(this.probabilities(answer.probabilities));
    if (warnings.length) details.push(make("h3", { text: this.say("told") }), this.problems(warnings));
    if (answer.influence) details.push(...this.influence(answer));
    return { said: this.say("predicted", { target, prediction }), details };
  }
  many(text, warnings) {
    const rows = cellsOf(text, ","), shown = rows.slice(1, 1 + MOST_ROWS), count = this.number(rows.length - 1);
    const names = rows[0].slice(0, MOST_SHOWN_COLUMNS);
    const heads = [{ text: this.say("row"), kind: "number" }, ...names.map((name, place) => ({ text: name, kind: place ? "number" : null }))];
    const cells = shown.map((row, place) => ({ cells: [String(place + 1), ...row.slice(0, MOST_SHOWN_COLUMNS).map(cell =>
      (cell !== "" && Number.isFinite(Number(cell)) ? this.number(Number(cell)) : cell))] }));
    const link = make("a", { download: "predictions.csv", href: URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" })), text: this.say("save") });
    const details = [make("p", {}, link)];
    if (warnings.length) details.push(this.problems(warnings));
    if (shown.length) details.push(tableOf(this.say("first_rows", { count: this.number(shown.length) }), heads, cells));
    return { said: this.say("done", { count }), details };
  }
}
