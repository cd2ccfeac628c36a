//! Questions about child records in conditions.

use super::{Conditions, TYPE, Type, Typed, field_span, field_type};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::model::children::{MomentTest, Window, WindowSpan};
use crate::model::{
    Aggregate, AggregateKind, Children, Field, FieldType, Id, Predicate, PredicateKind, Record, Term,
};
use crate::resolve::values::DurationUse;
use crate::source::Span;
use crate::syntax::ast::{self, Asks, Expr, ExprKind, Word};

impl Conditions<'_, '_> {
    /// `any activity`, `no activity`; the others are values.
    pub(super) fn child_condition(&mut self, expr: &Expr, asked: &ast::Aggregate) -> Option<PredicateKind> {
        match &asked.asks {
            Asks::Any => Some(PredicateKind::Exists(self.children(&asked.children)?)),
            Asks::No => {
                let kind = PredicateKind::Exists(self.children(&asked.children)?);
                Some(PredicateKind::Not(Box::new(Predicate { kind, span: expr.span })))
            }
            Asks::Count | Asks::Sum(_) | Asks::Latest(_) | Asks::Earliest(_) => {
                if self.swallowed(asked) {
                    return None;
                }
                // What else is wrong with it is said first.
                self.aggregate(asked)?;
                self.not_compared(expr, asked);
                None
            }
        }
    }

    fn not_compared(&mut self, expr: &Expr, asked: &ast::Aggregate) {
        let (what, example) = match asked.asks {
            Asks::Count => ("a number", ">= 3"),
            Asks::Sum(_) => ("an amount", ">= 60"),
            _ => ("a moment", "older than 14 calendar days"),
        };
        let record = &asked.children.record.node;
        let out = Diagnostic::error(TYPE, format!("this is {what}, not a condition"))
            .at(expr.span, "neither true nor false");
        self.say(out.help(format!(
            "Compare it: `.. {example}`. A condition of several parts about each `{record}` stands in brackets: `where (.. and ..)`."
        )));
    }

    /// `count of activity where answered >= 3`: the comparison was meant for the count.
    fn swallowed(&mut self, asked: &ast::Aggregate) -> bool {
        let Some(test) = &asked.children.condition else { return false };
        let mut inner = test;
        while let ExprKind::Not(within) = &inner.kind {
            inner = within;
        }
        let (ExprKind::Binary(left, ..) | ExprKind::Between(left, ..) | ExprKind::In(left, _)) = &inner.kind
        else {
            return false;
        };
        let ExprKind::Name(name) = &left.kind else { return false };
        let Some(child) = self.resolver.find_child(self.record, &asked.children.record) else { return true };
        let record = &self.resolver.records[child];
        let flag = record.field(name).is_some_and(|f| record.fields[f].ty == FieldType::Boolean);
        if !flag && self.resolver.known_definition(name, left.span.file).is_none() {
            return false;
        }
        let edit = |span, text: &str| Edit { span, text: text.to_owned() };
        self.say(Diagnostic {
            fixes: vec![Fix {
                title: format!("put `{name}` in brackets"),
                applicability: Applicability::Suggested,
                edits: vec![edit(test.span.start_point(), "("), edit(left.span.end_point(), ")")],
            }],
            ..Diagnostic::error(TYPE, format!("`{name}` is yes or no: there is nothing to compare it with"))
                .at(test.span, format!("read as a condition about each `{}`", asked.children.record.node))
                .help("Brackets end the condition, so that the comparison is about the whole.")
        });
        true
    }

    /// `count of activity`, `sum of activity.minutes`, `latest activity.done_at`.
    pub(super) fn child_value(&mut self, expr: &Expr, asked: &ast::Aggregate) -> Option<Typed> {
        if matches!(asked.asks, Asks::Any | Asks::No) {
            self.say(
                Diagnostic::error(TYPE, "this is a condition, but a value is needed here")
                    .at(expr.span, "true or false")
                    .help(format!("To count them write `count of {}`.", asked.children.record.node)),
            );
            return None;
        }
        let (aggregate, ty) = self.aggregate(asked)?;
        Some(Typed { term: Term::Aggregate(Box::new(aggregate)), ty })
    }

    /// A question about the latest or earliest moment; `None` if this is none.
    pub(super) fn moment_of_children(
        &mut self,
        expr: &Expr,
        test: impl FnOnce(&mut Self, &Type) -> Option<MomentTest>,
    ) -> Option<Option<PredicateKind>> {
        match &expr.kind {
            ExprKind::Paren(inner) => self.moment_of_children(inner, test),
            ExprKind::Children(asked) if matches!(asked.asks, Asks::Latest(_) | Asks::Earliest(_)) => {
                Some(self.aggregate(asked).and_then(|(aggregate, ty)| {
                    Some(PredicateKind::Moment(Box::new(aggregate), test(self, &ty)?))
                }))
            }
            _ => None,
        }
    }

