// What a terminal shows, as a page: text with colours on standard input, HTML on standard output.
import { readFileSync } from "node:fs";

const colours = { 31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 34: "#79c0ff", 35: "#d2a8ff", 36: "#56d4dd" };
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const style = (codes) => codes.map((code) => ({ 1: "font-weight:700", 2: "opacity:.62", 4: "text-decoration:underline" }[code]
  ?? (colours[code] ? `color:${colours[code]}` : ""))).filter(Boolean).join(";");

let open = [];
const text = readFileSync(0, "utf8").trimEnd().split(/\x1b\[([\d;]*)m/).map((part, i) => {
  if (i % 2 === 0) return part && `<span style="${style(open)}">${escaped(part)}</span>`;
  const codes = part.split(";").map(Number);
  open = codes.some((code) => code === 0) ? [] : [...open, ...codes];
  return "";
}).join("");

process.stdout.write(`<!DOCTYPE html><meta charset="utf-8"><style>
html { background: #0d1117; }
pre { margin: 0; padding: 22px 26px; width: max-content; color: #e6edf3; background: #0d1117;
  font: 14px/20px "DejaVu Sans Mono", Menlo, Consolas, monospace; font-variant-ligatures: none; }
</style><pre><span style="color:#7ee787">$</span> <span style="font-weight:700">clausal check</span>

${text}</pre>`);
