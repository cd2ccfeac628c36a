//! Proofs for rules: questions to `logic`, each answer checked before anybody hears of it. An example is tried with the
//! evaluator and dropped if it does not show what it should; "impossible" must be found twice, in two ways.

use std::collections::BTreeMap;

use super::Context;
use crate::diagnostic::Witness;
use crate::evaluate::{Evaluator, Item, Value};
use crate::logic::{Alike, Answer, Content, End, Example, Formula, Space};
use crate::model::{Constant, Field, FieldType, Id, Model, Name, Record, Zone, words};
use crate::worktime::{self, Instant};

/// Noon, so that examples have an ordinary moment for the present one.
const NOON: i64 = 12 * 3600;

/// More fields than this make no sentence.
const TOLD: usize = 3;

/// How many questions were decided, and why others were not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Questions {
    /// Answered for certain.
    pub decided: usize,
    /// By reason: how many were not.
    pub not_analysed: BTreeMap<String, usize>,
}

impl Questions {
    /// How many were not answered.
    pub fn open(&self) -> usize {
        self.not_analysed.values().sum()
    }

    /// Counts a comparison of times: those are always decided.
    pub(super) fn compared(&mut self) {
        self.decided += 1;
    }

    /// Counts what is not asked at all, with the reason.
    pub(crate) fn leave(&mut self, reason: &str) {
        self.count(Some(reason.to_owned()));
    }

    /// Counts an answer, or why there is none.
    pub(super) fn count(&mut self, reason: Option<String>) {
        match reason {
            None => self.decided += 1,
            Some(reason) => *self.not_analysed.entry(reason).or_default() += 1,
        }
    }
}

/// An item that was tried.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The record.
    pub record: Id<Record>,
    /// What matters of it.
    pub example: Example,
    /// All of it.
    pub item: Item,
}

/// Asks questions about the records of one agreement.
#[derive(Debug)]
pub struct Prover<'a> {
    context: &'a Context<'a>,
    spaces: BTreeMap<Id<Record>, Space<'a>>,
    now: Instant,
}

