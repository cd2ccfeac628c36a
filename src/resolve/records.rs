//! Records with their fields, and definitions.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Resolver;
use super::clauses::Once;
use super::names::{DUPLICATE, Entry, UNDEFINED};
use crate::diagnostic::{Applicability, Diagnostic, names};
use crate::model::record::{Case, Currency, Openness, Presence, Range, Values};
use crate::model::{Arena, Definition, Field, FieldType, Id, Name, Predicate, PredicateKind, Record, Slot};
use crate::source::Span;
use crate::syntax::ast::{self, DefinitionClause, OrTbd, RecordClause, Word};

/// Words that a condition reads as something else, so no field may be called so.
const RESERVED: [&str; 12] =
    ["and", "or", "not", "in", "is", "between", "now", "today", "true", "false", "any", "no"];

/// A record has at most this many fields: more than any CRM lets an object have.
const MOST_FIELDS: usize = 1000;
/// A choice has at most this many values, as in a CRM.
const MOST_VALUES: usize = 1000;

impl Resolver<'_> {
    pub(super) fn records(&mut self) {
        let parents = self.blocks.parents.clone();
        for (entry, parent) in self.blocks.records.clone().into_iter().zip(parents) {
            let mut fields: Arena<Field> = Arena::default();
            let mut names: BTreeMap<&str, Span> = BTreeMap::new();
            for clause in &entry.block.clauses {
                let RecordClause::Field(field) = &clause.node else { continue };
                if fields.len() == MOST_FIELDS {
                    self.too_many_fields(&entry.block.name, field.name.span);
                    break;
                }
                if self.field_is_new(&names, &field.name)
                    && let Some(resolved) = self.field(field)
                {
                    names.insert(&field.name.node, field.name.span);
                    fields.push(resolved);
                }
            }
            let head = self.head(entry, |c| match c {
                RecordClause::Note(prose) => Some(prose),
                RecordClause::Field(_) | RecordClause::HappensAt(_) => None,
            });
            let parent = parent.map(|parent| self.find(parent).map_or(Slot::Broken, Slot::Set));
            let id = self.records.push(Record { head, fields, parent, happens_at: None });
            self.records[id].happens_at = self.happens_at(id, entry);
        }
        self.parent_circles();
    }

    fn too_many_fields(&mut self, record: &Word, first_left_out: Span) {
        let text = format!("`{}` has more than {MOST_FIELDS} fields", record.node);
        let help = "Declare the fields that the agreement speaks of; the CRM may have more.";
        self.invalid(first_left_out, text, "from here on they are left out", Some(help.into()));
    }

    /// `names` are the fields there are, with their places.
    fn field_is_new(&mut self, names: &BTreeMap<&str, Span>, name: &Word) -> bool {
        if RESERVED.contains(&name.node.as_str()) {
            self.diagnostics.push(
                Diagnostic::error(DUPLICATE, format!("a field cannot be called `{}`", name.node))
                    .at(name.span, "this word has a meaning of its own in conditions")
                    .help("Give it another name; `clausal.yaml` maps it to whatever the CRM calls it."),
            );
            return false;
        }
        let Some(first) = names.get(name.node.as_str()) else { return true };
        self.diagnostics.push(
            Diagnostic::error(DUPLICATE, format!("the field `{}` is declared twice", name.node))
                .at(name.span, "again here")
                .also(*first, "first here")
                .help("Keep one of them."),
        );
        false
    }

    fn field(&mut self, field: &ast::Field) -> Option<Field> {
        let ty = match &field.ty.node {
            ast::FieldType::Key => FieldType::Key,
            ast::FieldType::Text => FieldType::Text,
            ast::FieldType::Integer => FieldType::Integer,
            ast::FieldType::Number => FieldType::Number,
            ast::FieldType::Percent => FieldType::Percent,
            ast::FieldType::Money(currency) => FieldType::Money(Currency(currency.node.clone())),
            ast::FieldType::Boolean => FieldType::Boolean,
            ast::FieldType::Date => FieldType::Date,
            ast::FieldType::DateTime => FieldType::DateTime,
            ast::FieldType::Choice(values) => FieldType::Choice(self.choice(values)),
            ast::FieldType::Choices(values) => FieldType::Choices(self.choice(values)),
            ast::FieldType::User => FieldType::User,
            ast::FieldType::Reference(record) => FieldType::Reference(self.find(record)?),
        };
        let range = match &field.range {
            Some(range) => self.range(range, &ty),
            None => Range::default(),
        };
        let case = match field.ignoring_case {
            ast::Mark::Present(span) if !matches!(ty, FieldType::Text | FieldType::Key | FieldType::User) => {
                self.invalid(span, "only text can ignore case".into(), "this is no text", None);
                Case::Sensitive
            }
            ast::Mark::Present(_) => Case::Ignored,
            ast::Mark::Absent => Case::Sensitive,
        };
        Some(Field {
            name: Name { text: field.name.node.clone(), span: field.name.span },
            title: field.title.as_ref().map(|t| t.node.clone()),
            ty,
            presence: if field.optional.is_present() { Presence::Optional } else { Presence::Required },
            range,
            case,
        })
    }

    fn choice(&mut self, values: &ast::ChoiceValues) -> Values {
        let mut names: Vec<Name> = Vec::new();
        let mut listed: BTreeMap<&str, Span> = BTreeMap::new();
        for value in &values.values {
            let name = Name { text: value.node.text.clone(), span: value.span };
            if names.len() == MOST_VALUES {
                let text = format!("this choice has more than {MOST_VALUES} values");
                let help = "A field with so many values is a `text`; conditions can list those that matter.";
                self.invalid(name.span, text, "from here on they are left out", Some(help.into()));
                // What was left out is no mistake elsewhere.
                return Values { names, openness: Openness::Open };
            }
            if let Some(first) = listed.get(value.node.text.as_str()) {
                self.diagnostics.push(
                    Diagnostic::error(DUPLICATE, format!("the value `{}` is listed twice", name.text))
                        .at(name.span, "again here")
                        .also(*first, "first here")
                        .help("Keep one of them."),
                );
            } else if name.text.trim().is_empty() {
                self.invalid(
                    name.span,
                    "a value cannot be empty".into(),
                    "empty",
                    Some("A field without a value is blank: mark the field `optional`.".into()),
                );
            } else {
                listed.insert(&value.node.text, value.span);
                names.push(name);
            }
        }
        Values { names, openness: values.openness }
    }

    fn range(&mut self, range: &Word, ty: &FieldType) -> Range {
        let numeric =
            matches!(ty, FieldType::Integer | FieldType::Number | FieldType::Percent | FieldType::Money(_));
        if !numeric {
            self.invalid(range.span, "only numbers have a range".into(), "this is no number", None);
            return Range::default();
        }
        let (low, high) = range.node.split_once("..").unwrap_or((&range.node, ""));
        let mut read = |text: &str| -> Option<Decimal> {
            if text.is_empty() { None } else { self.number(text, range.span) }
        };
        let (min, max) = (read(low), read(high));
        if min.zip(max).is_some_and(|(min, max)| min > max) {
            self.invalid(range.span, "this range ends before it begins".into(), "no number lies in it", None);
            return Range::default();
        }
        if low.is_empty() && high.is_empty() {
            self.invalid(range.span, "this range has no ends".into(), "every number lies in it", None);
        }
        Range { min, max }
    }

    /// The field of a record, or a report that there is none.
    pub(super) fn find_field(&mut self, record: Id<Record>, word: &Word) -> Option<Id<Field>> {
        if let Some(field) = self.records[record].field(&word.node) {
            let declared = self.records[record].fields[field].name.span;
            self.refer(declared, word.span);
            return Some(field);
        }
        if self.record_has_hole(record) {
            return None;
        }
        let said = self.no_field(record, word, &[]);
        self.diagnostics.push(said);
        None
    }

    /// The same for a name that may be `tbd`, where the record may be unknown.
    pub(super) fn field_slot(
        &mut self,
        record: Option<Id<Record>>,
        reference: &ast::Reference,
    ) -> Slot<Id<Field>> {
        match reference {
            OrTbd::Known(word) => {
                record.and_then(|r| self.find_field(r, word)).map_or(Slot::Broken, Slot::Set)
            }
            OrTbd::Tbd(tbd) => Slot::Tbd(self.open_point(tbd)),
        }
    }

    pub(super) fn field_slots(
        &mut self,
        record: Option<Id<Record>>,
        references: &[ast::Reference],
    ) -> Vec<Slot<Id<Field>>> {
        references.iter().map(|r| self.field_slot(record, r)).collect()
    }

    /// True if a line of the record was not read: a missing field may have been there.
    pub(super) fn record_has_hole(&self, record: Id<Record>) -> bool {
        let is_full = self.records[record].fields.len() == MOST_FIELDS;
        is_full || self.blocks.records.get(record.index()).is_some_and(|e| e.state == ast::State::Incomplete)
    }

    /// What to say of a field that does not exist. `others` are further names that would fit.
    pub(super) fn no_field(&self, record: Id<Record>, word: &Word, others: &[&str]) -> Diagnostic {
        let record = &self.records[record];
        let fields = || record.fields.values().map(|f| f.name.text.as_str());
        let out =
            Diagnostic::error(UNDEFINED, format!("`{}` has no field `{}`", record.head.name, word.node));
        if let Some(near) = self.suggest(&word.node, fields().chain(others.iter().copied())) {
            let out = out.at(word.span, format!("did you mean `{near}`?")).fix(
                format!("write `{near}`"),
                Applicability::Suggested,
                word.span,
                near,
            );
            match record.field(near) {
                Some(field) => out.also(record.fields[field].name.span, format!("`{near}` is declared here")),
                None => out,
            }
        } else {
            let out = out.at(word.span, "not declared").also(record.head.name.span, "the record");
            out.help(format!(
                "Its fields are {}. Name one of them, or declare this one in the record.",
                names(&fields().collect::<Vec<_>>(), "and")
            ))
        }
    }

    pub(super) fn definition_heads(&mut self) {
        for entry in self.blocks.definitions.clone() {
            let definition = self.definition_head(entry);
            self.definitions.push(definition);
        }
    }

    pub(super) fn definition_bodies(&mut self) {
        for (index, entry) in self.blocks.definitions.clone().into_iter().enumerate() {
            self.definition_body(Id::new(index), entry);
        }
    }

    fn definition_head(&mut self, entry: Entry<'_, DefinitionClause>) -> Definition {
        let means = entry.block.clauses.iter().find_map(|c| match &c.node {
            DefinitionClause::Means(record, _) => Some(record),
            _ => None,
        });
        let record = if let Some(record) = means {
            self.find(record).map_or(Slot::Broken, Slot::Set)
        } else {
            self.missing(
                entry.state,
                entry.block.name.span,
                format!("definition `{}` does not say what it means", entry.block.name.node),
                "Add a `means` clause, such as `means lead where score >= 65`.",
            );
            Slot::Broken
        };
        Definition {
            head: self.head(entry, |c| match c {
                DefinitionClause::Note(prose) => Some(prose),
                _ => None,
            }),
            record,
            condition: Predicate { kind: PredicateKind::Unknown, span: entry.block.name.span },
            since: None,
            excludes: Vec::new(),
            one_of: None,
        }
    }

    fn definition_body(&mut self, id: Id<Definition>, entry: Entry<'_, DefinitionClause>) {
        let record = self.definitions[id].record.get().copied();
        let (mut means, mut since, mut one_of) =
            (Once::new("means"), Once::new("since"), Once::new("one of"));
        let mut excludes = Vec::new();
        for clause in &entry.block.clauses {
            match &clause.node {
                DefinitionClause::Means(_, condition) => {
                    let predicate = match (condition, record) {
                        (Some(condition), Some(record)) => self.condition(record, condition),
                        (None, _) => Predicate::always(clause.span),
                        (Some(_), None) => Predicate { kind: PredicateKind::Unknown, span: clause.span },
                    };
                    means.set(self, clause.span, predicate);
                }
                DefinitionClause::Since(reference) => {
                    let slot = self.moment_slot(record, reference);
                    since.set(self, clause.span, slot);
                }
                DefinitionClause::Excludes(names) => {
                    for slot in self.find_slots(names) {
                        excludes.extend(slot.get().copied());
                    }
                }
                DefinitionClause::OneOf(group) => one_of.set(self, clause.span, group.node.clone()),
                DefinitionClause::Note(_) => {}
            }
        }
        let definition = &mut self.definitions[id];
        if let Some(condition) = means.get() {
            definition.condition = condition;
        }
        definition.since = since.get();
        definition.excludes = excludes;
        definition.one_of = one_of.get();
    }

    /// A field that holds a moment or a day, to count back from.
    pub(super) fn day_or_moment_slot(&mut self, record: Option<Id<Record>>, word: &Word) -> Slot<Id<Field>> {
        let reference = OrTbd::Known(word.clone());
        if let Some(known) = record
            && let Some(field) = self.records[known].field(&word.node)
            && self.records[known].fields[field].ty == FieldType::Date
        {
            return self.field_slot(record, &reference);
        }
        self.moment_slot(record, &reference)
    }

    /// A field that holds a moment. A `date` will not do: it does not say when the clock starts or stops.
    pub(super) fn moment_slot(
        &mut self,
        record: Option<Id<Record>>,
        reference: &ast::Reference,
    ) -> Slot<Id<Field>> {
        let slot = self.field_slot(record, reference);
        let (Slot::Set(field), Some(record), OrTbd::Known(word)) = (&slot, record, reference) else {
            return slot;
        };
        let declared = &self.records[record].fields[*field];
        if declared.ty == FieldType::DateTime {
            return slot;
        }
        let out = Diagnostic::error(
            super::condition::TYPE,
            format!("`{}` is a {}, but a moment is needed here", word.node, declared.ty.words()),
        )
        .at(word.span, "a clock needs a date and a time")
        .also(declared.name.span, format!("declared as `{}`", declared.ty.words()))
        .help("Name a field of type `datetime`.");
        self.diagnostics.push(out);
        Slot::Broken
    }
}
