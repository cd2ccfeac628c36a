// Every relative link and picture in our own Markdown leads to a file, and to a heading or an anchor in it.
import { existsSync, readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { dirname, join, normalize } from "node:path";

const tracked = execFileSync("git", ["ls-files", "*.md"], { encoding: "utf8" }).split("\n");
// Files of the tests may be broken on purpose, and generated ones have tests of their own.
const pages = tracked.filter((path) => path && !path.startsWith("tests/") && !path.includes("/expected/"));
const withoutCode = (text) => text.replace(/^(```|~~~)[^]*?^\1/gm, "").replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()<>]/g, ""));

/** The anchors a forge gives the headings of a page, and those it has of its own. */
function anchors(text) {
  const own = [...text.matchAll(/\bid="([^"]+)"/g)].map((match) => match[1]);
  const headings = [...withoutCode(text).matchAll(/^#{1,6} +(.+)$/gm)].map((match) => match[1]);
  const slugs = headings.map((h) => h.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").trim().replace(/\s/g, "-"));
  return new Set([...own, ...slugs]);
}

// Written on other branches; drop each line when its file is here.
const coming = ["benches/README.md"];

let wrong = 0;
for (const page of pages) {
  const text = readFileSync(page, "utf8");
  for (const [, target] of withoutCode(text).matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)) {
    if (/^[a-z]+:/i.test(target)) continue;
    const [path, anchor] = target.split("#");
    const file = path ? normalize(join(dirname(page), decodeURIComponent(path))) : page;
    const there = existsSync(file);
    const found = there && (!anchor || !/\.(md|html)$/.test(file) || anchors(readFileSync(file, "utf8")).has(anchor));
    if (found || (!there && coming.some((path) => file.startsWith(path)))) continue;
    console.log(`${page}: the link to ${target} leads ${there ? "to no heading" : "nowhere"}`);
    wrong += 1;
  }
}
console.log(`Links of ${pages.length} pages: ${wrong ? `${wrong} broken` : "all lead somewhere"}`);
process.exit(wrong ? 1 : 0);