impl<'a> Prover<'a> {
    /// A prover whose examples are of today.
    pub fn new(context: &'a Context<'a>) -> Prover<'a> {
        let zone = context.evaluator.zone();
        let start = zone.and_then(|zone| zone.start_of(worktime::Day::of(context.today)).ok());
        let now = start.and_then(|start| start.plus(NOON).ok()).unwrap_or(Instant::MIN);
        Prover { context, spaces: BTreeMap::new(), now }
    }

    /// The space of a record, to make formulas in.
    pub fn space(&mut self, record: Id<Record>) -> &mut Space<'a> {
        let (model, now) = (self.context.model, self.now);
        self.spaces.entry(record).or_insert_with(|| Space::new(model, record, now))
    }

    /// An item of which all of these hold, and which passes the test of the evaluator. `None`: there is none, or it is
    /// not known.
    pub fn find(
        &mut self,
        record: Id<Record>,
        all: &[Formula],
        test: impl Fn(&Evaluator<'_>, &Item) -> bool,
    ) -> Option<Shown> {
        let (reason, shown) = match self.space(record).decide(all) {
            Answer::Impossible => (None, None),
            Answer::NotAnalysed(reason) => (Some(reason), None),
            Answer::Possible(example) => {
                let item = item(self.context.model, record, &example);
                if test(&self.context.evaluator.at(example.now), &item) {
                    (None, Some(Shown { record, example: *example, item }))
                } else {
                    let reason = example.doubt.unwrap_or_else(|| "no example of it could be made".into());
                    (Some(reason), None)
                }
            }
        };
        self.context.questions.borrow_mut().count(reason);
        shown
    }

    /// Whether all of these can hold, for all that is known. Such a question is not counted: it only words a finding.
    pub fn may_hold(&mut self, record: Id<Record>, all: &[Formula]) -> bool {
        !self.space(record).decide(all).is_impossible()
    }

    /// The one field with the one value that makes the difference, if there is one: without it not all of these hold. A
    /// field that is `given` does not count.
    pub fn only_value(
        &mut self,
        shown: &Shown,
        all: &[Formula],
        given: Option<Id<Field>>,
    ) -> Option<Id<Field>> {
        if shown.asks_children() {
            return None;
        }
        let mut fields = shown.example.fields.iter().filter(|(field, _)| Some(*field) != given);
        let (Some((field, content @ Content::Value(_))), None) = (fields.next(), fields.next()) else {
            return None;
        };
        let ty = &self.context.model.records[shown.record].fields[*field].ty;
        if matches!(ty, FieldType::Boolean | FieldType::Choice(_) | FieldType::Text) {
            return None;
        }
        let space = self.space(shown.record);
        let is = space.holds(*field, content);
        let others = space.not(is);
        let all: Vec<Formula> = all.iter().copied().chain([others]).collect();
        (!self.may_hold(shown.record, &all)).then_some(*field)
    }

    /// Of which other items all of these hold, around the one that is shown: ``segment = smb` and `employees >= 50``.
    /// `None`: of none, or it makes no sentence.
    pub fn range_around(&mut self, shown: &Shown, all: &[Formula]) -> Option<String> {
        let example = &shown.example;
        if example.fields.len() > TOLD {
            return None;
        }
        let ranges = self.space(shown.record).box_around(all, example)?;
        let fields = &self.context.model.records[shown.record].fields;
        let each = example.fields.iter().map(|(id, content)| {
            let name = &fields[*id].name.text;
            let range = ranges.iter().find(|(of, _)| of == id).map(|(_, range)| range);
            let end = |sign: &str, end: &End| {
                let equal = if end.included { "=" } else { "" };
                format!("{name} {sign}{equal} {}", written(self.context, &end.value))
            };
            match range.map(|range| (&range.from, &range.to)) {
                Some((Some(from), Some(to))) => format!("`{} and {}`", end(">", from), end("<", to)),
                Some((Some(from), None)) => format!("`{}`", end(">", from)),
                Some((None, Some(to))) => format!("`{}`", end("<", to)),
                Some((None, None)) => format!("any `{name}`"),
                None if *content == Content::Blank => format!("`{name}` blank"),
                None => format!("`{name} = {}`", written(self.context, content)),
            }
        });
        Some(crate::diagnostic::join(&each.collect::<Vec<_>>(), "and"))
    }

    /// The fields of an example that must be blank: with all of its blank fields filled, not all of these hold.
    pub fn only_blank(&mut self, shown: &Shown, all: &[Formula]) -> Vec<Id<Field>> {
        let blank = shown.blank_fields();
        let mut all = all.to_vec();
        all.extend(blank.iter().map(|field| self.space(shown.record).filled(*field)));
        if self.may_hold(shown.record, &all) { Vec::new() } else { blank }
    }

    /// The places of some of these that can already not all hold, none of which could be left out; the first and the last
    /// are always kept.
    pub fn conflict(&mut self, record: Id<Record>, all: &[Formula]) -> Vec<usize> {
        let last = all.len().saturating_sub(1);
        let mut kept = self.space(record).core(all).unwrap_or_default();
        for place in kept.clone().into_iter().filter(|place| *place != 0 && *place != last) {
            let rest: Vec<usize> = kept.iter().copied().filter(|other| *other != place).collect();
            let formulas: Vec<Formula> = [0, last].iter().chain(&rest).map(|at| all[*at]).collect();
            if !self.may_hold(record, &formulas) {
                kept = rest;
            }
        }
        kept
    }

    /// Whether it is certain that not all of these can hold.
    pub fn never(&mut self, record: Id<Record>, all: &[Formula]) -> bool {
        let answer = self.space(record).decide(all);
        let (reason, never) = match answer {
            Answer::Possible(_) => (None, false),
            Answer::NotAnalysed(reason) => (Some(reason), false),
            Answer::Impossible if self.space(record).confirm_impossible(all) => (None, true),
            Answer::Impossible => (Some("it could not be confirmed".into()), false),
        };
        self.context.questions.borrow_mut().count(reason);
        never
    }
}

