//! Circles in graphs: which places lie on one, and how one of them goes.

use std::collections::{BTreeSet, VecDeque};

/// A graph: for each place, the places that a step leads to.
pub(super) type Steps = Vec<BTreeSet<usize>>;

/// The groups of places that lead to one another, of two places or more, each in order.
pub(super) fn circles(steps: &Steps) -> Vec<BTreeSet<usize>> {
    let mut back: Steps = vec![BTreeSet::new(); steps.len()];
    for (from, targets) in steps.iter().enumerate() {
        for to in targets {
            back[*to].insert(from);
        }
    }
    let mut grouped = vec![false; steps.len()];
    let mut out = Vec::new();
    // From the place that is done last, everything that leads to it and is in no group yet.
    for root in order_done(steps).into_iter().rev() {
        if grouped[root] {
            continue;
        }
        let mut group = BTreeSet::new();
        let mut waiting = vec![root];
        while let Some(at) = waiting.pop() {
            if !std::mem::replace(&mut grouped[at], true) {
                group.insert(at);
                waiting.extend(back[at].iter().copied().filter(|before| !grouped[*before]));
            }
        }
        if group.len() > 1 {
            out.push(group);
        }
    }
    out.sort();
    out
}

/// The places in the order in which a walk along the steps is done with them.
fn order_done(steps: &Steps) -> Vec<usize> {
    let mut seen = vec![false; steps.len()];
    let mut done = Vec::new();
    for start in 0..steps.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut path = vec![(start, steps[start].iter())];
        while let Some((at, next)) = path.last_mut() {
            match next.next() {
                Some(to) if !seen[*to] => {
                    seen[*to] = true;
                    path.push((*to, steps[*to].iter()));
                }
                Some(_) => {}
                None => {
                    done.push(*at);
                    path.pop();
                }
            }
        }
    }
    done
}

/// A shortest way from a place back to it within a group, without the place at the end.
pub(super) fn lap(steps: &Steps, group: &BTreeSet<usize>, from: usize) -> Vec<usize> {
    let mut before = vec![None; steps.len()];
    let mut waiting = VecDeque::from([from]);
    while let Some(at) = waiting.pop_front() {
        for to in steps[at].iter().filter(|to| group.contains(to)) {
            if *to == from {
                let mut way = vec![at];
                while let Some(earlier) = before[way[way.len() - 1]] {
                    way.push(earlier);
                }
                way.reverse();
                return way;
            }
            if before[*to].is_none() {
                before[*to] = Some(at);
                waiting.push_back(*to);
            }
        }
    }
    Vec::new()
}

/// The places that steps lead to from some, these included.
pub(super) fn reached(steps: &Steps, from: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    let mut waiting: Vec<usize> = from.into_iter().collect();
    while let Some(at) = waiting.pop() {
        if out.insert(at) {
            waiting.extend(steps[at].iter().copied().filter(|to| !out.contains(to)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(steps: &[&[usize]]) -> Steps {
        steps.iter().map(|targets| targets.iter().copied().collect()).collect()
    }

    #[test]
    fn circles_are_groups_that_lead_to_one_another() {
        // 0 -> 1 <-> 2 -> 3 -> 4 -> 5 -> 3, and 6 alone.
        let steps = graph(&[&[1], &[2], &[1, 3], &[4], &[5], &[3], &[]]);
        assert_eq!(circles(&steps), [BTreeSet::from([1, 2]), BTreeSet::from([3, 4, 5])]);
        assert!(circles(&graph(&[&[1], &[2], &[]])).is_empty());
        assert!(circles(&Vec::new()).is_empty());
    }

    #[test]
    fn a_lap_is_the_shortest_one() {
        let steps = graph(&[&[1, 2], &[2], &[0]]);
        let group = BTreeSet::from([0, 1, 2]);
        assert_eq!(lap(&steps, &group, 0), [0, 2]);
        assert_eq!(lap(&steps, &group, 1), [1, 2, 0]);
        assert_eq!(reached(&steps, [2]), group);
    }
}
