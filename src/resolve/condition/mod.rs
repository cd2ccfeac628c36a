//! Conditions: what every word in them stands for, and whether the two sides of a comparison go together.
//!
//! A bare word is a field of the record, a definition, or a value, in this order of thought: on its own it is a yes/no
//! field or a definition; beside a choice field it is one of its values; beside a text field it is that text, unless a
//! field is called so.

mod children;
mod constants;
mod values;

use std::collections::BTreeMap;

use super::Resolver;
use super::names::UNDEFINED;
use super::parties::word_at;
use super::values::{DurationUse, INVALID, UNIT};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::children::MomentTest;
use crate::model::predicate::Comparison;
use crate::model::record::Currency;
use crate::model::{
    Children, Constant, Duration, Field, FieldType, Id, Predicate, PredicateKind, Record, Slot, Term, Unit,
};
use crate::source::Span;
use crate::syntax::ast::{self, Asks, BinaryOp, Expr, ExprKind, LiteralKind, OrTbd, Word};

/// Rule: values of different types in one place.
pub(super) const TYPE: &str = "type-mismatch";
/// Rule: a value that a choice does not have.
pub(super) const VALUE: &str = "unknown-value";

/// The type of a value in a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Type {
    Number,
    Percent,
    Money(Currency),
    Text,
    /// A choice: the values are those of this field.
    Choice(Id<Field>),
    Choices(Id<Field>),
    Boolean,
    Date,
    Moment,
}

impl Type {
    fn words(&self) -> String {
        match self {
            Type::Number => "a number".into(),
            Type::Percent => "a percentage".into(),
            Type::Money(currency) => format!("an amount in {currency}"),
            Type::Text => "a text".into(),
            Type::Choice(_) => "a choice".into(),
            Type::Choices(_) => "several choices".into(),
            Type::Boolean => "a yes/no value".into(),
            Type::Date => "a date".into(),
            Type::Moment => "a date and time".into(),
        }
    }

    fn is_ordered(&self) -> bool {
        match self {
            Type::Number | Type::Percent | Type::Money(_) | Type::Date | Type::Moment => true,
            Type::Text | Type::Choice(_) | Type::Choices(_) | Type::Boolean => false,
        }
    }
}

fn field_type(field: Id<Field>, ty: &FieldType) -> Type {
    match ty {
        FieldType::Key | FieldType::Text | FieldType::User | FieldType::Reference(_) => Type::Text,
        FieldType::Integer | FieldType::Number => Type::Number,
        FieldType::Percent => Type::Percent,
        FieldType::Money(currency) => Type::Money(currency.clone()),
        FieldType::Boolean => Type::Boolean,
        FieldType::Date => Type::Date,
        FieldType::DateTime => Type::Moment,
        FieldType::Choice(_) => Type::Choice(field),
        FieldType::Choices(_) => Type::Choices(field),
    }
}

/// A value with its type.
struct Typed {
    term: Term,
    ty: Type,
}

impl Resolver<'_> {
    /// A condition over a record.
    pub(super) fn condition(&mut self, record: Id<Record>, expr: &Expr) -> Predicate {
        let kind = Conditions::new(self, record).predicate(expr).unwrap_or(PredicateKind::Unknown);
        Predicate { kind, span: expr.span }
    }

    /// The same where the record may be unknown: then every word in it would be a guess.
    pub(super) fn condition_of(&mut self, record: Option<Id<Record>>, expr: &Expr) -> Predicate {
        match record {
            Some(record) => self.condition(record, expr),
            None => Predicate { kind: PredicateKind::Unknown, span: expr.span },
        }
    }

    /// Which child records of a record are meant.
    pub(super) fn child_rows(&mut self, record: Id<Record>, asked: &ast::Children) -> Option<Children> {
        Conditions::new(self, record).children(asked)
    }

    /// A constant for a field, as in `set status to recycled` or `country: US`.
    pub(super) fn constant_for(
        &mut self,
        record: Id<Record>,
        field: Id<Field>,
        literal: &ast::Spanned<ast::Literal>,
    ) -> Option<Constant> {
        let mut conditions = Conditions::new(self, record);
        let ty = conditions.type_of(field);
        let ty = match ty {
            Type::Choices(field) => Type::Choice(field),
            other => other,
        };
        conditions.constant(&literal.node, literal.span, &ty, field_span(conditions.resolver, record, field))
    }
}

