//! Layers: where the boxes of a drawing stand and how the lines between them run.
//!
//! The usual four steps for drawings of this kind. Circles are broken up by turning lines around; boxes are put on layers
//! so that every line leads down; each layer is ordered so that few lines cross; boxes move towards their neighbours.

/// Room between boxes beside each other.
const GAP_X: f64 = 28.0;
/// Room between layers.
const GAP_Y: f64 = 62.0;
/// Room around everything.
const MARGIN: f64 = 12.0;
/// How often layers are put in order, and boxes moved.
const SWEEPS: usize = 8;

/// A box to be placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// A placed box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Middle, from the left.
    pub x: f64,
    /// Middle, from the top.
    pub y: f64,
    /// Its size.
    pub size: Size,
}

/// A drawing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// The boxes, in the order given.
    pub boxes: Vec<Placed>,
    /// The points each line goes through, from its start to its end, in the order given.
    pub lines: Vec<Vec<(f64, f64)>>,
    /// Width of the whole.
    pub width: f64,
    /// Height of the whole.
    pub height: f64,
}

/// A box, or the place where a long line passes a layer.
#[derive(Debug, Clone, Copy)]
struct Node {
    layer: usize,
    size: Size,
    x: f64,
}

/// A line that leads one layer down or more.
struct Line {
    /// Nodes from top to bottom.
    nodes: Vec<usize>,
    /// Whether it was turned around to lead down.
    turned: bool,
}

/// Places boxes and lines; `lines` are pairs of indices of boxes. A line from a box to itself has no points.
pub fn layout(sizes: &[Size], lines: &[(usize, usize)]) -> Layout {
    if sizes.is_empty() {
        return Layout::default();
    }
    let down = turned(sizes.len(), lines);
    let layers = layers(sizes.len(), &down);
    let mut nodes: Vec<Node> =
        sizes.iter().zip(&layers).map(|(size, layer)| Node { layer: *layer, size: *size, x: 0.0 }).collect();
    let drawn: Vec<Option<Line>> = down.iter().map(|line| line.map(|l| long(l, &mut nodes))).collect();
    let mut rows = rows(&nodes);
    let links = links(nodes.len(), &drawn);
    order(&mut rows, &nodes, &links);
    place(&rows, &mut nodes, &links);
    finish(sizes.len(), &nodes, &rows, &drawn)
}

/// A line that leads down: from, to, and whether it was turned.
type Down = (usize, usize, bool);

/// Turns lines around until no circle is left. `None`: a line from a box to itself.
fn turned(count: usize, lines: &[(usize, usize)]) -> Vec<Option<Down>> {
    // 0: not seen, 1: on the way, 2: done.
    let mut state = vec![0u8; count];
    let mut back = vec![false; lines.len()];
    for root in 0..count {
        if state[root] != 0 {
            continue;
        }
        state[root] = 1;
        let mut path = vec![(root, 0usize)];
        while let Some((at, next)) = path.last_mut() {
            let (here, from) = (*at, *next);
            let found = (from..lines.len()).find(|i| lines[*i].0 == here);
            if let Some(i) = found {
                *next = i + 1;
                let to = lines[i].1;
                match state[to] {
                    0 => {
                        state[to] = 1;
                        path.push((to, 0));
                    }
                    1 => back[i] = true,
                    _ => {}
                }
            } else {
                state[here] = 2;
                path.pop();
            }
        }
    }
    let down = lines.iter().zip(back);
    down.map(|((from, to), back)| match (from == to, back) {
        (true, _) => None,
        (false, true) => Some((*to, *from, true)),
        (false, false) => Some((*from, *to, false)),
    })
    .collect()
}

