//! Conditions in the notation of the source: what they print means what was read, brackets and all.

use crate::model::children::{MomentTest, WindowSpan};
use crate::model::{
    Aggregate, AggregateKind, Children, Constant, Field, Id, Model, Predicate, PredicateKind, Record, Term,
};

/// A condition over a record, as one could write it in a `.clause` file.
pub fn exact(model: &Model, record: Id<Record>, condition: &Predicate) -> String {
    Printer { model, record }.condition(condition, Place::Outside)
}

/// A value, as one could write it in a `.clause` file.
pub fn constant(value: &Constant) -> String {
    match value {
        Constant::Number(n) => n.normalize().to_string(),
        Constant::Percent(n) => format!("{}%", n.normalize()),
        Constant::Money(n, currency) => format!("{currency} {}", n.normalize()),
        Constant::Text(text) | Constant::Choice(text) => word(text),
        Constant::Boolean(value) => value.to_string(),
        Constant::Date(date) => date.to_string(),
        Constant::DateTime(at) => at.to_string(),
    }
}

/// A bare word where that is one, else in quotes.
fn word(text: &str) -> String {
    const TAKEN: [&str; 10] = ["true", "false", "and", "or", "not", "in", "is", "between", "now", "today"];
    let mut chars = text.chars();
    let starts = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    if starts && chars.all(|c| c.is_ascii_alphanumeric() || c == '_') && !TAKEN.contains(&text) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Where a condition stands, and so whether it needs brackets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Or,
    And,
    Not,
}

struct Printer<'m> {
    model: &'m Model,
    record: Id<Record>,
}

