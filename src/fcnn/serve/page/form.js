// The fields of one row: each as its column's type wants it.
const MOST_CHOICES = 40;
const PICKED = { "%Y": [0, 4], "%m": [5, 7], "%d": [8, 10], "%H": [11, 13], "%M": [14, 16], "%S": [17, 19] };

// How a picked date is written as the table writes dates; null where the format has what no picker gives.
function dateKind(format) {
  const parts = format.match(/%./g) || [];
  if (!["%Y", "%m", "%d"].every(part => parts.includes(part)) || !parts.every(part => part in PICKED)) return null;
  return parts.includes("%H") ? "datetime-local" : "date";
}
function dateText(picked, format) {
  return picked && format.replace(/%./g, part => picked.slice(...PICKED[part]) || "00");
}
function datePicked(text, format) {
  const names = [], pattern = format.replace(/[.*+?^${}()|[\]\\\/]/g, "\\$&").replace(/%./g, part => { names.push(part); return "(\\d+)"; });
  const found = new RegExp(`^${pattern}$`).exec(text.trim());
  if (!found) return /^\d{4}-\d\d-\d\d/.test(text) ? text.trim().slice(0, 10) : "";
  const value = part => (names.includes(part) ? found[names.indexOf(part) + 1] : "0").padStart(2, "0");
  const day = `${value("%Y").padStart(4, "0")}-${value("%m")}-${value("%d")}`;
  return names.includes("%H") ? `${day}T${value("%H")}:${value("%M")}` : day;
}

class Field {
  constructor(column, place, say, number) {
    this.column = column;
    const id = `field-${place}`, hint = `hint-${place}`;
    this.picker = column.type === "date" ? dateKind(column.format) : null;
    const shared = { id, autocomplete: "off", "aria-describedby": hint };
    let said = "", extra = null;
    if (column.type === "boolean" || (column.type === "category" && !column.others && column.levels.length <= MOST_CHOICES)) {
      const choices = column.levels.map(level => make("option", { value: level, text: level }));
      this.input = make("select", { id }, make("option", { value: "", text: say("no_value") }), ...choices);
    } else if (column.type === "category") {
      extra = make("datalist", { id: `${id}-list` }, ...column.levels.map(level => make("option", { value: level })));
      this.input = make("input", { ...shared, type: "text", list: `${id}-list`, spellcheck: "false" });
      said = say("levels", { count: number(column.levels.length) });
    } else if (column.type === "date") {
      this.input = make("input", { ...shared, type: this.picker || "text" });
      said = say("dates", column);
    } else {
      this.input = make("input", { ...shared, type: "text", inputmode: "decimal" });
      said = say("range", { minimum: number(column.minimum), maximum: number(column.maximum) });
    }
    const label = make("label", { for: id }, make("bdi", { text: column.name }));
    this.element = make("div", { class: "field" }, label, this.input, extra, said ? make("span", { class: "hint", id: hint, text: said }) : null);
  }
  // The cell as the table would have it; null where there is no value.
  get value() {
    const text = this.picker ? dateText(this.input.value, this.column.format) : this.input.value.trim();
    return text === "" ? null : text;
  }
  set value(cell) {
    let text = cell === null || cell === undefined ? "" : String(cell).trim();
    if (typeof cell === "number") text = text.replace(".", this.column.decimal || "."); // 1.234 may be a thousand otherwise
    if (this.input.tagName === "SELECT") {
      const same = [...this.input.options].find(option => option.value === text) ||
        [...this.input.options].find(option => option.value.toLowerCase() === text.toLowerCase());
      if (!same) this.input.append(make("option", { value: text, text })); // what training did not have can be tried, too
      this.input.value = same ? same.value : text;
    } else this.input.value = this.picker ? datePicked(text, this.column.format) : text;
  }
}
