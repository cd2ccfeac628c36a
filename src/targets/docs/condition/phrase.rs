//! Conditions in words that say exactly what the evaluator does, blanks included.
//!
//! A comparison with a blank field does not hold, and `not` of it holds. The words say so wherever it shows: `is filled
//! and is not US` for `!=`, `is not US (or is empty)` for `not .. =`.

use super::super::book::Book;
use super::super::document::{Block, Inline, Say, Text, listed};
use super::super::words;
use crate::model::children::MomentTest;
use crate::model::predicate::Comparison;
use crate::model::{AggregateKind, Constant, Field, FieldType, Id, Predicate, PredicateKind, Record, Term};
use crate::worktime::words as time;

/// A condition in words, with its brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// A plain statement.
    Leaf(Text),
    /// A statement that says several things at once, so that it needs brackets inside others.
    Wide(Text),
    /// All hold.
    All(Vec<Phrase>),
    /// At least one holds.
    Any(Vec<Phrase>),
    /// So many hold.
    AtLeast(u32, Vec<Phrase>),
    /// It does not hold.
    Not(Box<Phrase>),
}

impl Phrase {
    /// As running text, with brackets where a reader could group it in another way.
    pub fn inline(&self) -> Text {
        match self {
            Phrase::Leaf(text) | Phrase::Wide(text) => text.clone(),
            Phrase::All(parts) => joined(parts, ", and "),
            Phrase::Any(parts) => Say::new("either ").text(joined(parts, ", or ")).end(),
            Phrase::AtLeast(n, parts) => {
                Say::new(format!("at least {n} of these: ")).text(joined(parts, "; ")).end()
            }
            Phrase::Not(inner) => Say::new("it is not so that ").text(inner.bracketed()).end(),
        }
    }

    fn bracketed(&self) -> Text {
        match self {
            Phrase::Leaf(text) => text.clone(),
            Phrase::Wide(_) | Phrase::All(_) | Phrase::Any(_) | Phrase::AtLeast(..) | Phrase::Not(_) => {
                Say::new("(").text(self.inline()).words(")").end()
            }
        }
    }

    /// True if it reads well in a line.
    pub fn is_short(&self) -> bool {
        match self {
            Phrase::Leaf(_) | Phrase::Wide(_) => true,
            Phrase::All(parts) | Phrase::Any(parts) => {
                parts.len() <= 2 && parts.iter().all(|p| matches!(p, Phrase::Leaf(_)))
            }
            Phrase::AtLeast(..) | Phrase::Not(_) => false,
        }
    }

    /// After some words that lead to it (`It counts when`): one paragraph if it is short, else a list.
    pub fn blocks(&self, lead: Say) -> Vec<Block> {
        if self.is_short() {
            return vec![lead.words(" ").text(self.inline()).words(".").paragraph()];
        }
        match self {
            Phrase::Leaf(_) | Phrase::Wide(_) => {
                vec![lead.words(" ").text(self.inline()).words(".").paragraph()]
            }
            Phrase::All(parts) => vec![lead.words(" all of these hold:").paragraph(), items(parts)],
            Phrase::Any(parts) => vec![lead.words(" at least one of these holds:").paragraph(), items(parts)],
            Phrase::AtLeast(n, parts) => {
                vec![lead.words(format!(" at least {n} of these hold:")).paragraph(), items(parts)]
            }
            Phrase::Not(inner) => match &**inner {
                Phrase::All(parts) => vec![lead.words(" not all of these hold:").paragraph(), items(parts)],
                Phrase::Any(parts) => vec![lead.words(" none of these holds:").paragraph(), items(parts)],
                Phrase::AtLeast(n, parts) => {
                    vec![lead.words(format!(" fewer than {n} of these hold:")).paragraph(), items(parts)]
                }
                other => {
                    vec![lead.words(" this does not hold:").paragraph(), items(std::slice::from_ref(other))]
                }
            },
        }
    }
}

fn joined(parts: &[Phrase], with: &str) -> Text {
    let mut say = Say::default();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            say = say.words(with);
        }
        say = say.text(part.bracketed());
    }
    say.end()
}

fn items(parts: &[Phrase]) -> Block {
    Block::List(parts.iter().map(item).collect())
}