fn field_span(resolver: &Resolver<'_>, record: Id<Record>, field: Id<Field>) -> Span {
    resolver.records[record].fields[field].name.span
}

/// The reading of one condition.
struct Conditions<'r, 'a> {
    resolver: &'r mut Resolver<'a>,
    record: Id<Record>,
    /// The questions about child records so far: the child, and where the condition about it stands.
    questions: Vec<(Id<Record>, Span)>,
    /// The part of a row of `and`s or `or`s that is being read, and where the part before it ends.
    part: Option<(Span, u32)>,
}

impl<'r, 'a> Conditions<'r, 'a> {
    fn new(resolver: &'r mut Resolver<'a>, record: Id<Record>) -> Self {
        Conditions { resolver, record, questions: Vec::new(), part: None }
    }
}

impl Conditions<'_, '_> {
    fn say(&mut self, diagnostic: Diagnostic) {
        self.resolver.diagnostics.push(diagnostic);
    }

    fn field(&mut self, name: &str, used: Span) -> Option<Id<Field>> {
        let record = &self.resolver.records[self.record];
        let field = record.field(name)?;
        let declared = record.fields[field].name.span;
        self.resolver.refer(declared, used);
        Some(field)
    }

    fn type_of(&self, field: Id<Field>) -> Type {
        field_type(field, &self.resolver.records[self.record].fields[field].ty)
    }

    fn nested(&mut self, expr: &Expr) -> Predicate {
        let kind = self.predicate(expr).unwrap_or(PredicateKind::Unknown);
        Predicate { kind, span: expr.span }
    }

    /// What a condition asks. `None`: it has been reported.
    fn predicate(&mut self, expr: &Expr) -> Option<PredicateKind> {
        match &expr.kind {
            ExprKind::Paren(inner) => self.predicate(inner),
            ExprKind::Not(inner) => Some(PredicateKind::Not(Box::new(self.nested(inner)))),
            ExprKind::Binary(left, op, right) => match op.node {
                BinaryOp::And => Some(PredicateKind::And(self.chain(expr, BinaryOp::And))),
                BinaryOp::Or => Some(PredicateKind::Or(self.chain(expr, BinaryOp::Or))),
                BinaryOp::Compare(comparison) => self.compare(left, comparison, right),
                BinaryOp::Arithmetic(_) => self.not_a_condition(expr, "a calculation"),
            },
            ExprKind::Name(name) => self.yes_or_no(name, expr.span),
            ExprKind::Literal(literal) if literal.kind == LiteralKind::Boolean => {
                let always = Predicate::always(expr.span);
                Some(if literal.text == "true" {
                    PredicateKind::Always
                } else {
                    PredicateKind::Not(Box::new(always))
                })
            }
            ExprKind::Tbd(tbd) => {
                self.resolver.open_point(tbd);
                Some(PredicateKind::Unknown)
            }
            ExprKind::Children(asked) => self.child_condition(expr, asked),
            ExprKind::IsBlank(of) => match self.moment_of_children(of, |_, _| Some(MomentTest::Blank)) {
                Some(kind) => kind,
                None => self.any_field(of).map(PredicateKind::Blank),
            },
            ExprKind::IsSet(of) => match self.moment_of_children(of, |_, _| Some(MomentTest::Set)) {
                Some(kind) => kind,
                None => self.any_field(of).map(PredicateKind::Set),
            },
            ExprKind::In(of, values) => self.in_list(of, values),
            ExprKind::NotIn(of, values) => {
                let kind = self.in_list(of, values)?;
                Some(PredicateKind::Not(Box::new(Predicate { kind, span: expr.span })))
            }
            ExprKind::Between(of, low, high) => self.between(of, low, high),
            ExprKind::OlderThan(of, duration) => self.older_than(of, duration),
            ExprKind::Within(of, duration, anchor) => self.within(of, duration, anchor),
            ExprKind::StartsWith(of, text) => {
                let field = self.text_field(of)?;
                self.not_empty(&text.node, text.span)?;
                Some(PredicateKind::StartsWith(field, text.node.clone()))
            }
            ExprKind::Contains(of, value) => self.contains(of, value),
            ExprKind::AtLeast(count, parts) => self.at_least(count, parts),
            ExprKind::Literal(_) | ExprKind::Negative(_) | ExprKind::Now | ExprKind::Today => {
                self.not_a_condition(expr, "a value")
            }
        }
    }

