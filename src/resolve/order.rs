//! Definitions that build on definitions: no circles, no towers, and nothing that grows with every step.

use super::Resolver;
use crate::diagnostic::Diagnostic;
use crate::model::{Arena, Definition, Id, PredicateKind};

/// Rule: definitions that refer to one another in a circle.
const CYCLE: &str = "definition-cycle";

/// How many definitions may stand on one another. A reader gives up long before; the evaluator's stack does not.
const MAX_HEIGHT: usize = 64;

/// How many conditions a definition may come to once every definition in it is said in full. What is made of it (formulas,
/// sentences) grows with that, and so does the time to decide it.
const MAX_SIZE: usize = 4_000;

/// So many places of a circle are shown.
pub(super) const MAX_SHOWN: usize = 6;

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
            let (height, size) = self.extent(id, state);
            state[id.index()] = if height > MAX_HEIGHT {
                let message = format!("stands on more than {MAX_HEIGHT} other definitions");
                self.cut(id, &message, "too many steps to follow")
            } else if size > MAX_SIZE {
                let message =
                    format!("comes to more than {MAX_SIZE} conditions, with those of every definition in it");
                self.cut(id, &message, "too much to follow")
            } else {
                Visit::Done { height, size }
            };
        }
    }

    /// How many definitions stand below one another under a definition, and how many conditions it comes to.
    fn extent(&self, id: Id<Definition>, state: &[Visit]) -> (usize, usize) {
        let condition = &self.definitions[id].condition;
        let mut size = 0_usize;
        condition.walk(&mut |_| size += 1);
        let mut height = 0;
        for below in condition.definitions() {
            if let Some(Visit::Done { height: h, size: s }) = state.get(below.index()) {
                height = height.max(h + 1);
                size = size.saturating_add(*s);
            }
        }
        (height, size)
    }

    fn report_cycle(&mut self, path: &[(Id<Definition>, Vec<Id<Definition>>)], again: Id<Definition>) {
        let from = path.iter().position(|(id, _)| *id == again).unwrap_or(0);
        let circle: Vec<Id<Definition>> = path[from..].iter().map(|(id, _)| *id).collect();
        let name = |id: Id<Definition>| self.definitions[id].head.name.clone();
        let words: Vec<String> = circle.iter().map(|id| name(*id).text).collect();
        let message = if circle.len() == 1 {
            format!("`{}` is defined by itself", name(again))
        } else {
            format!("{} are defined by one another", crate::diagnostic::names(&words, "and"))
        };
        let needs = circle.get(1).copied().unwrap_or(again);
        let mut out = Diagnostic::error(CYCLE, message)
            .at(name(again).span, format!("to know what this is, one must know what `{}` is", name(needs)))
            .note("Nobody can tell whether an item is one without knowing it already.")
            .help("Say one of them in terms of fields.");
        for (i, id) in circle.iter().enumerate().skip(1).take(MAX_SHOWN) {
            let needs = circle.get(i + 1).copied().unwrap_or(again);
            out = out.also(name(*id).span, format!("needs `{}`", name(needs)));
        }
        self.diagnostics.push(out);
        for id in circle {
            self.definitions[id].condition.kind = PredicateKind::Unknown;
        }
    }

    /// Reports a definition that cannot be followed, and empties it.
    fn cut(&mut self, id: Id<Definition>, message: &str, label: &str) -> Visit {
        let name = &self.definitions[id].head.name;
        self.diagnostics.push(
            Diagnostic::error(CYCLE, format!("`{name}` {message}"))
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
    /// Finished.
    Done {
        /// So many definitions stand below it.
        height: usize,
        /// So many conditions it comes to.
        size: usize,
    },
}

fn unique(definitions: &Arena<Definition>, id: Id<Definition>) -> Vec<Id<Definition>> {
    let mut out = definitions[id].condition.definitions();
    out.sort();
    out.dedup();
    out
}