fn item(part: &Phrase) -> Vec<Block> {
    match part {
        Phrase::Leaf(text) | Phrase::Wide(text) => vec![Block::Paragraph(text.clone())],
        Phrase::All(parts) => vec![Block::words("all of these hold:"), items(parts)],
        Phrase::Any(parts) => vec![Block::words("at least one of these holds:"), items(parts)],
        Phrase::AtLeast(n, parts) => vec![Block::words(format!("at least {n} of these hold:")), items(parts)],
        Phrase::Not(inner) => match &**inner {
            Phrase::All(parts) => vec![Block::words("not all of these hold:"), items(parts)],
            Phrase::Any(parts) => vec![Block::words("none of these holds:"), items(parts)],
            other => vec![Block::words("this does not hold:"), items(std::slice::from_ref(other))],
        },
    }
}

/// A condition over a record in words.
pub fn phrase(book: &Book<'_>, record: Id<Record>, condition: &Predicate) -> Phrase {
    Speaker { book, record }.phrase(condition)
}

/// A value in words.
pub fn constant(value: &Constant) -> Inline {
    match value {
        Constant::Number(n) => Inline::Plain(words::number(*n)),
        Constant::Percent(n) => Inline::Plain(words::percent(*n)),
        Constant::Money(n, currency) => Inline::Plain(words::money(*n, currency)),
        Constant::Text(text) => Inline::Code(text.clone()),
        Constant::Choice(value) => Inline::Code(value.clone()),
        Constant::Boolean(true) => Inline::Plain("yes".into()),
        Constant::Boolean(false) => Inline::Plain("no".into()),
        Constant::Date(date) => Inline::Plain(time::date(*date)),
        Constant::DateTime(at) => Inline::Plain(time::local(*at)),
    }
}

/// Whoever puts conditions over a record into words.
pub struct Speaker<'b, 'm> {
    /// Where everything is found.
    pub book: &'b Book<'m>,
    /// The record.
    pub record: Id<Record>,
}

impl Speaker<'_, '_> {
    pub(super) fn phrase(&self, condition: &Predicate) -> Phrase {
        match &condition.kind {
            PredicateKind::And(parts) => Phrase::All(self.flat(parts, |kind| match kind {
                PredicateKind::And(inner) => Some(inner),
                _ => None,
            })),
            PredicateKind::Or(parts) => Phrase::Any(self.flat(parts, |kind| match kind {
                PredicateKind::Or(inner) => Some(inner),
                _ => None,
            })),
            PredicateKind::AtLeast(n, parts) => {
                Phrase::AtLeast(*n, parts.iter().map(|p| self.phrase(p)).collect())
            }
            PredicateKind::Not(inner) => self.negated(inner),
            PredicateKind::Unknown => Phrase::Leaf(vec![self.unknown(condition)]),
            _ => Phrase::Leaf(self.statement(condition)),
        }
    }

    fn flat<'p>(
        &self,
        parts: &'p [Predicate],
        same: impl Fn(&'p PredicateKind) -> Option<&'p Vec<Predicate>> + Copy,
    ) -> Vec<Phrase> {
        let mut out = Vec::new();
        for part in parts {
            match same(&part.kind) {
                Some(inner) => out.extend(self.flat(inner, same)),
                None => out.push(self.phrase(part)),
            }
        }
        out
    }

    /// The open point that stands where the condition should.
    fn unknown(&self, condition: &Predicate) -> Inline {
        let (file, range) = (condition.span.file, condition.span.range());
        let inside = |t: &&crate::model::Tbd| {
            let at = t.span.range();
            t.span.file == file && range.start <= at.start && at.end <= range.end
        };
        let open = self.book.model.open_points.iter().find(inside);
        open.map_or(Inline::Unknown, |tbd| Inline::Open(tbd.what.clone()))
    }

