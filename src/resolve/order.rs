//! Definitions that build on definitions: no circles, no towers, and nothing that grows with every step.

use super::Resolver;
use crate::diagnostic::Diagnostic;
use crate::model::{Arena, Definition, Id, PredicateKind};

/// Rule: definitions that refer to one another in a circle.
const CYCLE: &str = "definition-cycle";

/// How many definitions may stand on one another. A reader gives up long before; the evaluator's stack does not.
const MAX_HEIGHT: usize = 64;

/// How many questions a definition may come to when every definition in it is written out. Without this bound a few lines
/// that name the one above twice would take years to answer.
const MAX_SIZE: usize = 10_000;

impl Resolver<'_> {
    /// Reports circles and towers, and cuts them, so that whoever walks definitions comes to an end.
    pub(super) fn definition_order(&mut self) {
        let mut state = vec![Visit::New; self.definitions.len()];
        for root in self.definitions.ids() {
            self.visit(root, &mut state);
        }
    }

    /// Depth first, with a stack of our own: the input decides how deep it goes.
    fn visit(&mut self, root: Id<Definition>, state: &mut [Visit]) {
        let mut path: Vec<(Id<Definition>, Vec<Id<Definition>>)> = Vec::new();
        let mut next = Some(root);
        loop {
            if let Some(id) = next.take() {
                match state[id.index()] {
                    Visit::New => {
                        state[id.index()] = Visit::Open;
                        path.push((id, unique(&self.definitions, id)));
                    }
                    Visit::Open => self.report_cycle(&path, id),
                    Visit::Done { .. } => {}
                }
            }
            let Some((id, children)) = path.last_mut() else { return };
            if let Some(child) = children.pop() {
                next = Some(child);
                continue;
            }
            let id = *id;
            path.pop();
            let (height, size) = self.measure(id, state);
            state[id.index()] = if height > MAX_HEIGHT {
                let why = format!("stands on more than {MAX_HEIGHT} other definitions");
                self.cut(id, &why, "too many steps to follow")
            } else if size > MAX_SIZE {
                self.cut(
                    id,
                    &format!("comes to more than {MAX_SIZE} conditions"),
                    "with all that it builds on",
                )
            } else {
                Visit::Done { height, size }
            };
        }
    }

    fn report_cycle(&mut self, path: &[(Id<Definition>, Vec<Id<Definition>>)], again: Id<Definition>) {
        let from = path.iter().position(|(id, _)| *id == again).unwrap_or(0);
        let circle: Vec<Id<Definition>> = path[from..].iter().map(|(id, _)| *id).collect();
        let name = |id: Id<Definition>| self.definitions[id].head.name.clone();
        let mut words: Vec<String> = circle.iter().map(|id| format!("`{}`", name(*id))).collect();
        words.push(format!("`{}`", name(again)));
        let message = if circle.len() == 1 {
            format!("`{}` is defined by itself", name(again))
        } else {
            format!("{} are defined by one another", crate::diagnostic::join(&words[..circle.len()], "and"))
        };
        let mut out = Diagnostic::error(CYCLE, message)
            .at(name(again).span, words.join(" needs "))
            .note("Nobody can tell whether an item is one without knowing it already.")
            .help("Say one of them in terms of fields.");
        for id in &circle[1..] {
            out = out.also(name(*id).span, "part of the circle");
        }
        self.diagnostics.push(out);
        for id in circle {
            self.definitions[id].condition.kind = PredicateKind::Unknown;
        }
    }

    /// On how many levels of definitions one stands, and how many questions it comes to.
    fn measure(&self, id: Id<Definition>, state: &[Visit]) -> (usize, usize) {
        let condition = &self.definitions[id].condition;
        let mut own = 0;
        condition.walk(&mut |_| own += 1);
        let below = condition.definitions().into_iter().filter_map(|named| match state[named.index()] {
            Visit::Done { height, size } => Some((height, size)),
            Visit::New | Visit::Open => None,
        });
        below.fold((0, own), |(height, size), (below, more)| (height.max(below + 1), size + more))
    }

    /// Reports a definition that cannot be followed, and empties it.
    fn cut(&mut self, id: Id<Definition>, why: &str, label: &str) -> Visit {
        let name = &self.definitions[id].head.name;
        self.diagnostics.push(
            Diagnostic::error(CYCLE, format!("`{name}` {why}"))
                .at(name.span, label)
                .help("Say it in terms of fields."),
        );
        self.definitions[id].condition.kind = PredicateKind::Unknown;
        Visit::Done { height: 0, size: 1 }
    }
}

/// How far the walk has come with a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visit {
    New,
    Open,
    /// Finished; so many definitions stand below it, and so many questions it comes to.
    Done {
        height: usize,
        size: usize,
    },
}

fn unique(definitions: &Arena<Definition>, id: Id<Definition>) -> Vec<Id<Definition>> {
    let mut out = definitions[id].condition.definitions();
    out.sort();
    out.dedup();
    out
}