/// The layer of every box: below everything that leads to it, and a box that nothing leads to just above what it leads to.
fn layers(count: usize, lines: &[Option<Down>]) -> Vec<usize> {
    let mut layer = vec![0usize; count];
    for _ in 0..count {
        for (from, to, _) in lines.iter().flatten() {
            layer[*to] = layer[*to].max(layer[*from] + 1);
        }
    }
    for (i, at) in layer.clone().into_iter().enumerate() {
        let is_first = at == 0 && !lines.iter().flatten().any(|(_, to, _)| *to == i);
        let below = lines.iter().flatten().filter(|(from, ..)| *from == i).map(|(_, to, _)| layer[*to]).min();
        if let (true, Some(below)) = (is_first && i > 0, below) {
            layer[i] = below.saturating_sub(1);
        }
    }
    layer
}

/// A line with a node on every layer it passes.
fn long((from, to, turned): Down, nodes: &mut Vec<Node>) -> Line {
    let (first, last) = (nodes[from].layer, nodes[to].layer);
    let mut line = vec![from];
    for layer in first + 1..last {
        nodes.push(Node { layer, size: Size { w: 14.0, h: 0.0 }, x: 0.0 });
        line.push(nodes.len() - 1);
    }
    line.push(to);
    Line { nodes: line, turned }
}

fn rows(nodes: &[Node]) -> Vec<Vec<usize>> {
    let count = nodes.iter().map(|n| n.layer).max().unwrap_or(0) + 1;
    let mut rows = vec![Vec::new(); count];
    for (i, node) in nodes.iter().enumerate() {
        rows[node.layer].push(i);
    }
    rows
}

/// The neighbours above and below of every node.
struct Links {
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
}

fn links(count: usize, lines: &[Option<Line>]) -> Links {
    let mut links = Links { above: vec![Vec::new(); count], below: vec![Vec::new(); count] };
    for pair in lines.iter().flatten().flat_map(|line| line.nodes.windows(2)) {
        if let [upper, lower] = pair {
            links.below[*upper].push(*lower);
            links.above[*lower].push(*upper);
        }
    }
    links
}

/// Orders every layer by the middle of its neighbours, and keeps the order with the fewest crossings.
fn order(rows: &mut Vec<Vec<usize>>, nodes: &[Node], links: &Links) {
    let mut best = rows.clone();
    let mut fewest = crossings(rows, nodes.len(), links);
    for sweep in 0..SWEEPS {
        let down = sweep % 2 == 0;
        let range: Vec<usize> =
            if down { (1..rows.len()).collect() } else { (0..rows.len() - 1).rev().collect() };
        for layer in range {
            let at = positions(rows, nodes.len());
            let neighbours = if down { &links.above } else { &links.below };
            let middle = |node: usize| match neighbours[node].as_slice() {
                [] => at[node],
                some => some.iter().map(|n| at[*n]).sum::<f64>() / count(some.len()),
            };
            // The sort is stable, so equals keep their order.
            rows[layer].sort_by(|a, b| middle(*a).total_cmp(&middle(*b)));
        }
        let now = crossings(rows, nodes.len(), links);
        if now < fewest {
            fewest = now;
            best.clone_from(rows);
        }
    }
    *rows = best;
}

/// The place of every node in its row, from 0 to 1, so that rows of different lengths compare.
fn positions(rows: &[Vec<usize>], total: usize) -> Vec<f64> {
    let mut at = vec![0.0; total];
    for row in rows {
        for (i, node) in row.iter().enumerate() {
            at[*node] = (count(i) + 0.5) / count(row.len());
        }
    }
    at
}

fn crossings(rows: &[Vec<usize>], total: usize, links: &Links) -> usize {
    let at = positions(rows, total);
    rows.iter()
        .map(|row| {
            let lines: Vec<(f64, f64)> =
                row.iter().flat_map(|n| links.below[*n].iter().map(|b| (at[*n], at[*b]))).collect();
            let pairs = lines.iter().enumerate();
            pairs
                .map(|(i, a)| lines[i + 1..].iter().filter(|b| (a.0 - b.0) * (a.1 - b.1) < 0.0).count())
                .sum::<usize>()
        })
        .sum()
}

