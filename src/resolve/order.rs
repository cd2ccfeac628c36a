//! Definitions and scores that build on one another: no circles, no towers, and nothing that is endless when it is written
//! out.

use super::Resolver;
use crate::diagnostic::Diagnostic;
use crate::model::predicate::Concept;
use crate::model::score::{Row, RowKind};
use crate::model::{Name, PredicateKind};

/// Rule: definitions that refer to one another in a circle.
const CYCLE: &str = "definition-cycle";

/// How many definitions and scores may stand on one another. A reader gives up long before; the evaluator's stack does
/// not.
const MAX_HEIGHT: usize = 64;

/// How many there may be when each is put in place of its name, wherever it is named: so often they are looked at, and so
/// long a query gets.
const MAX_WEIGHT: u64 = 10_000;

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
            *state.of(at) = self.measured(at, state);
        }
    }

    /// How high and how heavy something is, once everything below it is known.
    fn measured(&mut self, at: Concept, state: &mut States) -> Visit {
        let (mut height, mut weight) = (0, 1_u64);
        for below in self.stands_on(at) {
            if let Visit::Done { height: h, weight: w } = *state.of(below) {
                height = height.max(h + 1);
                weight = weight.saturating_add(w);
            }
        }
        if height > MAX_HEIGHT {
            self.report(at, &format!("stands on more than {MAX_HEIGHT} others"), "too many steps to follow");
        } else if weight > MAX_WEIGHT {
            let message =
                format!("comes to more than {MAX_WEIGHT} conditions when everything it names is written out");
            self.report(at, &message, "more than anybody could check");
        } else {
            return Visit::Done { height, weight };
        }
        Visit::Done { height: 0, weight: 1 }
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
        let mut words: Vec<String> =
            circle.iter().map(|at| format!("`{}`", self.concept_name(*at))).collect();
        let name = self.concept_name(again);
        words.push(format!("`{name}`"));
        let message = if circle.len() == 1 {
            format!("`{name}` is defined by itself")
        } else {
            format!("{} are defined by one another", crate::diagnostic::join(&words[..circle.len()], "and"))
        };
        let mut out = Diagnostic::error(CYCLE, message)
            .at(name.span, words.join(" needs "))
            .note(if circle.iter().any(|at| matches!(at, Concept::Score(_))) {
                "Nobody can work one of them out without knowing it already."
            } else {
                "Nobody can tell whether an item is one without knowing it already."
            })
            .help("Say one of them in terms of fields.");
        for at in &circle[1..] {
            out = out.also(self.concept_name(*at).span, "part of the circle");
        }
        self.diagnostics.push(out);
        for at in circle {
            self.cut(at);
        }
    }

    fn report(&mut self, at: Concept, message: &str, label: &str) {
        let name = self.concept_name(at);
        self.diagnostics.push(
            Diagnostic::error(CYCLE, format!("`{name}` {message}"))
                .at(name.span, label)
                .help("Say it in terms of fields."),
        );
        self.cut(at);
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
        /// So many there are, itself included, when everything is written out.
        weight: u64,
    },
}