    fn aggregate(&mut self, asked: &ast::Aggregate) -> Option<(Aggregate, Type)> {
        let of = self.children(&asked.children)?;
        let (kind, ty) = match &asked.asks {
            Asks::Any | Asks::No => return None,
            Asks::Count => (AggregateKind::Count, Type::Number),
            Asks::Sum(word) => {
                let (field, ty) =
                    self.child_field(of.record, word, "a number or an amount of money", |ty| {
                        matches!(ty, Type::Number | Type::Money(_))
                    })?;
                (AggregateKind::Sum(field), ty)
            }
            Asks::Latest(word) | Asks::Earliest(word) => {
                let (field, ty) = self
                    .child_field(of.record, word, "a date", |ty| matches!(ty, Type::Date | Type::Moment))?;
                let latest = matches!(asked.asks, Asks::Latest(_));
                (if latest { AggregateKind::Latest(field) } else { AggregateKind::Earliest(field) }, ty)
            }
        };
        Some((Aggregate { of, kind }, ty))
    }

    fn child_field(
        &mut self,
        child: Id<Record>,
        word: &Word,
        wanted: &str,
        fits: impl FnOnce(&Type) -> bool,
    ) -> Option<(Id<Field>, Type)> {
        let field = self.resolver.find_field(child, word)?;
        let ty = field_type(field, &self.resolver.records[child].fields[field].ty);
        if fits(&ty) {
            return Some((field, ty));
        }
        Conditions::new(self.resolver, child).wrong_field(field, word.span, wanted);
        None
    }

    /// Which child records are meant.
    pub(super) fn children(&mut self, asked: &ast::Children) -> Option<Children> {
        let record = self.resolver.find_child(self.record, &asked.record)?;
        if let Some(condition) = &asked.condition {
            self.questions.push((record, condition.span));
        }
        let condition = asked.condition.as_ref().map(|c| Box::new(self.resolver.condition(record, c)));
        let window = match &asked.window {
            Some(window) => Some(self.window(record, &window.node, window.span)?),
            None => None,
        };
        Some(Children { record, condition, window })
    }

    fn window(&mut self, child: Id<Record>, window: &ast::Window, span: Span) -> Option<Window> {
        let at = self.resolver.happened_at(child, span)?;
        let ty = field_type(at, &self.resolver.records[child].fields[at].ty);
        let length = |this: &mut Self, duration: &ast::DurationValue| {
            let duration = *this.resolver.duration_slot(duration, DurationUse::Condition).get()?;
            if ty == Type::Date {
                this.day_unit(duration.unit, span)?;
            }
            Some(duration)
        };
        let span = match window {
            ast::Window::Last(duration) => WindowSpan::Last(length(self, duration)?),
            ast::Window::After(word) => WindowSpan::After(self.anchor(child, at, word)?),
            ast::Window::Before(word) => WindowSpan::Before(self.anchor(child, at, word)?),
            ast::Window::Within(duration, word) => {
                let anchor = self.anchor(child, at, word);
                WindowSpan::Within(length(self, duration)?, anchor?)
            }
        };
        Some(Window { at, span })
    }

    /// The field of the parent that a window goes by: of the same type as the moment of the child.
    fn anchor(&mut self, child: Id<Record>, at: Id<Field>, word: &Word) -> Option<Id<Field>> {
        let Some(field) = self.field(&word.node, word.span) else {
            self.no_field(&word.node, word.span);
            return None;
        };
        let (own, childs) = (self.type_of(field), &self.resolver.records[child].fields[at]);
        if own == field_type(at, &childs.ty) {
            return Some(field);
        }
        let wanted = childs.ty.words();
        let childs = childs.name.clone();
        let declared = field_span(self.resolver, self.record, field);
        self.say(
            Diagnostic::error(TYPE, format!("`{}` is not a {wanted} as `{childs}` is", word.node))
                .at(word.span, format!("a {wanted} is needed here"))
                .also(declared, "declared here")
                .also(childs.span, format!("compared with this, a {wanted}"))
                .help(format!("Name a field of type `{wanted}`.")),
        );
        None
    }

    /// A name that the record does not have, but a child that was asked about before: the condition ended too early.
    pub(super) fn meant_for_child(&mut self, name: &str, at: Span) -> bool {
        let fits = |(child, _): &&(Id<Record>, Span)| {
            let record = &self.resolver.records[*child];
            let defined = self.resolver.known_definition(name, at.file);
            let of = defined.and_then(|d| self.resolver.definitions[d].record.get());
            record.field(name).is_some() || of == Some(child)
        };
        let Some((child, test)) = self.questions.iter().rev().find(fits).copied() else { return false };
        let record = &self.resolver.records[child];
        let (parent, child_name) = (&self.resolver.records[self.record].head.name, &record.head.name);
        let mut out = Diagnostic::error(
            TYPE,
            format!("`{name}` is about `{child_name}`, but here the condition is about `{parent}` again"),
        )
        .at(at, format!("not a word of `{parent}`"))
        .also(test, format!("only this is about each `{child_name}`"))
        .help(format!(
            "A condition of several parts about each `{child_name}` stands in brackets: `where (.. and ..)`."
        ));
        if let Some(declared) = record.field(name) {
            out = out.also(record.fields[declared].name.span, "declared here");
        }
        // Only if nothing stands between the two: a window or a comparison cannot move into the brackets.
        if let Some((part, before)) = self.part
            && before == test.end
        {
            let edit = |span, text: &str| Edit { span, text: text.to_owned() };
            out.fixes.push(Fix {
                title: "put both in brackets".into(),
                applicability: Applicability::Suggested,
                edits: vec![edit(test.start_point(), "("), edit(part.end_point(), ")")],
            });
        }
        self.say(out);
        true
    }
}
