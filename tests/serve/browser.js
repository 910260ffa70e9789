// Uses the page of a server as people do, and prints what it found as JSON: node browser.js JOB.json
const { readFileSync } = require("fs");
const job = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const { chromium } = require(`${job.tools}/playwright-core`);
const axe = readFileSync(`${job.tools}/axe-core/axe.min.js`, "utf-8");
const VIEWS = [["light", 390], ["light", 1280], ["dark", 1280], ["dark", 390]];

async function open(browser, address, options) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const said = [], asked = [];
  page.on("console", message => said.push(message.text()));
  page.on("pageerror", error => said.push(error.message));
  page.on("request", request => asked.push(request.url()));
  await page.goto(address);
  return { context, page, said, asked };
}

// Types a row and presses Enter, without a mouse.
async function byKeyboard(page) {
  await page.locator("#fields input").first().waitFor();
  await page.keyboard.press("Tab"); // the link that skips
  for (let presses = 0; presses < 30; presses++) {
    const id = await page.evaluate(() => document.activeElement.id);
    if (id === "field-0") break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Control+A");
  await page.keyboard.type("71.5");
  await page.keyboard.press("Enter");
  await page.locator("#details table").first().waitFor();
}

async function look(browser, name, address, locale, csv) {
  const { context, page, said, asked } = await open(browser, address, { locale });
  await byKeyboard(page);
  await page.locator("#file").setInputFiles({ name: "t.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await page.locator("#batch-details table").waitFor();
  const views = {};
  for (const [scheme, width] of VIEWS) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const judged = await axe.run(document, { resultTypes: ["violations"] });
      return {
        overflow: document.documentElement.scrollWidth - window.innerWidth,
        violations: judged.violations.map(each => `${each.id}: ${each.nodes.slice(0, 3).map(node => node.target).join(" ")}`),
        rules: judged.passes.length,
        small: [...document.querySelectorAll("button, select, input")].filter(each => {
          const box = each.getBoundingClientRect();
          return box.height > 0 && box.height < 40;
        }).length,
      };
    });
    views[`${scheme} ${width}`] = found;
    if (job.pictures) await page.screenshot({ path: `${job.pictures}/${name}-${scheme}-${width}.png`, fullPage: true });
  }
  const texts = await page.evaluate(() => ({
    said: document.querySelector("#said").textContent.trim(),
    classes: [...document.querySelectorAll("#details table tbody th")].map(each => each.textContent),
    moved: document.querySelector("#details h3 + p").textContent,
    batch: document.querySelector("#batch-said").textContent.trim(),
    fields: [...document.querySelectorAll("#fields input, #fields select")].map(each => `${each.tagName} ${each.type}`),
    hints: [...document.querySelectorAll("#fields .hint")].map(each => each.textContent),
    lang: document.documentElement.lang,
    title: document.title,
  }));
  await context.close();
  return { views, texts, said, asked };
}

async function paste(page, text) {
  await page.locator("#field-0").focus();
  await page.evaluate(content => {
    const data = new DataTransfer();
    data.setData("text/plain", content);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

async function pasted(browser, address) {
  const { context, page, said } = await open(browser, address, { locale: "en" });
  await page.locator("#fields input").first().waitFor();
  const values = () => page.evaluate(() => [...document.querySelectorAll("#fields input, #fields select")].map(each => each.value));
  await paste(page, job.row);
  const one = await values();
  await paste(page, job.named);
  const named = await values();
  await paste(page, "1\t2");
  const wrong = await page.locator("#details li").textContent();
  await paste(page, job.rows);
  await page.locator("#batch-details table").waitFor();
  const batch = await page.locator("#batch-said").textContent();
  await page.locator("#fields input").first().fill("abc");
  await page.locator("#row button.main").click();
  const told = page.locator("#details .findings li.error", { hasText: "'size'" }); // another one is there before
  await told.waitFor();
  const refused = await told.textContent();
  await context.close();
  return { one, named, wrong, batch: batch.trim(), refused, said };
}

async function withToken(browser, address) {
  const { context, page } = await open(browser, address, { locale: "en" });
  await page.locator("#token").waitFor({ state: "visible" });
  const html = await page.content();
  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await page.locator("#error li").waitFor();
  const refused = await page.locator("#error li").textContent();
  await page.locator("#token").fill(job.token);
  await page.keyboard.press("Enter");
  await page.locator("#fields input").first().waitFor();
  await page.locator("#row button.main").click();
  await page.locator("#details table").first().waitFor();
  const shown = await page.locator("#said").textContent();
  await context.close();
  return { html, refused, shown: shown.trim() };
}

async function withoutScript(browser, address) {
  const { context, page } = await open(browser, address, { javaScriptEnabled: false, locale: "en" });
  const text = await page.locator("main").innerText();
  await context.close();
  return text;
}

(async () => {
  const browser = await chromium.launch({ executablePath: job.browser, args: ["--no-sandbox"] });
  const result = {};
  for (const [name, given] of Object.entries(job.pages)) result[name] = await look(browser, name, ...given);
  result.pasted = await pasted(browser, job.open);
  result.token = await withToken(browser, job.closed);
  result.bare = await withoutScript(browser, job.open);
  await browser.close();
  process.stdout.write(JSON.stringify(result));
})().catch(error => { process.stderr.write(String(error.stack)); process.exit(1); });