    /// `a and b and c` as one list.
    fn chain(&mut self, expr: &Expr, wanted: BinaryOp) -> Vec<Predicate> {
        let mut parts = Vec::new();
        let mut at = expr;
        while let ExprKind::Binary(left, op, right) = &at.kind
            && op.node == wanted
        {
            parts.push((&**right, Some(left.span.end)));
            at = left;
        }
        parts.push((at, None));
        // `country = US or CA`: reported as text that cannot be read.
        let mut after_equal = false;
        let mut read = |(part, before): (&Expr, Option<u32>)| {
            let is_stray = wanted == BinaryOp::Or && after_equal && part.is_plain_value();
            let is_equal = matches!(&part.kind, ExprKind::Binary(_, op, _)
                if op.node == BinaryOp::Compare(Comparison::Equal));
            after_equal = is_equal || is_stray;
            if is_stray {
                return Predicate { kind: PredicateKind::Unknown, span: part.span };
            }
            self.part = before.map(|end| (part.span, end));
            self.nested(part)
        };
        parts.into_iter().rev().map(&mut read).collect()
    }

    fn not_a_condition(&mut self, expr: &Expr, what: &str) -> Option<PredicateKind> {
        self.say(
            Diagnostic::error(TYPE, format!("this is {what}, not a condition"))
                .at(expr.span, "neither true nor false")
                .help("Compare it with something, such as `score >= 65`."),
        );
        None
    }

    /// A word on its own: a yes/no field, or a definition.
    fn yes_or_no(&mut self, name: &str, span: Span) -> Option<PredicateKind> {
        if let Some(definition) = self.resolver.known_definition(name) {
            let word = word_at(name, span);
            self.resolver.find::<crate::model::Definition>(&word)?;
            return self.same_record(definition, span);
        }
        if let Some(score) = self.resolver.known_score(name) {
            self.resolver.score_of(self.record, score, span)?;
            self.say(
                Diagnostic::error(TYPE, format!("`{name}` alone is not a condition"))
                    .at(span, "a score is a number")
                    .help(format!("Compare it, such as `{name} >= 65`.")),
            );
            return None;
        }
        if let Some(field) = self.field(name, span) {
            let declared = &self.resolver.records[self.record].fields[field];
            if declared.ty == FieldType::Boolean {
                return Some(PredicateKind::Flag(field));
            }
            let example = match &declared.ty {
                FieldType::Choice(values) | FieldType::Choices(values) => {
                    values.names.first().map_or("..", |n| n.text.as_str())
                }
                FieldType::Integer | FieldType::Number => "100",
                FieldType::Percent => "50%",
                FieldType::Date => "2026-03-31",
                _ => "..",
            };
            let out = Diagnostic::error(TYPE, format!("`{name}` alone is not a condition"))
                .at(span, format!("a field of type {}", declared.ty.words()))
                .also(declared.name.span, "declared here")
                .help(format!("Compare it, such as `{name} = {example}`, or ask whether it `is set`."));
            self.say(out);
            return None;
        }
        if self.meant_for_child(name, span) {
            return None;
        }
        let hidden = self.resolver.is_lost(name)
            || self.resolver.record_has_hole(self.record)
            || self.resolver.misses_a_file(span.file);
        if hidden {
            return None;
        }
        let definitions = self.resolver.definitions.values().map(|d| d.head.name.text.as_str());
        let record = &self.resolver.records[self.record];
        let flags =
            record.fields.values().filter(|f| f.ty == FieldType::Boolean).map(|f| f.name.text.as_str());
        let near = self.resolver.suggest(name, definitions.chain(flags));
        let out = Diagnostic::error(UNDEFINED, format!("nothing is called `{name}`"));
        let out = match near {
            Some(near) => out.at(span, format!("did you mean `{near}`?")).fix(
                format!("write `{near}`"),
                Applicability::Suggested,
                span,
                near,
            ),
            None => out
                .at(span, format!("neither a definition nor a yes/no field of `{}`", record.head.name))
                .help(format!("Declare it: `definition {name} {{ means {} where .. }}`.", record.head.name)),
        };
        self.say(out);
        None
    }

