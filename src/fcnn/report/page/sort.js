// Tables sort by the buttons in their heads; without this script they are complete, in the order of the run.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const valueOf = (row, place) => {
    const cell = row.cells[place];
    return "value" in cell.dataset ? Number(cell.dataset.value) : cell.textContent.trim();
  };
  heads.forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((one, two) => {
        const a = valueOf(one, place), b = valueOf(two, place);
        if (typeof a === "number" && typeof b === "number") return (Number.isNaN(a) ? 1 : 0) - (Number.isNaN(b) ? 1 : 0) || a - b;
        return String(a).localeCompare(String(b), undefined, { numeric: true });
      });
      body.append(...(down ? rows.reverse() : rows));
    });
  });
}
// What is folded on the screen is printed, too.
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(each => { each.open = true; }));