/// A name with its article: `a lead`, `an account`, `an mql`, `a user`.
pub fn a(name: &Name) -> String {
    format!("{} {name}", words::article(&name.text))
}

/// A name as the author wrote it, in back-ticks and with its article, such as an `open_lead`.
pub fn a_word(name: &Name) -> String {
    format!("{} `{name}`", words::article(&name.text))
}

/// A sentence begins with a capital.
pub fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// The item of an example: what does not matter is blank where it may be, and it has no more child records than it needs.
pub fn item(model: &Model, record: Id<Record>, example: &Example) -> Item {
    let item = filled(model, record, [&example.others, &example.fields]);
    with_children(model, item, &example.children)
}

fn filled(model: &Model, record: Id<Record>, contents: [&Vec<(Id<Field>, Content)>; 2]) -> Item {
    let fields = &model.records[record].fields;
    let all = contents.into_iter().flatten();
    all.fold(Item::blank(&model.records[record]), |item, (field, content)| {
        item.with(*field, value(&fields[*field], content))
    })
}

fn with_children(model: &Model, mut item: Item, children: &[Alike]) -> Item {
    for alike in children {
        let child = filled(model, alike.record, [&alike.others, &alike.fields]);
        let child = with_children(model, child, &alike.children);
        for _ in 0..alike.count {
            item.add_child(alike.record, child.clone());
        }
    }
    item
}

fn value(field: &Field, content: &Content) -> Value {
    match content {
        Content::Blank => Value::Blank,
        Content::Moment(moment) => Value::Moment(*moment),
        Content::Choices(values) => Value::Choices(values.clone()),
        Content::Value(constant) => match constant {
            Constant::Number(n) | Constant::Percent(n) | Constant::Money(n, _) => Value::Number(*n),
            Constant::Text(text) | Constant::Choice(text) if matches!(field.ty, FieldType::Choice(_)) => {
                Value::Choice(text.clone())
            }
            Constant::Text(text) | Constant::Choice(text) => Value::Text(text.clone()),
            Constant::Boolean(value) => Value::Boolean(*value),
            Constant::Date(date) => Value::Date(*date),
            Constant::DateTime(_) => Value::Blank,
        },
    }
}

impl Shown {
    /// The same, and what some fields hold is not worth telling.
    #[must_use]
    pub fn without(mut self, fields: &[Id<Field>]) -> Shown {
        let (hidden, told): (Vec<_>, Vec<_>) = std::mem::take(&mut self.example.fields)
            .into_iter()
            .partition(|(field, _)| fields.contains(field));
        self.example.fields = told;
        self.example.others.extend(hidden);
        self
    }

    /// The fields that matter and are blank.
    pub fn blank_fields(&self) -> Vec<Id<Field>> {
        let blank = |content: &Content| match content {
            Content::Blank => true,
            Content::Choices(values) => values.is_empty(),
            _ => false,
        };
        self.example.fields.iter().filter(|(_, content)| blank(content)).map(|(field, _)| *field).collect()
    }

    /// Whether it matters which child records it has.
    fn asks_children(&self) -> bool {
        !self.example.children.is_empty() || !self.example.without.is_empty()
    }

    /// What matters as a sentence has it: `score = 65` and 2 records of `touch` (`kind = call`).
    pub fn said(&self, context: &Context<'_>) -> String {
        let mut each = said_fields(context, self.record, &self.example.fields);
        each.extend(self.example.children.iter().map(|alike| said_children(context, alike)));
        let none = self.example.without.iter();
        each.extend(none.map(|record| format!("no record of `{}`", name_of(context, *record))));
        crate::diagnostic::join(&each, "and")
    }