    fn same_record(&mut self, definition: Id<crate::model::Definition>, span: Span) -> Option<PredicateKind> {
        let other = &self.resolver.definitions[definition];
        let Slot::Set(record) = other.record else { return None };
        if record == self.record {
            return Some(PredicateKind::Is(definition));
        }
        let name = other.head.name.text.clone();
        if self.meant_for_child(&name, span) {
            return None;
        }
        let other = &self.resolver.definitions[definition];
        let out = Diagnostic::error(
            TYPE,
            format!(
                "`{}` is about a `{}`, but this condition is about a `{}`",
                other.head.name,
                self.resolver.records[record].head.name,
                self.resolver.records[self.record].head.name
            ),
        )
        .at(span, "of another record")
        .also(other.head.name.span, "declared here")
        .help(format!("Ask about fields of `{}` here.", self.resolver.records[self.record].head.name));
        self.say(out);
        None
    }

    /// Any field, for `is blank` and `is set`.
    fn any_field(&mut self, expr: &Expr) -> Option<Id<Field>> {
        match &expr.kind {
            ExprKind::Paren(inner) => self.any_field(inner),
            ExprKind::Name(name) => {
                if let Some(field) = self.field(name, expr.span) {
                    Some(field)
                } else if self.resolver.known_score(name).is_some() {
                    self.say(
                        Diagnostic::error(TYPE, format!("`{name}` is a score: never blank, old or a text"))
                            .at(expr.span, "always a number")
                            .help("Without points it is 0: compare it with a number."),
                    );
                    None
                } else {
                    self.no_field(name, expr.span);
                    None
                }
            }
            ExprKind::Children(asked) if matches!(asked.asks, Asks::Count | Asks::Sum(_)) => {
                self.say(
                    Diagnostic::error(TYPE, "a count or a sum is never blank, old or a text")
                        .at(expr.span, "always a number")
                        .help("Where there are no child records it is 0: compare it with a number."),
                );
                None
            }
            _ => {
                self.say(
                    Diagnostic::error(TYPE, "a field is needed here")
                        .at(expr.span, "this is no field")
                        .help("Only fields of a record can be blank, old, or begin with something."),
                );
                None
            }
        }
    }

    fn no_field(&mut self, name: &str, span: Span) {
        if self.meant_for_child(name, span)
            || self.resolver.record_has_hole(self.record)
            || self.resolver.is_lost(name)
        {
            return;
        }
        let word = word_at(name, span);
        let out = self.resolver.no_field(self.record, &word, &[]);
        self.say(out);
    }

    fn text_field(&mut self, expr: &Expr) -> Option<Id<Field>> {
        let field = self.any_field(expr)?;
        if self.type_of(field) == Type::Text {
            return Some(field);
        }
        self.wrong_field(field, expr.span, "a text");
        None
    }

