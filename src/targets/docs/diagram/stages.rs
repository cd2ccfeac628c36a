//! The steps of a lifecycle as SVG, and as Mermaid for Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::escape::{Html, escaped};
use super::layout::{Placed, Size, layout};
use crate::model::Lifecycle;
use crate::model::lifecycle::{From, StageId};

/// Width of a column of text.
const CHAR: f64 = 8.4;
const LINE: f64 = 17.0;
/// Columns in a line of a label, and lines of one.
const COLUMNS: usize = 18;
const LINES: usize = 3;
/// How far a line from a stage to itself reaches out.
const LOOP: f64 = 34.0;

/// A line of the drawing: every transition from one stage to another.
struct Edge {
    /// Numbers of the transitions, from 1.
    numbers: Vec<usize>,
    /// Whether all of them happen by themselves.
    automatic: bool,
}

/// Boxes and lines, `any` as a box of its own.
struct Graph {
    labels: Vec<Vec<String>>,
    /// The box that stands for any stage.
    any: Option<usize>,
    edges: BTreeMap<(usize, usize), Edge>,
}

fn graph(lifecycle: &Lifecycle) -> Graph {
    let mut labels: Vec<Vec<String>> = lifecycle.stages.iter().map(|s| wrapped(&s.text)).collect();
    let has_any = lifecycle.transitions.iter().any(|t| t.from == From::Any);
    let any = has_any.then(|| {
        labels.push(vec!["any stage".to_owned()]);
        labels.len() - 1
    });
    let mut edges: BTreeMap<(usize, usize), Edge> = BTreeMap::new();
    for (i, t) in lifecycle.transitions.iter().enumerate() {
        let from = match t.from {
            From::Any => any.unwrap_or(0),
            From::Stage(stage) => stage,
        };
        if from >= labels.len() || t.to >= labels.len() {
            continue;
        }
        let edge = edges.entry((from, t.to)).or_insert(Edge { numbers: Vec::new(), automatic: true });
        edge.numbers.push(i + 1);
        edge.automatic &= t.by.is_empty();
    }
    Graph { labels, any, edges }
}

/// A label in a few lines.
fn wrapped(label: &str) -> Vec<String> {
    let spaced = label.replace('_', "_\u{200b}");
    let mut lines: Vec<String> =
        textwrap::wrap(&spaced, COLUMNS).iter().map(|l| l.replace('\u{200b}', "")).collect();
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

fn size(lines: &[String]) -> Size {
    let columns = lines.iter().map(|l| textwrap::core::display_width(l)).max().unwrap_or(0);
    Size { w: (number(columns) * CHAR + 26.0).max(64.0), h: number(lines.len().max(1)) * LINE + 14.0 }
}

fn number(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// The drawing. Its colours come from the style sheet of the page.
pub fn svg(lifecycle: &Lifecycle, anchor: &str) -> String {
    let graph = graph(lifecycle);
    let sizes: Vec<Size> = graph.labels.iter().map(|l| size(l)).collect();
    let lines: Vec<(usize, usize)> = graph.edges.keys().copied().collect();
    let drawing = layout(&sizes, &lines);
    let loops = if lines.iter().any(|(from, to)| from == to) { LOOP } else { 0.0 };
    let (w, h) = (drawing.width + loops, drawing.height);
    let id = format!("{}-drawing", escaped(anchor, Html));
    let mut out = String::new();
    // Writing to a string does not fail, here and below.
    let wide = if w > 560.0 { " wide" } else { "" };
    let _ = writeln!(
        out,
        "<svg class=\"stages{wide}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" viewBox=\"0 0 {w:.0} {h:.0}\" width=\"{w:.0}\" height=\"{h:.0}\">"
    );
    let _ = writeln!(
        out,
        "<title id=\"{id}-title\">{}</title>",
        escaped(&format!("Stages: {}", lifecycle.head.label()), Html)
    );
    let _ = writeln!(out, "<desc id=\"{id}-desc\">{}</desc>", escaped(&description(lifecycle), Html));
    let _ = writeln!(
        out,
        "<defs><marker id=\"{id}-arrow\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\"><path class=\"head\" d=\"M0 1L9 5L0 9z\"/></marker></defs>"
    );
    let mut badges = Vec::new();
    for (((from, _), edge), points) in graph.edges.iter().zip(&drawing.lines) {
        let class = if edge.automatic { "line automatic" } else { "line" };
        let curve = match drawing.boxes.get(*from) {
            Some(own) if points.is_empty() => own_loop(own),
            _ => Curve::through(points),
        };
        let _ =
            writeln!(out, "<path class=\"{class}\" d=\"{}\" marker-end=\"url(#{id}-arrow)\"/>", curve.path());
        badges.push((curve, edge));
    }
    for (i, (label, placed)) in graph.labels.iter().zip(&drawing.boxes).enumerate() {
        stage(&mut out, label, placed, class(lifecycle, &graph, i));
    }
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for (curve, edge) in badges {
        badge(&mut out, &curve, edge, &mut taken);
    }
    out.push_str("</svg>");
    out
}

fn class(lifecycle: &Lifecycle, graph: &Graph, i: usize) -> &'static str {
    match i {
        i if graph.any == Some(i) => "stage any",
        i if lifecycle.start.contains(&i) => "stage start",
        i if lifecycle.end.contains(&i) => "stage end",
        _ => "stage",
    }
}

fn stage(out: &mut String, label: &[String], at: &Placed, class: &str) {
    let Size { w, h } = at.size;
    let (x, y) = (at.x - w / 2.0, at.y - h / 2.0);
    let _ = write!(
        out,
        "<g class=\"{class}\"><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" rx=\"7\"/>"
    );
    if class.ends_with("end") {
        let _ = write!(
            out,
            "<rect class=\"inner\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"4.5\"/>",
            x + 3.0,
            y + 3.0,
            w - 6.0,
            h - 6.0
        );
    }
    let first = at.y - (number(label.len()) - 1.0) * LINE / 2.0 + 4.8;
    for (i, line) in label.iter().enumerate() {
        let _ = write!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            at.x,
            first + number(i) * LINE,
            escaped(line, Html)
        );
    }
    out.push_str("</g>\n");
}