    /// The item as a small table.
    pub fn witness(&self, context: &Context<'_>, title: impl Into<String>) -> Option<Witness> {
        let mut rows = self.rows(context);
        if self.example.timed
            && let Some(zone) = context.evaluator.zone()
        {
            rows.push(("now".into(), worktime::words::moment(self.example.now, zone)));
        }
        (!rows.is_empty()).then(|| Witness { title: title.into(), rows })
    }

    fn rows(&self, context: &Context<'_>) -> Vec<(String, String)> {
        let mut rows = field_rows(context, self.record, &self.example.fields);
        rows.extend(self.example.children.iter().map(|alike| child_row(context, alike)));
        let none = self.example.without.iter();
        rows.extend(none.map(|record| (name_of(context, *record).to_owned(), "none".to_owned())));
        rows
    }
}

fn name_of<'m>(context: &Context<'m>, record: Id<Record>) -> &'m str {
    &context.model.records[record].head.name.text
}

fn field_rows(
    context: &Context<'_>,
    record: Id<Record>,
    contents: &[(Id<Field>, Content)],
) -> Vec<(String, String)> {
    let fields = &context.model.records[record].fields;
    let row = |(field, content): &(Id<Field>, Content)| {
        (fields[*field].name.text.clone(), written(context, content))
    };
    contents.iter().map(row).collect()
}

fn said_fields(context: &Context<'_>, record: Id<Record>, contents: &[(Id<Field>, Content)]) -> Vec<String> {
    let rows = field_rows(context, record, contents).into_iter();
    rows.map(|(field, value)| match value.as_str() {
        "blank" => format!("`{field}` blank"),
        _ => format!("`{field} = {value}`"),
    })
    .collect()
}

/// 2 records of `touch` (`kind = call`).
fn said_children(context: &Context<'_>, alike: &Alike) -> String {
    let records = if alike.count == 1 { "1 record".to_owned() } else { format!("{} records", alike.count) };
    let mut each = said_fields(context, alike.record, &alike.fields);
    each.extend(alike.children.iter().map(|child| said_children(context, child)));
    let name = name_of(context, alike.record);
    match each.as_slice() {
        [] => format!("{records} of `{name}`"),
        each => format!("{records} of `{name}` ({})", each.join(", ")),
    }
}

/// `touch`, `2 with kind = call`.
fn child_row(context: &Context<'_>, alike: &Alike) -> (String, String) {
    let rows = field_rows(context, alike.record, &alike.fields).into_iter();
    let mut each: Vec<String> = rows
        .map(|(field, value)| match value.as_str() {
            "blank" => format!("{field} blank"),
            _ => format!("{field} = {value}"),
        })
        .collect();
    each.extend(alike.children.iter().map(|child| {
        let (name, how) = child_row(context, child);
        format!("{name}: {how}")
    }));
    let value = match each.as_slice() {
        [] => alike.count.to_string(),
        each => format!("{} with {}", alike.count, each.join(", ")),
    };
    (name_of(context, alike.record).to_owned(), value)
}

/// A value as the language writes it.
fn written(context: &Context<'_>, content: &Content) -> String {
    match content {
        Content::Blank => "blank".into(),
        Content::Moment(moment) => match context.evaluator.zone() {
            Some(zone) => worktime::words::moment(*moment, zone),
            None => worktime::TimeZone::of(&Zone("UTC".into())).map_or_else(
                |_| moment.epoch().to_string(),
                |zone| format!("{} UTC", worktime::words::moment(*moment, &zone)),
            ),
        },
        Content::Choices(values) if values.is_empty() => "blank".into(),
        Content::Choices(values) => values.iter().cloned().collect::<Vec<_>>().join(", "),
        Content::Value(constant) => match constant {
            Constant::Number(number) => number.normalize().to_string(),
            Constant::Percent(number) => words::percent(*number),
            Constant::Money(amount, currency) => words::money(*amount, currency),
            Constant::Text(text) => format!("\"{text}\""),
            Constant::Choice(value) => value.clone(),
            Constant::Boolean(value) => value.to_string(),
            Constant::Date(date) => date.to_string(),
            Constant::DateTime(local) => local.to_string(),
        },
    }
}