    fn wrong_field(&mut self, field: Id<Field>, span: Span, wanted: &str) {
        let declared = &self.resolver.records[self.record].fields[field];
        let out = Diagnostic::error(TYPE, format!("`{}` is not {wanted}", declared.name))
            .at(span, format!("{wanted} is needed here"))
            .also(declared.name.span, format!("declared as `{}`", declared.ty.words()))
            .help("Name another field, or declare this one otherwise.");
        self.say(out);
    }

    fn not_empty(&mut self, text: &str, span: Span) -> Option<()> {
        if !text.is_empty() {
            return Some(());
        }
        self.say(
            Diagnostic::error(INVALID, "every text contains nothing")
                .at(span, "empty")
                .help("To ask whether a field is filled, write `is set`."),
        );
        None
    }

    fn contains(&mut self, of: &Expr, value: &ast::Spanned<ast::Literal>) -> Option<PredicateKind> {
        let field = self.any_field(of)?;
        match self.type_of(field) {
            Type::Choices(_) => {
                let declared = field_span(self.resolver, self.record, field);
                let constant = self.constant(&value.node, value.span, &Type::Choice(field), declared)?;
                let Constant::Choice(value) = constant else { return None };
                Some(PredicateKind::Has(field, value))
            }
            Type::Text => {
                self.not_empty(&value.node.text, value.span)?;
                Some(PredicateKind::Contains(field, value.node.text.clone()))
            }
            _ => {
                self.wrong_field(field, of.span, "a text or a list of choices");
                None
            }
        }
    }

    fn at_least(&mut self, count: &Word, parts: &[Expr]) -> Option<PredicateKind> {
        let parts: Vec<Predicate> = parts.iter().map(|p| self.nested(p)).collect();
        let n = self.resolver.count(count)?;
        if n as usize > parts.len() {
            self.say(
                Diagnostic::error(INVALID, format!("at least {n} of {} can never hold", parts.len()))
                    .at(count.span, format!("{} in the list", parts.len()))
                    .help("Lower the number, or add the condition that is missing."),
            );
            return None;
        }
        Some(PredicateKind::AtLeast(n, parts))
    }

    fn older_than(&mut self, of: &Expr, duration: &ast::DurationValue) -> Option<PredicateKind> {
        let of_children = self.moment_of_children(of, |this, ty| {
            let duration = *this.resolver.duration_slot(duration, DurationUse::Condition).get()?;
            if *ty == Type::Date {
                this.day_unit(duration.unit, of.span)?;
            }
            Some(MomentTest::OlderThan(duration))
        });
        if let Some(kind) = of_children {
            return kind;
        }
        let field = self.any_field(of)?;
        let duration = self.resolver.duration_slot(duration, DurationUse::Condition);
        let span = of.span;
        let duration = *duration.get()?;
        match self.type_of(field) {
            Type::Moment => {}
            Type::Date => self.day_unit(duration.unit, span)?,
            _ => {
                self.wrong_field(field, span, "a date");
                return None;
            }
        }
        Some(PredicateKind::OlderThan(field, duration))
    }

    fn within(&mut self, of: &Expr, duration: &ast::DurationValue, anchor: &Word) -> Option<PredicateKind> {
        let of_children = self.moment_of_children(of, |this, ty| {
            let (from, duration) = this.distance(ty, of.span, duration, anchor)?;
            Some(MomentTest::Within(duration, from))
        });
        if let Some(kind) = of_children {
            return kind;
        }
        let field = self.any_field(of)?;
        if !matches!(self.type_of(field), Type::Date | Type::Moment) {
            self.wrong_field(field, of.span, "a date");
            return None;
        }
        let (from, duration) = self.distance(&self.type_of(field), of.span, duration, anchor)?;
        Some(PredicateKind::Within { field, duration, of: from })
    }

