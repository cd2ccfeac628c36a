//! Amounts of a quota that differ by period: `instead 350 from 2026-04-01 to 2026-06-30`.

use super::clauses::Changed;
use crate::diagnostic::Diagnostic;
use crate::model::commitment::{Change, Quota, QuotaAmount};
use crate::model::{Bound, Date, Form};
use crate::resolve::Resolver;
use crate::resolve::values::{INVALID, UNIT};
use crate::source::Span;
use crate::syntax::ast::Word;
use crate::worktime::{Day, Periods};

impl Resolver<'_> {
    /// The other amounts, by their days. `read` is how the amount of the sentence is read.
    pub(super) fn changes(
        &mut self,
        written: &[Changed<'_>],
        read: impl Fn(&mut Self, &Word) -> Option<QuotaAmount>,
    ) -> Vec<Change> {
        let mut out: Vec<Change> = Vec::new();
        for Changed { amount, from, to, span } in written {
            let amount = self.slot(amount, &read);
            let (Some(first), Some(last)) =
                (self.date(from), to.map(|to| self.date(to)).map_or(Some(None), |d| d.map(Some)))
            else {
                continue;
            };
            if last.is_some_and(|last| self.ordered(first, last, *span).is_none()) {
                continue;
            }
            out.push(Change { amount, from: first, to: last, span: *span });
        }
        out.sort_by_key(|change| change.from);
        for (earlier, later) in out.iter().zip(out.iter().skip(1)) {
            if earlier.to.is_none_or(|to| later.from <= to) {
                self.two_amounts(earlier, later);
            }
        }
        out
    }

    fn two_amounts(&mut self, earlier: &Change, later: &Change) {
        let from = later.from;
        let until = earlier.to.map_or_else(|| "and it has no end".to_owned(), |to| format!("until {to}"));
        self.diagnostics.push(
            Diagnostic::error(INVALID, format!("two amounts are given for {from}"))
                .at(later.span, format!("from {from}"))
                .also(earlier.span, until)
                .help("End the earlier one on the day before, so that every period has one amount."),
        );
    }

    /// A number of items, as the sentence has it.
    pub(super) fn changed_count(&mut self, word: &Word, bound: Bound) -> Option<QuotaAmount> {
        if !word.node.starts_with(|c: char| c.is_ascii_digit()) {
            self.unlike_the_sentence(word, "a number of items", "350");
            return None;
        }
        let amount = self.whole(word)?;
        self.always_kept(word, bound == Bound::AtLeast && amount == 0);
        Some(QuotaAmount::Count(amount))
    }

    /// An amount of another kind than that of the sentence.
    pub(super) fn unlike_the_sentence(&mut self, word: &Word, wanted: &str, example: &str) {
        self.diagnostics.push(
            Diagnostic::error(UNIT, format!("`{}` is not {wanted}, which is promised", word.node))
                .at(word.span, format!("{wanted} is needed here"))
                .help(format!("Write an amount such as `{example}`.")),
        );
    }

    /// Other amounts hold for whole periods: half a month has none of its own. Asked once the fiscal year is known.
    pub(in crate::resolve) fn amounts_of_whole_periods(&mut self, fiscal_year_starts: u8) {
        for id in self.commitments.ids() {
            let Form::Quota(Quota { per, changes, .. }) = &self.commitments[id].form else { continue };
            let (per, periods) = (*per, Periods::new(*per, fiscal_year_starts));
            let ends: Vec<(Date, Option<Date>, Span)> = changes
                .iter()
                .flat_map(|c| [Some((c.from, None, c.span)), c.to.map(|to| (to, Some(c.from), c.span))])
                .flatten()
                .collect();
            for (day, begun, span) in ends {
                let Ok(period) = periods.containing(day) else { continue };
                let is_first = begun.is_none();
                let borders = if is_first {
                    [Some(period.first), periods.next(&period).ok().map(|next| next.first)]
                } else {
                    let before = Day::of(period.first).plus(-1).ok().map(Day::date);
                    [before.filter(|before| begun.is_some_and(|from| from < *before)), Some(period.last)]
                };
                if borders.contains(&Some(day)) {
                    continue;
                }
                let borders: Vec<String> = borders.iter().flatten().map(|day| format!("`{day}`")).collect();
                let word = if is_first { "Begin with" } else { "End with" };
                self.diagnostics.push(
                    Diagnostic::error(INVALID, format!("{day} lies within a {per} ({})", period.label))
                        .at(span, format!("the amount is per {per}"))
                        .note(format!("A {per} has one amount; a part of one has none."))
                        .help(format!("{word} {}.", borders.join(" or "))),
                );
            }
        }
    }
}
