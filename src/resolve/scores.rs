//! Scores.

use rust_decimal::Decimal;

use super::Resolver;
use super::clauses::{DUPLICATE_CLAUSE, Once};
use super::condition::TYPE;
use super::names::{DUPLICATE, Entry, Kind, UNDEFINED};
use super::values::DurationUse;
use crate::diagnostic::Diagnostic;
use crate::model::score::{Addend, Bounds, PerPeriod, Row, RowKind};
use crate::model::{Children, Field, FieldType, Id, Record, Score, Slot};
use crate::source::Span;
use crate::syntax::ast::{self, Cap, OrTbd, ScoreClause, Spanned, Word, WordValue};

/// How often a row counts: in a period, and in all.
type Caps = (Option<(Slot<u32>, Spanned<crate::model::Period>)>, Option<Slot<u32>>);

impl Resolver<'_> {
    /// What each score is about, so that conditions can name any of them.
    pub(super) fn score_heads(&mut self) {
        for (record, entry) in self.blocks.scores.clone() {
            let record = self.find(record).map_or(Slot::Broken, Slot::Set);
            if let Slot::Set(record) = record {
                self.not_called_like_a_field(record, &entry.block.name);
            }
            let head = self.head(entry, |c| match c {
                ScoreClause::Note(prose) => Some(prose),
                _ => None,
            });
            self.scores.push(Score { head, record, rows: Vec::new(), total: Bounds::default() });
        }
    }

    fn not_called_like_a_field(&mut self, record: Id<Record>, name: &Word) {
        let of = &self.records[record];
        let Some(field) = of.field(&name.node) else { return };
        let out = Diagnostic::error(
            DUPLICATE,
            format!("`{}` is the name of a score and of a field of `{}`", name.node, of.head.name),
        )
        .at(name.span, "the score")
        .also(of.fields[field].name.span, "the field")
        .note("In a condition nobody could tell which of them is meant.")
        .help("Rename the score; or drop the field, if it holds nothing but this score.");
        self.diagnostics.push(out);
    }

    pub(super) fn score_bodies(&mut self) {
        for (index, (_, entry)) in self.blocks.scores.clone().into_iter().enumerate() {
            self.score_body(Id::new(index), entry);
        }
    }

    fn score_body(&mut self, id: Id<Score>, entry: Entry<'_, ScoreClause>) {
        let record = self.scores[id].record.get().copied();
        let (mut least, mut most) = (Once::new("total at least"), Once::new("total at most"));
        let mut rows = Vec::new();
        let mut added: Vec<&Word> = Vec::new();
        for clause in &entry.block.clauses {
            match &clause.node {
                ScoreClause::Note(_) => {}
                ScoreClause::Total { least: low, most: high } => {
                    for (level, once) in [(low, &mut least), (high, &mut most)] {
                        let Some(level) = level else { continue };
                        let slot = self.level(level);
                        // With both in one clause each is pointed at by itself.
                        let span = if low.is_some() && high.is_some() { place(level) } else { clause.span };
                        once.set(self, span, slot);
                    }
                }
                row => {
                    if let ScoreClause::Add { of, .. } = row {
                        self.added_once(&mut added, of);
                    }
                    let kind = record.and_then(|record| self.row(record, row));
                    rows.push(Row { kind: kind.unwrap_or(RowKind::Unknown), span: clause.span });
                }
            }
        }
        if rows.is_empty() {
            self.missing(
                entry.state,
                entry.block.name.span,
                format!("score `{}` gives no points", entry.block.name.node),
                "Add a row, such as `+20 when employees >= 200`.",
            );
        }
        let bounds = (least.with_span(), most.with_span());
        self.in_order(
            bounds.0.as_ref().map(|(slot, span)| (slot, *span)),
            bounds.1.as_ref().map(|(slot, span)| (slot, *span)),
        );
        let score = &mut self.scores[id];
        score.rows = rows;
        score.total = Bounds { at_least: bounds.0.map(|b| b.0), at_most: bounds.1.map(|b| b.0) };
    }

    fn added_once<'w>(&mut self, added: &mut Vec<&'w Word>, word: &'w Word) {
        match added.iter().find(|first| first.node == word.node) {
            None => added.push(word),
            Some(first) => self.diagnostics.push(
                Diagnostic::error(DUPLICATE_CLAUSE, format!("`{}` is added twice", word.node))
                    .at(word.span, "again here")
                    .also(first.span, "first here")
                    .help("Keep one of them."),
            ),
        }
    }

    fn in_order(&mut self, least: Option<(&Slot<Decimal>, Span)>, most: Option<(&Slot<Decimal>, Span)>) {
        let (Some((Slot::Set(low), low_at)), Some((Slot::Set(high), high_at))) = (least, most) else {
            return;
        };
        if low <= high {
            return;
        }
        let out = Diagnostic::error(
            super::values::INVALID,
            format!("at least {low} and at most {high} is nothing"),
        )
        .at(high_at, format!("at most {high}"))
        .also(low_at, format!("at least {low}"))
        .help("The largest number must not be smaller than the smallest.");
        self.diagnostics.push(out);
    }

    fn level(&mut self, level: &WordValue) -> Slot<Decimal> {
        self.slot(level, |this, word| this.number(&word.node, word.span))
    }

    /// `+20`, `-2.5`.
    fn points(&mut self, points: &WordValue) -> Slot<Decimal> {
        self.slot(points, |this, word| {
            let text: String = word.node.chars().filter(|c| !c.is_whitespace() && *c != '+').collect();
            this.number(&text, word.span)
        })
    }

    /// Points for each of something. None at all are a slip; of a condition they make its table complete.
    fn points_for_each(&mut self, points: &WordValue) -> Slot<Decimal> {
        let slot = self.points(points);
        if !slot.get().is_some_and(Decimal::is_zero) {
            return slot;
        }
        if let OrTbd::Known(word) = points {
            self.invalid(word.span, "a row without points changes nothing".into(), "no points", None);
        }
        Slot::Broken
    }

    fn row(&mut self, record: Id<Record>, clause: &ScoreClause) -> Option<RowKind> {
        match clause {
            ScoreClause::When(points, condition) => {
                let points = self.points(points);
                Some(RowKind::When { points, when: self.condition(record, condition) })
            }
            ScoreClause::EachChild(points, children, caps) => {
                let points = self.points_for_each(points);
                let of = self.child_rows(record, children);
                let (per_period, at_most) = self.caps(caps);
                let of = of?;
                let per_period = match per_period {
                    Some((times, period)) => Some(self.per_period(&of, times, period)?),
                    None => None,
                };
                Some(RowKind::EachChild { points, of, per_period, at_most })
            }
            ScoreClause::EachTime(points, every, since, caps) => {
                let points = self.points_for_each(points);
                let every = self.duration_slot(every, DurationUse::Condition);
                let since = self.since_slot(record, since, &every);
                let (per_period, at_most) = self.caps(caps);
                if let Some((_, period)) = per_period {
                    let help = "Write `at most 6 times`.".to_owned();
                    let message = format!("a time that passes has no `per {}`", period.node);
                    self.invalid(period.span, message, "once in each already", Some(help));
                }
                Some(RowKind::EachTime { points, every, since, at_most })
            }
            ScoreClause::Add { least, most, of } => {
                let mut bound =
                    |level: &Option<WordValue>| level.as_ref().map(|level| (self.level(level), place(level)));
                let (least, most) = (bound(least), bound(most));
                self.in_order(
                    least.as_ref().map(|(slot, span)| (slot, *span)),
                    most.as_ref().map(|(slot, span)| (slot, *span)),
                );
                let bounds = Bounds { at_least: least.map(|b| b.0), at_most: most.map(|b| b.0) };
                Some(RowKind::Add { of: self.addend(record, of)?, bounds })
            }
            ScoreClause::Total { .. } | ScoreClause::Note(_) => None,
        }
    }

    fn caps(&mut self, caps: &[Spanned<Cap>]) -> Caps {
        let mut in_period = Once::new("at most .. per ..");
        let mut in_all = Once::new("at most .. times");
        for cap in caps {
            let times = self.how_many(&cap.node.times);
            match cap.node.per {
                Some(period) => in_period.set(self, cap.span, (times, period)),
                None => in_all.set(self, cap.span, times),
            }
        }
        (in_period.get(), in_all.get())
    }

    /// Periods go by the moment at which a child happened.
    fn per_period(
        &mut self,
        of: &Children,
        times: Slot<u32>,
        period: Spanned<crate::model::Period>,
    ) -> Option<PerPeriod> {
        let at = self.happened_at(of.record, period.span)?;
        Some(PerPeriod { times, period: period.node, at })
    }

    /// The field that time is counted from: a date or a moment.
    fn since_slot(
        &mut self,
        record: Id<Record>,
        reference: &ast::Reference,
        every: &Slot<crate::model::Duration>,
    ) -> Slot<Id<Field>> {
        let slot = self.field_slot(Some(record), reference);
        let (Slot::Set(field), OrTbd::Known(word)) = (&slot, reference) else { return slot };
        let declared = &self.records[record].fields[*field];
        let in_seconds = every.get().is_some_and(|every| every.unit.seconds().is_some());
        let out = match declared.ty {
            FieldType::DateTime => return slot,
            FieldType::Date if !in_seconds => return slot,
            FieldType::Date => Diagnostic::error(super::values::UNIT, "a date has no hours")
                .at(word.span, "a field of type `date`")
                .help("Count in calendar days, weeks or months."),
            _ => Diagnostic::error(TYPE, format!("`{}` is not a date", word.node))
                .at(word.span, "since when?")
                .also(declared.name.span, format!("declared as `{}`", declared.ty.words()))
                .help("Name a field of type `datetime` or `date`."),
        };
        self.diagnostics.push(out);
        Slot::Broken
    }

    /// A score of the record, or one of its numbers.
    fn addend(&mut self, record: Id<Record>, word: &Word) -> Option<Addend> {
        if let Some(score) = self.known_score(&word.node, word.span.file) {
            self.find::<Score>(word)?;
            return self.score_of(record, score, word.span).map(Addend::Score);
        }
        if self.records[record].field(&word.node).is_none()
            && self.kind_of(&word.node, word.span.file) != Some(Kind::Lost)
        {
            if self.record_has_hole(record) || self.misses_a_file(word.span.file) {
                return None;
            }
            let scores: Vec<String> = self.scores.values().map(|s| s.head.name.text.clone()).collect();
            let scores: Vec<&str> = scores.iter().map(String::as_str).collect();
            let mut said = self.no_field(record, word, &scores);
            said.rule = UNDEFINED;
            said.message = format!("there is neither a score nor a field called `{}`", word.node);
            self.diagnostics.push(said);
            return None;
        }
        let field = self.find_field(record, word)?;
        let declared = &self.records[record].fields[field];
        if matches!(declared.ty, FieldType::Integer | FieldType::Number) {
            return Some(Addend::Field(field));
        }
        let out = Diagnostic::error(TYPE, format!("`{}` is not a number", word.node))
            .at(word.span, "points are numbers")
            .also(declared.name.span, format!("declared as `{}`", declared.ty.words()))
            .help(format!("To give points for it write a row, such as `+20 when {} ..`.", word.node));
        self.diagnostics.push(out);
        None
    }

    /// The score, if it is about a record; else a report that it is not.
    pub(super) fn score_of(&mut self, record: Id<Record>, score: Id<Score>, span: Span) -> Option<Id<Score>> {
        let own = &self.scores[score];
        let Slot::Set(of) = own.record else { return None };
        if of == record {
            return Some(score);
        }
        let out = Diagnostic::error(
            TYPE,
            format!(
                "`{}` is a score of `{}`, but one of `{}` is needed here",
                own.head.name, self.records[of].head.name, self.records[record].head.name
            ),
        )
        .at(span, "of another record")
        .also(own.head.name.span, "declared here")
        .help("Name a score of the same record.");
        self.diagnostics.push(out);
        None
    }
}

/// Where a level is written.
fn place(level: &WordValue) -> Span {
    match level {
        OrTbd::Known(word) => word.span,
        OrTbd::Tbd(tbd) => tbd.span,
    }
}