    /// How far a date or moment may lie behind a field, and that field.
    fn distance(
        &mut self,
        ty: &Type,
        span: Span,
        duration: &ast::DurationValue,
        anchor: &Word,
    ) -> Option<(Id<Field>, Duration)> {
        let Some(from) = self.field(&anchor.node, anchor.span) else {
            self.no_field(&anchor.node, anchor.span);
            return None;
        };
        let duration = *self.resolver.duration_slot(duration, DurationUse::Condition).get()?;
        match (ty, self.type_of(from)) {
            (Type::Moment, Type::Moment) => {}
            (Type::Date, Type::Date) => self.day_unit(duration.unit, span)?,
            (_, Type::Date | Type::Moment) => {
                let text = "a date and a date with time cannot be compared";
                self.say(
                    Diagnostic::error(TYPE, text)
                        .at(span, "one has a time of day")
                        .also(anchor.span, "the other has not, or the other way round")
                        .help("Name two fields of one type, `date` or `datetime`."),
                );
                return None;
            }
            _ => {
                self.wrong_field(from, anchor.span, "a date");
                return None;
            }
        }
        Some((from, duration))
    }

    /// Dates are counted in days, weeks and months.
    fn day_unit(&mut self, unit: Unit, span: Span) -> Option<()> {
        if unit.seconds().is_none() {
            return Some(());
        }
        self.say(
            Diagnostic::error(UNIT, "a date has no hours")
                .at(span, "a field of type `date`")
                .help("Count in calendar days, weeks or months."),
        );
        None
    }

    fn in_list(&mut self, of: &Expr, values: &[ast::Spanned<ast::Literal>]) -> Option<PredicateKind> {
        let left = self.value(of, None)?;
        if let Type::Choices(field) = left.ty {
            self.use_contains(field, of.span);
            return None;
        }
        let declared = self.declared(&left, of.span);
        let constants: Vec<Option<Constant>> =
            values.iter().map(|v| self.constant(&v.node, v.span, &left.ty, declared)).collect();
        let mut listed = BTreeMap::new();
        for value in values {
            let first = *listed.entry((value.node.kind, value.node.text.as_str())).or_insert(value.span);
            if first != value.span {
                self.say(
                    Diagnostic::warning("duplicate-name", format!("`{}` is listed twice", value.node.text))
                        .at(value.span, "again here")
                        .also(first, "first here")
                        .help("Keep one of them, or write the value that was meant."),
                );
            }
        }
        let values = constants.into_iter().collect::<Option<Vec<_>>>()?;
        Some(PredicateKind::In { term: left.term, values })
    }

    fn use_contains(&mut self, field: Id<Field>, span: Span) {
        let name = self.resolver.records[self.record].fields[field].name.clone();
        self.say(
            Diagnostic::error(TYPE, format!("`{name}` may hold several values at once"))
                .at(span, "not one value")
                .also(name.span, "declared as `choices`")
                .help(format!("Ask for one of them: `{name} contains ..`.")),
        );
    }

    fn between(&mut self, of: &Expr, low: &Expr, high: &Expr) -> Option<PredicateKind> {
        let left = self.value(of, None)?;
        if !left.ty.is_ordered() {
            self.unordered(&left.ty, of.span);
            return None;
        }
        let low_value = self.value(low, Some(&left.ty));
        let high_value = self.value(high, Some(&left.ty));
        let (low_value, high_value) = (low_value?, high_value?);
        self.agree(&left, of.span, &low_value, low.span)?;
        self.agree(&left, of.span, &high_value, high.span)?;
        Some(PredicateKind::Between { term: left.term, low: low_value.term, high: high_value.term })
    }

    fn unordered(&mut self, ty: &Type, span: Span) {
        self.say(
            Diagnostic::error(TYPE, format!("{} has no order", ty.words()))
                .at(span, "neither less nor more")
                .help("Use `=`, `!=` or `in [..]`."),
        );
    }

