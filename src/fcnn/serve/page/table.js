
"use strict";
// Text of a spreadsheet or a CSV as rows of cells: quotes may hold separators and line ends.
function cellsOf(text, separator) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at], row = rows[rows.length - 1], cell = row[row.length - 1];
    if (quoted) {
      if (sign !== '"') row[row.length - 1] += sign;
      else if (text[at + 1] === '"') { row[row.length - 1] += '"'; at++; }
      else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === separator) row.push("");
    else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && text[at + 1] === "\n") at++;
      rows.push([""]);
    } else row[row.length - 1] += sign;
  }
  return rows.filter(row => row.length > 1 || row[0].trim() !== "");
}

// Everything that is shown is made here, as text: nothing of the data becomes markup.
function make(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === false || value === undefined || value === null) continue;
    if (key === "text") element.textContent = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== null));
  return element;
}

function tableOf(caption, heads, rows, isHeaded) {
  const head = make("tr", {}, ...heads.map(each => make("th", { scope: "col", class: each.kind, text: each.text })));
  const body = rows.map(row => make("tr", { class: row.kind }, ...row.cells.map((cell, place) => {
    const kind = heads[place].kind;
    if (cell instanceof Node) return make("td", { class: kind }, cell);
    return make(place === 0 ? "th" : "td", { class: kind, scope: place === 0 ? "row" : null }, make("bdi", { text: cell }));
  })));
  const table = make("table", {}, make("caption", { text: caption, class: isHeaded ? "hidden" : null }), make("thead", {}, head), make("tbody", {}, ...body));
  return make("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": caption }, table);
}

function bar(share, isLess) {
  const element = make("span", { class: isLess ? "bar less" : "bar", "aria-hidden": "true" });
  element.style.setProperty("--share", Math.max(0, Math.min(1, share)).toFixed(4));
  return element;
}