/// Puts the nodes of each row side by side, then moves them towards their neighbours.
fn place(rows: &[Vec<usize>], nodes: &mut [Node], links: &Links) {
    for row in rows {
        let mut x = 0.0;
        for node in row {
            x += nodes[*node].size.w / 2.0;
            nodes[*node].x = x;
            x += nodes[*node].size.w / 2.0 + GAP_X;
        }
        let shift = (x - GAP_X) / 2.0;
        for node in row {
            nodes[*node].x -= shift;
        }
    }
    for sweep in 0..SWEEPS * 2 {
        for row in rows {
            let wanted: Vec<f64> = row
                .iter()
                .map(|node| {
                    let near: Vec<usize> = match sweep % 3 {
                        0 => links.above[*node].clone(),
                        1 => links.below[*node].clone(),
                        _ => links.above[*node].iter().chain(&links.below[*node]).copied().collect(),
                    };
                    if near.is_empty() {
                        return nodes[*node].x;
                    }
                    near.iter().map(|n| nodes[*n].x).sum::<f64>() / count(near.len())
                })
                .collect();
            settle(row, nodes, &wanted);
        }
    }
}

/// Moves a row as near to the wanted places as its boxes allow: the mean of a run from the left and one from the right.
fn settle(row: &[usize], nodes: &mut [Node], wanted: &[f64]) {
    let apart = |a: usize, b: usize| f64::midpoint(nodes[a].size.w, nodes[b].size.w) + GAP_X;
    let mut left: Vec<f64> = Vec::with_capacity(row.len());
    for (i, node) in row.iter().enumerate() {
        let least = i.checked_sub(1).map_or(f64::MIN, |before| left[before] + apart(row[before], *node));
        left.push(wanted[i].max(least));
    }
    let mut right = wanted.to_vec();
    for i in (0..row.len()).rev() {
        if i + 1 < row.len() {
            right[i] = right[i].min(right[i + 1] - apart(row[i], row[i + 1]));
        }
    }
    let places: Vec<f64> = left.iter().zip(&right).map(|(l, r)| f64::midpoint(*l, *r)).collect();
    for (node, x) in row.iter().zip(places) {
        nodes[*node].x = x;
    }
}

fn finish(boxes: usize, nodes: &[Node], rows: &[Vec<usize>], lines: &[Option<Line>]) -> Layout {
    let left = nodes.iter().map(|n| n.x - n.size.w / 2.0).fold(f64::MAX, f64::min);
    let right = nodes.iter().map(|n| n.x + n.size.w / 2.0).fold(f64::MIN, f64::max);
    let mut tops = Vec::with_capacity(rows.len());
    let mut y = MARGIN;
    for row in rows {
        let height = row.iter().map(|n| nodes[*n].size.h).fold(0.0, f64::max);
        tops.push((y, height));
        y += height + GAP_Y;
    }
    let middle = |node: &Node| tops[node.layer].0 + tops[node.layer].1 / 2.0;
    let x = |node: &Node| node.x - left + MARGIN;
    let placed: Vec<Placed> =
        nodes[..boxes].iter().map(|n| Placed { x: x(n), y: middle(n), size: n.size }).collect();
    let ports = Ports::new(nodes, lines);
    let lines = lines.iter().enumerate().map(|(i, line)| {
        let Some(line) = line else { return Vec::new() };
        let last = line.nodes.len() - 1;
        let mut points: Vec<(f64, f64)> = Vec::new();
        for (at, node) in line.nodes.iter().enumerate() {
            let n = &nodes[*node];
            let (middle, half) = (middle(n), n.size.h / 2.0);
            points.push(match at {
                0 => (x(n) + ports.below(i, *node, n), middle + half),
                _ if at == last => (x(n) + ports.above(i, *node, n), middle - half),
                _ => (x(n), middle),
            });
        }
        if line.turned {
            points.reverse();
        }
        points
    });
    let lines = lines.collect();
    Layout { boxes: placed, lines, width: right - left + 2.0 * MARGIN, height: y - GAP_Y + MARGIN }
}