/// The numbers of a line, where they do not cover those of another.
fn badge(out: &mut String, curve: &Curve, edge: &Edge, taken: &mut Vec<(f64, f64)>) {
    let numbers: Vec<String> = edge.numbers.iter().map(ToString::to_string).collect();
    let words = if numbers.len() > 3 {
        format!("{}–{}", numbers[0], numbers[numbers.len() - 1])
    } else {
        numbers.join(", ")
    };
    let w = (number(words.chars().count()) * 7.6 + 10.0).max(20.0);
    let free = |(x, y): (f64, f64)| taken.iter().all(|(a, b)| (a - x).abs() > 26.0 || (b - y).abs() > 21.0);
    let tries = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
    let (x, y) = tries.iter().map(|t| curve.at(*t)).find(|p| free(*p)).unwrap_or_else(|| curve.at(0.5));
    taken.push((x, y));
    let _ = writeln!(
        out,
        "<g class=\"number\"><rect x=\"{:.1}\" y=\"{:.1}\" width=\"{w:.1}\" height=\"20\" rx=\"10\"/><text x=\"{x:.1}\" y=\"{:.1}\">{words}</text></g>",
        x - w / 2.0,
        y - 10.0,
        y + 4.4
    );
}

/// A line of cubic pieces.
struct Curve(Vec<[(f64, f64); 4]>);

impl Curve {
    /// Through points, upright at each of them.
    fn through(points: &[(f64, f64)]) -> Curve {
        let piece = |pair: &[(f64, f64)]| match pair {
            [(ax, ay), (bx, by)] => {
                let half = (by - ay) / 2.0;
                Some([(*ax, *ay), (*ax, ay + half), (*bx, by - half), (*bx, *by)])
            }
            _ => None,
        };
        Curve(points.windows(2).filter_map(piece).collect())
    }

    fn path(&self) -> String {
        let mut out = String::new();
        for (i, [a, b, c, d]) in self.0.iter().enumerate() {
            if i == 0 {
                let _ = write!(out, "M{:.1} {:.1}", a.0, a.1);
            }
            let _ = write!(out, "C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}", b.0, b.1, c.0, c.1, d.0, d.1);
        }
        out
    }

    /// The point at a part of the way, 0 to 1; each piece counts alike.
    fn at(&self, part: f64) -> (f64, f64) {
        let scaled = part * number(self.0.len());
        let mut index = 0;
        let mut rest = scaled;
        while rest > 1.0 && index + 1 < self.0.len() {
            rest -= 1.0;
            index += 1;
        }
        let Some(points) = self.0.get(index) else { return (0.0, 0.0) };
        let weights = bernstein(rest);
        let mix = |pick: fn(&(f64, f64)) -> f64| -> f64 {
            points.iter().zip(weights).map(|(point, weight)| pick(point) * weight).sum()
        };
        (mix(|p| p.0), mix(|p| p.1))
    }
}

/// How much each of the four points of a cubic piece counts at a part of its way.
fn bernstein(t: f64) -> [f64; 4] {
    let u = 1.0 - t;
    [u.powi(3), 3.0 * u.powi(2) * t, 3.0 * u * t.powi(2), t.powi(3)]
}

/// From a stage to itself, on its right.
fn own_loop(at: &Placed) -> Curve {
    let (x, y) = (at.x + at.size.w / 2.0, at.y);
    Curve(vec![[(x, y - 7.0), (x + LOOP, y - 16.0), (x + LOOP, y + 16.0), (x, y + 7.0)]])
}

/// The drawing in words.
fn description(lifecycle: &Lifecycle) -> String {
    let name = |id: StageId| lifecycle.stages.get(id).map_or("", |n| n.text.as_str());
    let steps: Vec<String> = lifecycle
        .transitions
        .iter()
        .enumerate()
        .map(|(i, t)| {
            let from = match t.from {
                From::Any => "any stage",
                From::Stage(id) => name(id),
            };
            format!("{}: from {from} to {}", i + 1, name(t.to))
        })
        .collect();
    format!("{}. The table below says the same.", steps.join("; "))
}

/// The same as a Mermaid state diagram.
pub fn mermaid(lifecycle: &Lifecycle) -> String {
    let graph = graph(lifecycle);
    let mut out = String::from("stateDiagram-v2\n");
    for (i, stage) in lifecycle.stages.iter().enumerate() {
        let _ = writeln!(out, "    state \"{}\" as s{}", mermaid_text(&stage.text), i + 1);
    }
    if let Some(any) = graph.any {
        let _ = writeln!(out, "    state \"any stage\" as s{}", any + 1);
    }
    for start in &lifecycle.start {
        let _ = writeln!(out, "    [*] --> s{}", start + 1);
    }
    for ((from, to), edge) in &graph.edges {
        let numbers: Vec<String> = edge.numbers.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "    s{} --> s{} : {}", from + 1, to + 1, numbers.join(", "));
    }
    for end in &lifecycle.end {
        let _ = writeln!(out, "    s{} --> [*]", end + 1);
    }
    out
}

/// Text in a drawing of Mermaid: what is not a plain letter, digit or blank is written by its number.
fn mermaid_text(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.') {
            out.push(c);
        } else if c.is_control() {
            out.push(' ');
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}
