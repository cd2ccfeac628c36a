//! `exception-outside-term`.

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Date, Effective, Waiver};

/// The rule.
pub static RULE: Rule = Rule {
    name: "exception-outside-term",
    summary: "an exception for days on which the agreement does not hold",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("exception_outside_term.md"),
};

fn excuses_nothing(waiver: &Waiver, effective: &Effective, days: Days) -> Diagnostic {
    let name = &waiver.head.name;
    let to_end =
        |last: Option<Date>| last.map_or("until further notice".to_owned(), |last| format!("to {last}"));
    let window = match (days.from, days.until) {
        (Some(from), until) => format!("{from} {}", to_end(until)),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => String::new(),
    };
    Diagnostic::warning(RULE.name, format!("the exception `{name}` excuses nothing: it is outside the term"))
        .at(name.span, "not a day of it lies in the term")
        .also(effective.span, "the term")
        .witness(Witness {
            title: "the two have no day in common".to_owned(),
            rows: vec![
                ("the agreement".to_owned(), format!("{} {}", days.first, to_end(days.last))),
                ("the exception".to_owned(), window),
            ],
        })
        .note("Somebody counts on this leave and will be reported as late. A wrong year is the usual cause.")
        .help("Put its days right, or delete it.")
}

/// The days of an exception and of a term; both ends are included.
#[derive(Clone, Copy)]
struct Days {
    from: Option<Date>,
    until: Option<Date>,
    first: Date,
    last: Option<Date>,
}

impl Days {
    /// `None` while one of them is open.
    fn of(waiver: &Waiver, effective: &Effective) -> Option<Days> {
        let (first, last) = effective.term()?;
        let day = |slot: &Option<crate::model::Slot<Date>>| match slot {
            Some(slot) => slot.get().map(|date| Some(*date)),
            None => Some(None),
        };
        Some(Days { from: day(&waiver.from)?, until: day(&waiver.until)?, first, last })
    }

    fn are_apart(self) -> bool {
        self.until.is_some_and(|until| until < self.first)
            || self.from.zip(self.last).is_some_and(|(from, last)| last < from)
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(effective) = &context.model.agreement.effective else { return };
    for waiver in context.model.waivers.values() {
        if let Some(days) = Days::of(waiver, effective).filter(|days| days.are_apart()) {
            out.push(excuses_nothing(waiver, effective, days));
        }
    }
}