impl Printer<'_> {
    fn condition(&self, condition: &Predicate, place: Place) -> String {
        let bracket = |text: String, needed: bool| if needed { format!("({text})") } else { text };
        let all = |parts: &[Predicate], place: Place, word: &str| {
            parts.iter().map(|p| self.condition(p, place)).collect::<Vec<_>>().join(word)
        };
        match &condition.kind {
            PredicateKind::Always => "true".to_owned(),
            PredicateKind::And(parts) => {
                bracket(all(parts, Place::And, " and "), matches!(place, Place::And | Place::Not))
            }
            PredicateKind::Or(parts) => bracket(all(parts, Place::Or, " or "), place != Place::Outside),
            PredicateKind::Not(inner) => match &inner.kind {
                PredicateKind::In { term, values } => {
                    format!("{} not in [{}]", self.term(term), constants(values))
                }
                PredicateKind::Exists(children) => {
                    format!("no {}{}", self.name(children), self.which(children))
                }
                _ => bracket(format!("not {}", self.condition(inner, Place::Not)), place == Place::Not),
            },
            PredicateKind::Compare { left, op, right } => bracket(
                format!("{} {} {}", self.term(left), op.sign(), self.term(right)),
                place == Place::Not,
            ),
            PredicateKind::Between { term, low, high } => bracket(
                format!("{} between {} and {}", self.term(term), self.term(low), self.term(high)),
                place == Place::Not,
            ),
            PredicateKind::In { term, values } => format!("{} in [{}]", self.term(term), constants(values)),
            PredicateKind::Blank(field) => format!("{} is blank", self.field(*field)),
            PredicateKind::Set(field) => format!("{} is set", self.field(*field)),
            PredicateKind::StartsWith(field, text) => {
                format!("{} starts with {}", self.field(*field), quoted(text))
            }
            PredicateKind::Contains(field, text) => {
                format!("{} contains {}", self.field(*field), quoted(text))
            }
            PredicateKind::Has(field, value) => format!("{} contains {}", self.field(*field), word(value)),
            PredicateKind::Flag(field) => self.field(*field).to_owned(),
            PredicateKind::Is(definition) => self.model.definitions[*definition].head.name.text.clone(),
            PredicateKind::AtLeast(n, parts) => {
                format!("at least {n} of ({})", all(parts, Place::Outside, ", "))
            }
            PredicateKind::OlderThan(field, duration) => {
                format!("{} older than {duration}", self.field(*field))
            }
            PredicateKind::Within { field, duration, of } => {
                format!("{} within {duration} of {}", self.field(*field), self.field(*of))
            }
            PredicateKind::Exists(children) => {
                format!("any {}{}", self.name(children), self.which(children))
            }
            PredicateKind::Moment(aggregate, test) => {
                let moment = self.aggregate(aggregate);
                match test {
                    MomentTest::Blank => format!("{moment} is blank"),
                    MomentTest::Set => format!("{moment} is set"),
                    MomentTest::OlderThan(duration) => format!("{moment} older than {duration}"),
                    MomentTest::Within(duration, of) => {
                        format!("{moment} within {duration} of {}", self.field(*of))
                    }
                }
            }
            PredicateKind::Unknown => "tbd".to_owned(),
        }
    }

    fn field(&self, field: Id<Field>) -> &str {
        &self.model.records[self.record].fields[field].name.text
    }

    fn name(&self, children: &Children) -> &str {
        &self.model.records[children.record].head.name.text
    }

    fn aggregate(&self, aggregate: &Aggregate) -> String {
        let (name, fields) = (self.name(&aggregate.of), &self.model.records[aggregate.of.record].fields);
        let head = match aggregate.kind {
            AggregateKind::Count => format!("count of {name}"),
            AggregateKind::Sum(field) => format!("sum of {name}.{}", fields[field].name),
            AggregateKind::Latest(field) => format!("latest {name}.{}", fields[field].name),
            AggregateKind::Earliest(field) => format!("earliest {name}.{}", fields[field].name),
        };
        head + &self.which(&aggregate.of)
    }

    /// Which child records are meant, as it stands behind their name.
    fn which(&self, children: &Children) -> String {
        let condition = children.condition.as_ref().map(|condition| {
            let inner = Printer { model: self.model, record: children.record };
            let text = inner.condition(condition, Place::Outside);
            if stands_alone(condition) { format!(" where {text}") } else { format!(" where ({text})") }
        });
        let window = children.window.map(|window| match window.span {
            WindowSpan::Last(duration) => format!(" in the last {duration}"),
            WindowSpan::After(field) => format!(" after {}", self.field(field)),
            WindowSpan::Before(field) => format!(" before {}", self.field(field)),
            WindowSpan::Within(duration, of) => format!(" within {duration} of {}", self.field(of)),
        });
        condition.unwrap_or_default() + &window.unwrap_or_default()
    }

    fn term(&self, term: &Term) -> String {
        match term {
            Term::Field(field) => self.field(*field).to_owned(),
            Term::Constant(value) => constant(value),
            Term::Now => "now".to_owned(),
            Term::Today => "today".to_owned(),
            Term::Score(score) => self.model.scores[*score].head.name.text.clone(),
            Term::Aggregate(aggregate) => self.aggregate(aggregate),
            Term::Arithmetic(left, op, right) => {
                let side = |term: &Term| match term {
                    Term::Arithmetic(..) | Term::Aggregate(_) => format!("({})", self.term(term)),
                    other => self.term(other),
                };
                format!("{} {} {}", side(left), op.sign(), side(right))
            }
        }
    }
}

/// Whether a condition about child records needs no brackets: one comparison that nothing behind it could join.
fn stands_alone(condition: &Predicate) -> bool {
    let plain = |term: &Term| !matches!(term, Term::Arithmetic(..) | Term::Aggregate(_));
    match &condition.kind {
        PredicateKind::Compare { left, right, .. } => plain(left) && plain(right),
        PredicateKind::In { term, .. } => plain(term),
        PredicateKind::Blank(_)
        | PredicateKind::Set(_)
        | PredicateKind::StartsWith(..)
        | PredicateKind::Contains(..)
        | PredicateKind::Has(..) => true,
        _ => false,
    }
}

fn constants(values: &[Constant]) -> String {
    values.iter().map(constant).collect::<Vec<_>>().join(", ")
}
