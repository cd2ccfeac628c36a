//! Definitions and scores that build on one another: no circles, no towers, and nothing that grows with every step.

use super::Resolver;
use crate::diagnostic::Diagnostic;
use crate::model::predicate::Concept;
use crate::model::score::{Row, RowKind};
use crate::model::{Name, PredicateKind};

/// Rule: definitions or scores that refer to one another in a circle.
const CYCLE: &str = "definition-cycle";

/// How many definitions and scores may stand on one another. A reader gives up long before; the evaluator's stack does
/// not.
const MAX_HEIGHT: usize = 64;

/// How many conditions a definition or score may come to once everything in it is said in full. What is made of it
/// (formulas, sentences) grows with that, and so does the time to decide it.
const MAX_SIZE: usize = 4_000;

/// So many places of a circle are shown.
pub(super) const MAX_SHOWN: usize = 6;

impl Resolver<'_> {
    /// Reports circles and towers, and cuts them, so that whoever walks definitions and scores comes to an end.
    pub(super) fn order(&mut self) {
        let mut state = States {
            definitions: vec![Visit::New; self.definitions.len()],
            scores: vec![Visit::New; self.scores.len()],
        };
        let definitions = self.definitions.ids().map(Concept::Definition);
        let roots: Vec<Concept> = definitions.chain(self.scores.ids().map(Concept::Score)).collect();
        for root in roots {
            self.visit(root, &mut state);
        }
    }

    /// Depth first, with a stack of our own: the input decides how deep it goes.
    fn visit(&mut self, root: Concept, state: &mut States) {
        let mut path: Vec<(Concept, Vec<Concept>)> = Vec::new();
        let mut next = Some(root);
        loop {
            if let Some(at) = next.take() {
                match *state.of(at) {
                    Visit::New => {
                        *state.of(at) = Visit::Open;
                        let mut below = self.stands_on(at);
                        below.sort();
                        below.dedup();
                        path.push((at, below));
                    }
                    Visit::Open => self.report_cycle(&path, at),
                    Visit::Done { .. } => {}
                }
            }
            let Some((at, below)) = path.last_mut() else { return };
            if let Some(child) = below.pop() {
                next = Some(child);
                continue;
            }
            let at = *at;
            path.pop();
            let (height, size) = self.extent(at, state);
            *state.of(at) = if height > MAX_HEIGHT {
                let message = format!("stands on more than {MAX_HEIGHT} other {}", kinds(at));
                self.report(at, &message, "too many steps to follow")
            } else if size > MAX_SIZE {
                let what = if matches!(at, Concept::Score(_)) { "thing" } else { " definition" };
                let message =
                    format!("comes to more than {MAX_SIZE} conditions, with those of every{what} in it");
                self.report(at, &message, "too much to follow")
            } else {
                Visit::Done { height, size }
            };
        }
    }

    /// How many stand below one another under a definition or score, and how many conditions it comes to.
    fn extent(&self, at: Concept, state: &mut States) -> (usize, usize) {
        let (mut height, mut size) = match at {
            Concept::Definition(id) => (0, self.definitions[id].condition.size()),
            Concept::Score(id) => (0, self.scores[id].size()),
        };
        for below in self.stands_on(at) {
            if let Visit::Done { height: h, size: s } = *state.of(below) {
                height = height.max(h + 1);
                size = size.saturating_add(s);
            }
        }
        (height, size)
    }

    fn stands_on(&self, at: Concept) -> Vec<Concept> {
        match at {
            Concept::Definition(id) => self.definitions[id].condition.stands_on(),
            Concept::Score(id) => self.scores[id].stands_on(),
        }
    }

    fn concept_name(&self, at: Concept) -> Name {
        match at {
            Concept::Definition(id) => self.definitions[id].head.name.clone(),
            Concept::Score(id) => self.scores[id].head.name.clone(),
        }
    }

    fn report_cycle(&mut self, path: &[(Concept, Vec<Concept>)], again: Concept) {
        let from = path.iter().position(|(at, _)| *at == again).unwrap_or(0);
        let circle: Vec<Concept> = path[from..].iter().map(|(at, _)| *at).collect();
        let words: Vec<String> = circle.iter().map(|at| self.concept_name(*at).text).collect();
        let name = self.concept_name(again);
        let message = if circle.len() == 1 {
            format!("`{name}` is defined by itself")
        } else {
            format!("{} are defined by one another", crate::diagnostic::names(&words, "and"))
        };
        let needs = self.concept_name(circle.get(1).copied().unwrap_or(again));
        let note = if circle.iter().any(|at| matches!(at, Concept::Score(_))) {
            "Nobody can work one of them out without knowing it already."
        } else {
            "Nobody can tell whether an item is one without knowing it already."
        };
        let mut out = Diagnostic::error(CYCLE, message)
            .at(name.span, format!("to know what this is, one must know what `{needs}` is"))
            .note(note)
            .help("Say one of them in terms of fields.");
        for (i, at) in circle.iter().enumerate().skip(1).take(MAX_SHOWN) {
            let needs = self.concept_name(circle.get(i + 1).copied().unwrap_or(again));
            out = out.also(self.concept_name(*at).span, format!("needs `{needs}`"));
        }
        self.diagnostics.push(out);
        for at in circle {
            self.cut(at);
        }
    }

    /// Reports something that cannot be followed, and empties it.
    fn report(&mut self, at: Concept, message: &str, label: &str) -> Visit {
        let name = self.concept_name(at);
        self.diagnostics.push(
            Diagnostic::error(CYCLE, format!("`{name}` {message}"))
                .at(name.span, label)
                .help("Say it in terms of fields."),
        );
        self.cut(at);
        Visit::Done { height: 0, size: 1 }
    }

    /// Makes something stand on nothing. An error has been reported.
    fn cut(&mut self, at: Concept) {
        match at {
            Concept::Definition(id) => self.definitions[id].condition.kind = PredicateKind::Unknown,
            Concept::Score(id) => {
                let score = &mut self.scores[id];
                score.rows = vec![Row { kind: RowKind::Unknown, span: score.head.span }];
            }
        }
    }
}

fn kinds(at: Concept) -> &'static str {
    match at {
        Concept::Definition(_) => "definitions",
        Concept::Score(_) => "scores",
    }
}

/// How far the walk has come with each.
struct States {
    definitions: Vec<Visit>,
    scores: Vec<Visit>,
}

impl States {
    fn of(&mut self, at: Concept) -> &mut Visit {
        match at {
            Concept::Definition(id) => &mut self.definitions[id.index()],
            Concept::Score(id) => &mut self.scores[id.index()],
        }
    }
}

/// How far the walk has come with one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visit {
    New,
    Open,
    /// Finished.
    Done {
        /// So many stand on one another below it.
        height: usize,
        /// So many conditions it comes to.
        size: usize,
    },
}