    /// A statement that is no combination of others.
    fn statement(&self, condition: &Predicate) -> Text {
        match &condition.kind {
            PredicateKind::Always => Say::new("always").end(),
            PredicateKind::Compare { left, op, right } => self.comparison(left, *op, right),
            PredicateKind::Between { term, low, high } => Say::default()
                .text(self.term(term))
                .words(" is between ")
                .text(self.term(low))
                .words(" and ")
                .text(self.term(high))
                .words(" (both included)")
                .end(),
            PredicateKind::In { term, values } => match values.as_slice() {
                [one] => Say::default().text(self.term(term)).words(" is ").and(constant(one)).end(),
                several => {
                    let values = several.iter().map(|v| vec![constant(v)]).collect();
                    Say::default().text(self.term(term)).words(" is one of ").text(listed(values, "or")).end()
                }
            },
            PredicateKind::Blank(field) => self.about(*field).words(" is empty").end(),
            PredicateKind::Set(field) => self.about(*field).words(" is filled").end(),
            PredicateKind::StartsWith(field, text) => {
                self.about(*field).words(format!(" begins with “{text}”")).end()
            }
            PredicateKind::Contains(field, text) => {
                self.about(*field).words(format!(" contains “{text}”")).end()
            }
            PredicateKind::Has(field, value) => {
                self.about(*field).words(" includes ").code(value.clone()).end()
            }
            PredicateKind::Flag(field) => self.about(*field).words(" is yes").end(),
            PredicateKind::Is(definition) => Say::new("it is ").text(self.is_a(*definition)).end(),
            PredicateKind::OlderThan(field, duration) => {
                Say::new(format!("more than {} have passed since ", words::duration(*duration)))
                    .and(self.book.field(self.record, *field))
                    .end()
            }
            PredicateKind::Within { field, duration, of } => self
                .about(*field)
                .words(" is not before ")
                .and(self.book.field(self.record, *of))
                .words(format!(" and at most {} after it", words::duration(*duration)))
                .end(),
            PredicateKind::Exists(children) => self.existence(children, "at least one").end(),
            PredicateKind::Moment(aggregate, test) => self.moment(aggregate, *test),
            PredicateKind::And(_)
            | PredicateKind::Or(_)
            | PredicateKind::Not(_)
            | PredicateKind::AtLeast(..)
            | PredicateKind::Unknown => self.phrase(condition).inline(),
        }
    }

    fn is_a(&self, definition: Id<crate::model::Definition>) -> Text {
        let label = self.book.model.definitions[definition].head.label();
        Say::new(format!("{} ", words::article(&label))).and(self.book.definition(definition)).end()
    }

    fn about(&self, field: Id<Field>) -> Say {
        Say::default().and(self.book.field(self.record, field))
    }

    fn negated(&self, inner: &Predicate) -> Phrase {
        let leaf = |say: Say| Phrase::Leaf(say.end());
        match &inner.kind {
            PredicateKind::Always => leaf(Say::new("never")),
            PredicateKind::Blank(field) => leaf(self.about(*field).words(" is filled")),
            PredicateKind::Set(field) => leaf(self.about(*field).words(" is empty")),
            PredicateKind::Flag(field) => leaf(self.about(*field).words(" is not yes (no, or empty)")),
            PredicateKind::Is(definition) => leaf(Say::new("it is not ").text(self.is_a(*definition))),
            PredicateKind::Has(field, value) => {
                leaf(self.about(*field).words(" does not include ").code(value.clone()))
            }
            PredicateKind::In { term, values } => {
                let several = values.len() > 1;
                let values = values.iter().map(|v| vec![constant(v)]).collect();
                let (is, last) = if several { (" is none of ", "or") } else { (" is not ", "") };
                let say = Say::default().text(self.term(term)).words(is).text(listed(values, last));
                leaf(say.words(" (or is empty)"))
            }
            PredicateKind::Compare { left, op: Comparison::Equal, right: Term::Constant(value) } => {
                let say = Say::default().text(self.term(left)).words(" is not ").and(constant(value));
                leaf(say.words(" (or is empty)"))
            }
            PredicateKind::StartsWith(field, text) => {
                leaf(self.about(*field).words(format!(" does not begin with “{text}” (or is empty)")))
            }
            PredicateKind::Contains(field, text) => {
                leaf(self.about(*field).words(format!(" does not contain “{text}” (or is empty)")))
            }
            PredicateKind::Exists(children) => leaf(self.existence(children, "no")),
            PredicateKind::Moment(aggregate, MomentTest::Blank) => {
                Phrase::Leaf(self.moment(aggregate, MomentTest::Set))
            }
            PredicateKind::Moment(aggregate, MomentTest::Set) => {
                Phrase::Leaf(self.moment(aggregate, MomentTest::Blank))
            }
            PredicateKind::Not(_)
            | PredicateKind::And(_)
            | PredicateKind::Or(_)
            | PredicateKind::AtLeast(..)
            | PredicateKind::Unknown => Phrase::Not(Box::new(self.phrase(inner))),
            PredicateKind::Compare { .. }
            | PredicateKind::Between { .. }
            | PredicateKind::OlderThan(..)
            | PredicateKind::Moment(..)
            | PredicateKind::Within { .. } => {
                let inner = Say::new("it is not so that ").text(self.statement(inner));
                Phrase::Wide(inner.words(" (which also covers empty fields)").end())
            }
        }
    }

