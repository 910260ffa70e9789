// The page: asks the API for the columns, then for predictions.
const at = id => document.getElementById(id);
const language = document.documentElement.lang, prefix = document.body.dataset.prefix;
const teller = new Teller(JSON.parse(at("words").textContent), language);
const { say, number } = teller;
let token = "", model = null, fields = [], isBusy = false;

class Refused extends Error {
  constructor(status, problems) {
    super(String(status));
    this.status = status;
    this.problems = problems;
  }
}

async function ask(path, options = {}) {
  const headers = { "Accept-Language": language, ...options.headers };
  if (token) headers.Authorization = `Bearer ${token}`;
  let answer;
  try {
    answer = await fetch(prefix + path, { ...options, headers });
  } catch (error) {
    throw new Refused(0, [{ severity: "error", message: say("unreachable") }]);
  }
  if (answer.ok) return answer;
  const body = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, body.problems || [{ severity: "error", message: String(answer.status) }]);
}

function show(place, said, details) {
  at(`${place}said`).replaceChildren(make("p", { class: "said" }, make("bdi", { text: said })));
  at(`${place}details`).replaceChildren(...details);
}

// Runs one request at a time: a second press while the first is under way does nothing.
async function work(place, task) {
  if (isBusy) return;
  isBusy = true;
  const buttons = [...document.querySelectorAll("button[type=submit]")];
  buttons.forEach(button => button.setAttribute("aria-disabled", "true"));
  at("error").replaceChildren();
  at(`${place}said`).replaceChildren(make("p", { class: "remark", text: say("working") }));
  try {
    const found = await task();
    show(place, found.said, found.details);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.status === 401) askForToken();
    show(place, say("error"), [teller.problems(error.problems)]);
  } finally {
    isBusy = false;
    buttons.forEach(button => button.removeAttribute("aria-disabled"));
  }
}

function predictRow() {
  const row = Object.fromEntries(fields.map(field => [field.column.name, field.value]));
  return work("", async () => {
    const body = JSON.stringify({ row, explain: true });
    const answer = await (await ask("predict", { method: "POST", headers: { "Content-Type": "application/json" }, body })).json();
    return teller.one(answer.predictions[0], answer.warnings, model.target);
  }).then(() => {
    if (at("answer").getBoundingClientRect().top > window.innerHeight * 0.8) at("answer").scrollIntoView({ block: "start" });
  });
}

function predictTable(body) {
  return work("batch-", async () => {
    const answer = await ask("predict.csv", { method: "POST", headers: { "Content-Type": "text/csv" }, body });
    const warnings = JSON.parse(answer.headers.get("Fcnn-Warnings") || "[]");
    return teller.many(await answer.text(), warnings);
  }).then(() => at("many").scrollIntoView({ block: "start" }));
}

// One row of a spreadsheet fills in the fields; several are predicted.
function takePasted(text) {
  const rows = cellsOf(text, "\t"), names = fields.map(field => field.column.name);
  const hasNames = rows.length > 1 && rows[0].some(cell => names.includes(cell.trim()));
  if (rows.length - (hasNames ? 1 : 0) > 1) {
    at("lines").value = hasNames ? text : `${names.join("\t")}\n${text}`;
    predictTable(at("lines").value);
    return;
  }
  const cells = rows[rows.length - 1], heads = hasNames ? rows[0].map(cell => cell.trim()) : names;
  if (!hasNames && cells.length !== names.length) {
    const message = say("columns_wrong", { count: number(cells.length), expected: number(names.length) });
    show("", say("error"), [teller.problems([{ severity: "error", message }])]);
    return;
  }
  for (const field of fields) {
    const place = heads.indexOf(field.column.name);
    if (place >= 0) field.value = cells[place];
  }
  show("", say("pasted"), []);
}

function begin(schema) {
  model = schema;
  at("asked").hidden = true;
  at("error").replaceChildren();
  at("name").replaceChildren(make("bdi", { text: schema.run }));
  const count = number(schema.classes.length);
  at("lead").textContent = say(schema.task === "regression" ? "lead_number" : "lead_classes", { target: schema.target, count });
  fields = schema.columns.map((column, place) => new Field(column, place, say, number));
  at("fields").replaceChildren(...fields.map(field => field.element));
  fillUsual();
  at("model").hidden = false;
}

function fillUsual() {
  for (const field of fields) field.value = model.example[field.column.name];
}

function askForToken() {
  at("asked").hidden = false;
  at("token").focus();
}

async function load() {
  try {
    begin(await (await ask("schema")).json());
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.status === 401) askForToken();
    if (error.status !== 401 || token) at("error").replaceChildren(teller.problems(error.problems));
  }
}

at("asked").addEventListener("submit", event => {
  event.preventDefault();
  token = at("token").value.trim();
  load();
});
at("row").addEventListener("submit", event => {
  event.preventDefault();
  predictRow();
});
at("usual").addEventListener("click", fillUsual);
at("row").addEventListener("paste", event => {
  const text = event.clipboardData.getData("text/plain");
  if (!/[\t\n\r]./.test(text.trim())) return;
  event.preventDefault();
  takePasted(text);
});
at("batch").addEventListener("submit", event => {
  event.preventDefault();
  const body = at("file").files[0] || at("lines").value;
  if (body instanceof File || body.trim()) predictTable(body);
  else at("lines").focus();
});
at("file").addEventListener("change", () => at("file").files[0] && predictTable(at("file").files[0]));
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, event => {
    event.preventDefault();
    document.body.classList.toggle("over", name === "dragover");
    const file = name === "drop" && model ? event.dataTransfer.files[0] : null;
    if (file) predictTable(file);
  });
}
load();
