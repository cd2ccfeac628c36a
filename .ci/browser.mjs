// Generated pages in a real browser: node .ci/browser.mjs FOLDER, where FOLDER holds the pages and `node_modules`.
// What a strict reader of the text can find is tested in tests/docs; here is what shows only once a page is drawn.
import { createRequire } from "node:module";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const require = createRequire(join(folder, "package.json"));
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");

// As root there is no sandbox; the rest keeps the browser from calling its maker.
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const views = [
  { name: "wide, light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "wide, dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  { name: "telephone, light", viewport: { width: 390, height: 844 }, colorScheme: "light" },
  { name: "telephone, dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
];

/** What is wrong with the drawn page. Runs in the page. */
function inspect() {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    faults.push(`the page is ${root.scrollWidth} pixels wide in a window of ${root.clientWidth}`);
  }
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  const heading = plain(document.querySelector("h1").innerText);
  if (heading !== plain(document.title)) faults.push(`the heading reads ${heading}, the title ${document.title}`);
  const seen = new Set();
  for (const { id } of document.querySelectorAll("[id]")) {
    if (seen.has(id)) faults.push(`the id ${id} occurs twice`);
    seen.add(id);
  }
  for (const link of document.querySelectorAll("a[href^='#']")) {
    const id = decodeURIComponent(link.getAttribute("href").slice(1));
    if (!seen.has(id)) faults.push(`a link to #${id}, which is nowhere`);
  }
  for (const element of document.querySelectorAll("script, link, img, iframe, object, embed, form, base")) {
    faults.push(`an element ${element.localName}`);
  }
  for (const drawing of document.querySelectorAll("svg")) {
    const name = (drawing.getAttribute("aria-labelledby") ?? "").split(/\s+/)
      .map((id) => document.getElementById(id)?.textContent.trim() ?? "").join(" ").trim();
    if (drawing.getAttribute("role") !== "img" || name === "") faults.push("a drawing without a name");
  }
  return faults;
}

/** Texts whose contrast with what is behind them is below 4.5, by the colours the browser computed. Runs in the page. */
function pale() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return { rgb: [r, g, b], a: a / 255 };
  };
  const over = ({ rgb, a }, below) => rgb.map((c, i) => c * a + below[i] * (1 - a));
  const behind = (element) => {
    if (!element) return [255, 255, 255];
    const shapes = element.localName === "text" ? [...element.parentElement.querySelectorAll(":scope:is(g) > rect")] : [];
    const filled = shapes.map((shape) => getComputedStyle(shape).fill).find((fill) => fill !== "none");
    const paint = filled ?? getComputedStyle(element).backgroundColor;
    const colour = rgba(paint);
    return colour.a === 1 ? colour.rgb : over(colour, behind(element.parentElement));
  };
  const light = (rgb) => rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const faults = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const style = getComputedStyle(element);
    if (!walker.currentNode.data.trim() || element.closest("title, desc") || style.visibility === "hidden") continue;
    if (element.getClientRects().length === 0) continue;
    texts += 1;
    const below = behind(element);
    const ink = over(rgba(element.localName === "text" ? style.fill : style.color), below);
    const [high, low] = [light(ink), light(below)].sort((a, b) => b - a);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < 4.5) {
      faults.add(`contrast ${contrast.toFixed(2)} in ${element.localName}.${element.className.baseVal ?? element.className}`);
    }
  }
  if (texts < 20) faults.add(`only ${texts} texts were seen`);
  return [...faults];
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: quiet });
let wrong = 0;
const report = (page, where, faults) => {
  for (const fault of faults) console.log(`${page}, ${where}: ${fault}`);
  wrong += faults.length;
};

for (const file of readdirSync(folder).filter((name) => name.endsWith(".html")).sort()) {
  const url = pathToFileURL(join(folder, file)).href;
  await Promise.all(views.map(async ({ name, ...view }) => {
    // Scripts of the page itself are forbidden by its own policy; ours have to come in around it.
    const context = await browser.newContext({ ...view, bypassCSP: true });
    const page = await context.newPage();
    const said = [];
    page.on("console", (message) => said.push(`the console says: ${message.text()}`));
    page.on("pageerror", (error) => said.push(`an error: ${error.message}`));
    page.on("request", (request) => request.url() !== url && said.push(`it asks for ${request.url()}`));
    page.on("dialog", (dialog) => { said.push("a dialog opened"); dialog.dismiss(); });
    await page.goto(url);
    report(file, name, await page.evaluate(inspect));
    report(file, name, await page.evaluate(pale));
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    report(file, name, violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(", ")}`));
    report(file, name, said);
    await context.close();
  }));

  // As its readers get it: with its policy, by keyboard, and on paper.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const { x, y, width } = document.activeElement.getBoundingClientRect();
    return { href: document.activeElement.getAttribute("href"), shown: x >= 0 && y >= 0 && width > 0 };
  });
  if (first.href !== "#content" || !first.shown) report(file, "keyboard", ["the first stop is not the way to the content"]);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  if (outline === "none") report(file, "keyboard", ["what has the focus does not show it"]);
  const words = await page.evaluate(() => document.body.innerText.split(/\s+/).length);
  const counts = [];
  for (const format of ["A4", "Letter"]) {
    const pdf = (await page.pdf({ format, printBackground: true, preferCSSPageSize: false })).toString("latin1");
    const pages = (pdf.match(/\/Type\s*\/Page\b/g) ?? []).length;
    // Between a dense page of text and one that is mostly white.
    if (pages < words / 700 || pages > 3 + words / 90) report(file, format, [`${pages} pages for ${words} words`]);
    counts.push(`${pages} pages in ${format}`);
  }
  const title = await page.title();
  console.log(`${file}: “${title}”, ${words} words, ${counts.join(", ")}`);
  await context.close();
}

await browser.close();
if (wrong > 0) {
  console.log(`${wrong} faults`);
  process.exit(1);
}