    fn compare(&mut self, left: &Expr, op: Comparison, right: &Expr) -> Option<PredicateKind> {
        // `a < b < c` and `a = blank`: reported as text that cannot be read.
        let is_chained = matches!(&left.kind, ExprKind::Binary(_, inner, _)
            if matches!(inner.node, BinaryOp::Compare(_)));
        let is_blank =
            matches!(&right.kind, ExprKind::Name(word) if matches!(word.as_str(), "blank" | "null"));
        if is_chained || is_blank {
            return None;
        }
        if self.compares_with_blank(left, op, right) || self.compares_with_blank(right, op, left) {
            return None;
        }
        for side in [left, right] {
            if let ExprKind::Name(name) = &side.kind
                && let Some(field) = self.resolver.records[self.record].field(name)
                && let Type::Choices(field) = self.type_of(field)
            {
                self.use_contains(field, side.span);
                return None;
            }
        }
        // Whichever side is a field tells what a bare word on the other side stands for.
        let (left_value, right_value) = if self.is_bare_value(left) && !self.is_bare_value(right) {
            let right_value = self.value(right, None)?;
            (self.value(left, Some(&right_value.ty))?, right_value)
        } else {
            let left_value = self.value(left, None)?;
            let right_value = self.value(right, Some(&left_value.ty))?;
            (left_value, right_value)
        };
        self.agree(&left_value, left.span, &right_value, right.span)?;
        if !left_value.ty.is_ordered() && !matches!(op, Comparison::Equal | Comparison::NotEqual) {
            self.unordered(&left_value.ty, left.span);
            return None;
        }
        Some(PredicateKind::Compare { left: left_value.term, op, right: right_value.term })
    }

    /// `reason = blank`: a habit from other languages.
    fn compares_with_blank(&mut self, word: &Expr, op: Comparison, other: &Expr) -> bool {
        let ExprKind::Name(name) = &word.kind else { return false };
        if !matches!(name.as_str(), "blank" | "null" | "empty" | "none" | "missing" | "unknown") {
            return false;
        }
        let ExprKind::Name(field) = &other.kind else { return false };
        let record = &self.resolver.records[self.record];
        let Some(id) = record.field(field) else { return false };
        let listed = record.fields[id].ty.values().is_some_and(|v| v.lists(name));
        if listed || record.field(name).is_some() {
            return false;
        }
        let ask = if op == Comparison::NotEqual { "is set" } else { "is blank" };
        let span = word.span.to(other.span);
        self.say(
            Diagnostic::error(TYPE, format!("`{name}` is not a value that `{field}` could have"))
                .at(word.span, "nothing equals a blank")
                .help(format!("To ask whether it is filled write `{field} {ask}`."))
                .fix(
                    format!("write `{field} {ask}`"),
                    Applicability::Suggested,
                    span,
                    format!("{field} {ask}"),
                ),
        );
        true
    }
}

impl Resolver<'_> {
    /// The record that a commitment's items are, if it has items and it is known.
    pub(super) fn record_of_items(&self, id: Id<crate::model::Commitment>) -> Option<Id<Record>> {
        record_of(self, self.commitments[id].subject.as_ref()?)
    }
}

/// The record of a subject, if both are known.
pub(super) fn record_of(
    resolver: &Resolver<'_>,
    subject: &Slot<crate::model::Subject>,
) -> Option<Id<Record>> {
    match subject.get()? {
        crate::model::Subject::Record(record) => Some(*record),
        crate::model::Subject::Definition(definition) => {
            resolver.definitions[*definition].record.get().copied()
        }
    }
}

/// A value that may be `tbd`.
pub(super) fn constant_slot(
    resolver: &mut Resolver<'_>,
    record: Option<Id<Record>>,
    field: &Slot<Id<Field>>,
    value: &OrTbd<ast::Spanned<ast::Literal>>,
) -> Slot<Constant> {
    let (record, field) = (record, field.get().copied());
    resolver.slot(value, |this, literal| this.constant_for(record?, field?, literal))
}
