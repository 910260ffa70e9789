// Opens pages in a browser, in every scheme and width, and prints what it found as JSON: node browser.js JOB.json
const { readFileSync } = require("fs");
const job = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const { chromium } = require(`${job.tools}/playwright-core`);
const axe = readFileSync(`${job.tools}/axe-core/axe.min.js`, "utf-8");

async function look(browser, file) {
  const page = await browser.newPage({ reducedMotion: "reduce" });
  const said = [], asked = [], views = {};
  page.on("console", message => said.push(message.text()));
  page.on("pageerror", error => said.push(error.message));
  page.on("request", request => request.url().startsWith("data:") || asked.push(request.url()));
  await page.goto(`file://${file}`);
  await page.evaluate(axe);
  for (const [scheme, width] of [["light", 390], ["light", 1280], ["dark", 1280], ["dark", 390]]) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 900 });
    const found = await page.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - window.innerWidth,
      unnamed: [...document.querySelectorAll("img, svg")].filter(each =>
        !each.closest("[aria-hidden]") && !(each.getAttribute("alt") || each.getAttribute("aria-label"))).length,
      clipped: [...document.querySelectorAll("svg[role=img]")].flatMap(svg => {
        const frame = svg.getBoundingClientRect();
        return [...svg.querySelectorAll("text")].filter(text => {
          const box = text.getBoundingClientRect();
          return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
        }).map(text => text.textContent);
      }),
    }));
    if ((scheme === "light") === (width === 1280)) { // each colour and each width once: it takes long
      const judged = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
      found.violations = judged.violations.filter(each => ["serious", "critical"].includes(each.impact))
        .map(each => `${each.id}: ${each.nodes.slice(0, 3).map(node => node.target).join(" ")}`);
      found.rules = judged.passes.length;
    }
    views[`${scheme} ${width}`] = found;
  }
  await page.close();
  return { views, said, asked: asked.slice(1) };
}

async function sort(browser, file) {
  const page = await browser.newPage();
  await page.goto(`file://${file}`);
  const table = page.locator("table.sortable").filter({ has: page.locator("caption", { hasText: "believes least" }) });
  const column = () => table.evaluate(each => [...each.tBodies[0].rows].map(row => Number(row.cells[0].textContent)));
  const order = { before: await column() };
  await table.locator("th button").first().focus();
  await page.keyboard.press("Enter");
  order.ascending = await column();
  order.said = await table.locator("th").first().getAttribute("aria-sort");
  await page.keyboard.press("Space");
  order.descending = await column();
  order.saidThen = await table.locator("th").first().getAttribute("aria-sort");
  await page.close();
  return order;
}

async function withoutScript(browser, file) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`file://${file}`);
  const found = { buttons: await page.locator("button").count(), rows: await page.locator("tbody tr").count() };
  await context.close();
  return found;
}

(async () => {
  const browser = await chromium.launch({ executablePath: job.browser, args: ["--no-sandbox"] });
  const looks = {};
  for (const [name, file] of Object.entries(job.pages)) looks[name] = await look(browser, file);
  const result = { looks, sorted: await sort(browser, job.pages.two), bare: await withoutScript(browser, job.pages.two) };
  await browser.close();
  process.stdout.write(JSON.stringify(result));
})().catch(error => { process.stderr.write(String(error.stack)); process.exit(1); });