    fn comparison(&self, left: &Term, op: Comparison, right: &Term) -> Text {
        if let Term::Constant(Constant::Boolean(value)) = right {
            let yes = *value == (op == Comparison::Equal);
            // `!= true` asks for a filled field, as every comparison does.
            return Say::default().text(self.term(left)).words(if yes { " is yes" } else { " is no" }).end();
        }
        let dated = self.is_date(left) || self.is_date(right);
        let words = match (op, dated) {
            (Comparison::Equal, _) => " is ",
            (Comparison::NotEqual, _) => return self.differs(left, right),
            (Comparison::Less, false) => " is less than ",
            (Comparison::LessOrEqual, false) => " is at most ",
            (Comparison::Greater, false) => " is more than ",
            (Comparison::GreaterOrEqual, false) => " is at least ",
            (Comparison::Less, true) => " is before ",
            (Comparison::LessOrEqual, true) => " is not after ",
            (Comparison::Greater, true) => " is after ",
            (Comparison::GreaterOrEqual, true) => " is not before ",
        };
        let say = Say::default().text(self.term(left)).words(words).text(self.term(right));
        // "Not after" could be read as true for a field without a date.
        match (op, dated) {
            (Comparison::LessOrEqual | Comparison::GreaterOrEqual, true) => {
                say.words(" (and is filled)").end()
            }
            _ => say.end(),
        }
    }

    fn differs(&self, left: &Term, right: &Term) -> Text {
        let say = Say::default().text(self.term(left));
        match right {
            Term::Constant(value) => say.words(" is filled and is not ").and(constant(value)).end(),
            other => say.words(" and ").text(self.term(other)).words(" are filled and differ").end(),
        }
    }

    fn is_date(&self, term: &Term) -> bool {
        match term {
            Term::Now | Term::Today => true,
            Term::Constant(constant) => matches!(constant, Constant::Date(_) | Constant::DateTime(_)),
            Term::Field(field) => {
                let ty = &self.book.model.records[self.record].fields[*field].ty;
                matches!(ty, FieldType::Date | FieldType::DateTime)
            }
            Term::Aggregate(aggregate) => {
                matches!(aggregate.kind, AggregateKind::Latest(_) | AggregateKind::Earliest(_))
            }
            Term::Score(_) | Term::Arithmetic(..) => false,
        }
    }

    fn term(&self, term: &Term) -> Text {
        match term {
            Term::Field(field) => vec![self.book.field(self.record, *field)],
            Term::Constant(value) => vec![constant(value)],
            Term::Now => Say::new("the present moment").end(),
            Term::Today => Say::new("today").end(),
            Term::Score(score) => vec![self.book.score(*score)],
            Term::Aggregate(aggregate) => self.aggregate(aggregate),
            Term::Arithmetic(left, op, right) => {
                use crate::model::predicate::Arithmetic;
                let sign = match op {
                    Arithmetic::Add => " + ",
                    Arithmetic::Subtract => " − ",
                    Arithmetic::Multiply => " × ",
                };
                Say::default().text(self.side(left)).words(sign).text(self.side(right)).end()
            }
        }
    }

    fn side(&self, term: &Term) -> Text {
        match term {
            Term::Arithmetic(..) => Say::new("(").text(self.term(term)).words(")").end(),
            other => self.term(other),
        }
    }
}