/// Where the lines of a box begin and end along its edges: side by side, in the order of their other ends.
struct Ports {
    /// By node: the lines at its lower edge, and at its upper one, from left to right.
    below: Vec<Vec<usize>>,
    above: Vec<Vec<usize>>,
}

impl Ports {
    fn new(nodes: &[Node], lines: &[Option<Line>]) -> Ports {
        let mut ends: Vec<Vec<(f64, usize)>> = vec![Vec::new(); nodes.len()];
        let mut starts = ends.clone();
        for (i, line) in lines.iter().enumerate() {
            if let Some([first, second, ..]) = line.as_ref().map(|l| l.nodes.as_slice()) {
                starts[*first].push((nodes[*second].x, i));
            }
            if let Some([.., before, last]) = line.as_ref().map(|l| l.nodes.as_slice()) {
                ends[*last].push((nodes[*before].x, i));
            }
        }
        let sorted = |mut all: Vec<Vec<(f64, usize)>>| {
            for of in &mut all {
                of.sort_by(|a, b| a.0.total_cmp(&b.0));
            }
            all.into_iter().map(|of| of.into_iter().map(|(_, i)| i).collect()).collect()
        };
        Ports { below: sorted(starts), above: sorted(ends) }
    }

    fn below(&self, line: usize, node: usize, at: &Node) -> f64 {
        Ports::offset(&self.below[node], line, at)
    }

    fn above(&self, line: usize, node: usize, at: &Node) -> f64 {
        Ports::offset(&self.above[node], line, at)
    }

    fn offset(lines: &[usize], line: usize, at: &Node) -> f64 {
        let place = lines.iter().position(|l| *l == line).unwrap_or(0);
        let room = at.size.w * 0.7;
        (count(place) + 0.5) / count(lines.len()) * room - room / 2.0
    }
}

/// A small count as a number one can calculate with.
fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Size = Size { w: 80.0, h: 30.0 };

    fn overlap(a: &Placed, b: &Placed) -> bool {
        (a.x - b.x).abs() < f64::midpoint(a.size.w, b.size.w)
            && (a.y - b.y).abs() < f64::midpoint(a.size.h, b.size.h)
    }

    #[test]
    fn boxes_do_not_overlap_and_lie_inside() {
        for n in 1..15usize {
            let lines: Vec<(usize, usize)> =
                (0..n * 2).map(|i| (i * 7 % n, (i * i + 3 * i + 1) % n)).collect();
            let drawing = layout(&vec![BOX; n], &lines);
            assert_eq!((drawing.boxes.len(), drawing.lines.len()), (n, lines.len()));
            for (i, a) in drawing.boxes.iter().enumerate() {
                assert!(a.x - a.size.w / 2.0 >= 0.0 && a.x + a.size.w / 2.0 <= drawing.width, "{a:?}");
                assert!(a.y - a.size.h / 2.0 >= 0.0 && a.y + a.size.h / 2.0 <= drawing.height, "{a:?}");
                assert!(drawing.boxes[i + 1..].iter().all(|b| !overlap(a, b)), "{n}: {a:?}");
            }
        }
    }

    #[test]
    fn lines_lead_down_unless_they_close_a_circle() {
        let drawing = layout(&[BOX; 3], &[(0, 1), (1, 2), (2, 0)]);
        let ys: Vec<f64> = drawing.boxes.iter().map(|b| b.y).collect();
        assert!(ys[0] < ys[1] && ys[1] < ys[2]);
        let back = &drawing.lines[2];
        assert_eq!(back.len(), 3, "passes the layer between");
        assert!(back[0].1 > back[2].1, "and leads up");
    }
}
