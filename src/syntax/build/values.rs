//! Words, numbers, durations: what clauses are made of.

use pest::iterators::Pair;

use super::{Builder, child};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::model::{Period, Weekday};
use crate::source::Span;
use crate::syntax::ast::{
    Cadence, Duration, DurationValue, Literal, LiteralKind, OrTbd, Prose, Reference, Spanned, Tbd, TimeWord,
    UnitKind, UnitWords, Word, WordValue,
};
use crate::syntax::grammar::Rule;
use crate::syntax::parse::SYNTAX;

impl Builder<'_> {
    /// A name, which must be `snake_case`.
    pub(super) fn name(&mut self, pair: &Pair<'_, Rule>) -> Word {
        let word = self.word(pair);
        let snake = snake_case(&word.node);
        if snake != word.node {
            let mut out = Diagnostic::error(SYNTAX, format!("`{}` is not a name in snake_case", word.node))
                .at(word.span, "small letters a-z, digits and `_`")
                .note("Names become CRM fields, database columns and links, which allow no more than that.");
            if !snake.is_empty() {
                out = out.fix(format!("write `{snake}`"), Applicability::Suggested, word.span, snake);
            }
            self.diagnostics.push(out.help("A title in quotes may say it in any letters."));
        }
        word
    }

    /// A text without its quotes and escapes.
    pub(super) fn string(&self, pair: &Pair<'_, Rule>) -> Word {
        let raw = pair.as_str();
        let inner = raw.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(raw);
        Spanned::new(unescape(inner), self.span(pair))
    }

    pub(super) fn tbd(&self, pair: &Pair<'_, Rule>) -> Tbd {
        let what = child(pair, Rule::string).map(|s| self.string(&s).node);
        Tbd { what, span: self.span(pair) }
    }

    /// Every name or `tbd` directly inside a pair.
    pub(super) fn references(&mut self, pair: &Pair<'_, Rule>) -> Vec<Reference> {
        let pair = child(pair, Rule::names).unwrap_or_else(|| pair.clone());
        pair.into_inner()
            .filter_map(|p| match p.as_rule() {
                Rule::name => Some(OrTbd::Known(self.name(&p))),
                Rule::tbd => Some(OrTbd::Tbd(self.tbd(&p))),
                _ => None,
            })
            .collect()
    }

    /// The one name or `tbd` directly inside a pair.
    pub(super) fn reference(&mut self, pair: &Pair<'_, Rule>) -> Option<Reference> {
        self.references(pair).into_iter().next()
    }

    /// Every value of the given rule, or `tbd`, directly inside a pair; texts lose their quotes.
    pub(super) fn values(&self, pair: &Pair<'_, Rule>, rule: Rule) -> Vec<WordValue> {
        pair.clone()
            .into_inner()
            .filter_map(|p| match p.as_rule() {
                Rule::string => Some(OrTbd::Known(self.string(&p))),
                Rule::tbd => Some(OrTbd::Tbd(self.tbd(&p))),
                r if r == rule => Some(OrTbd::Known(self.word(&p))),
                _ => None,
            })
            .collect()
    }

    /// The one value of the given rule, or `tbd`.
    pub(super) fn value(&self, pair: &Pair<'_, Rule>, rule: Rule) -> Option<WordValue> {
        self.values(pair, rule).into_iter().next()
    }

    /// A text in quotes, `|` lines, or `tbd`.
    pub(super) fn text_value(&mut self, pair: &Pair<'_, Rule>) -> Option<OrTbd<Prose>> {
        match child(pair, Rule::tbd) {
            Some(tbd) => Some(OrTbd::Tbd(self.tbd(&tbd))),
            None => self.prose(pair).map(OrTbd::Known),
        }
    }

    /// A text in quotes or `|` lines.
    pub(super) fn prose(&mut self, pair: &Pair<'_, Rule>) -> Option<Prose> {
        if let Some(string) = child(pair, Rule::string) {
            return Some(Prose::Quoted(self.string(&string)));
        }
        let prose = child(pair, Rule::prose)?;
        let span = self.span(&prose);
        let lines = prose.into_inner().map(|line| self.prose_line(&line)).collect();
        Some(Prose::Lines(Spanned::new(lines, span)))
    }

    /// A line of prose without its bar.
    fn prose_line(&mut self, line: &Pair<'_, Rule>) -> Word {
        let span = self.span(line);
        if !self.begins_line(span) && !self.is_faulty(span) {
            let bar = Span::new(span.file, span.start as usize, span.start as usize + 1);
            self.diagnostics.push(
                Diagnostic::error(SYNTAX, "a `|` stands at the beginning of a line")
                    .at(bar, "something stands before it")
                    .fix("put it on the next line", Applicability::Safe, bar.start_point(), "\n    "),
            );
        }
        let text = line.as_str().trim_end();
        let bare = text.strip_prefix('|').unwrap_or(text);
        let bare = bare.strip_prefix(' ').unwrap_or(bare);
        let start = span.start as usize + text.len() - bare.len();
        Spanned::new(bare.to_owned(), Span::new(span.file, start, start + bare.len()))
    }

    /// The one duration, or `tbd`, directly inside a pair.
    pub(super) fn duration_value(&self, pair: &Pair<'_, Rule>) -> Option<DurationValue> {
        if let Some(tbd) = child(pair, Rule::tbd) {
            return Some(OrTbd::Tbd(self.tbd(&tbd)));
        }
        self.duration(&child(pair, Rule::duration)?).map(OrTbd::Known)
    }

    pub(super) fn duration(&self, pair: &Pair<'_, Rule>) -> Option<Spanned<Duration>> {
        let amount = self.word(&child(pair, Rule::number)?);
        let unit = child(pair, Rule::unit)?;
        let of = if child(&unit, Rule::kw_business).is_some() {
            UnitKind::Business
        } else if child(&unit, Rule::kw_calendar).is_some() {
            UnitKind::Calendar
        } else {
            UnitKind::Plain
        };
        let base = match child(&unit, Rule::time_word)?.as_str().trim_end_matches('s') {
            "minute" => TimeWord::Minutes,
            "hour" => TimeWord::Hours,
            "day" => TimeWord::Days,
            "week" => TimeWord::Weeks,
            "month" => TimeWord::Months,
            _ => return None,
        };
        let unit = Spanned::new(UnitWords { of, base }, self.span(&unit));
        Some(Spanned::new(Duration { amount, unit }, self.span(pair)))
    }

    /// The period word directly inside a pair.
    pub(super) fn period(&self, pair: &Pair<'_, Rule>) -> Option<Spanned<Period>> {
        let word = child(pair, Rule::period_word)?;
        let period = match word.as_str().trim_end_matches('s') {
            "day" => Period::Day,
            "week" => Period::Week,
            "month" => Period::Month,
            "quarter" => Period::Quarter,
            "year" => Period::Year,
            _ => return None,
        };
        Some(Spanned::new(period, self.span(&word)))
    }

    pub(super) fn cadence(&self, pair: &Pair<'_, Rule>) -> Option<Cadence> {
        let count = child(pair, Rule::number).map(|n| self.word(&n));
        Some(Cadence { count, period: self.period(pair)? })
    }

    /// The literal that a `literal`, `negative_literal`, `true_false`, `bare_value` or `value` pair holds.
    pub(super) fn literal(&self, pair: &Pair<'_, Rule>) -> Option<Spanned<Literal>> {
        let span = self.span(pair);
        let literal = |kind, text: &str| Some(Spanned::new(Literal { kind, text: text.to_owned() }, span));
        match pair.as_rule() {
            Rule::true_false => literal(LiteralKind::Boolean, pair.as_str()),
            Rule::word => literal(LiteralKind::Word, pair.as_str()),
            Rule::string => literal(LiteralKind::Text, &self.string(pair).node),
            Rule::number => literal(LiteralKind::Number, pair.as_str()),
            Rule::percent => literal(LiteralKind::Percent, pair.as_str()),
            Rule::money => literal(LiteralKind::Money, pair.as_str()),
            Rule::date => literal(LiteralKind::Date, pair.as_str()),
            Rule::datetime => literal(LiteralKind::DateTime, pair.as_str()),
            Rule::negative_literal => {
                let number = pair.clone().into_inner().find_map(|p| self.literal(&p))?;
                literal(number.node.kind, &format!("-{}", number.node.text))
            }
            Rule::literal | Rule::bare_value | Rule::value => {
                let inner = pair.clone().into_inner().next()?;
                self.literal(&inner)
            }
            _ => None,
        }
    }

    /// Every literal directly inside a pair.
    pub(super) fn literals(&self, pair: &Pair<'_, Rule>) -> Vec<Spanned<Literal>> {
        pair.clone().into_inner().filter_map(|p| self.literal(&p)).collect()
    }
}

/// The weekday a word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_ascii_lowercase();
    Weekday::ALL.into_iter().find(|d| {
        let name = d.name().to_ascii_lowercase();
        word == name || word == name[..3]
    })
}

fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        out.push(if c == '\\' { chars.next().unwrap_or('\\') } else { c });
    }
    out
}

/// The nearest `snake_case` name; empty if no letter is left.
pub(crate) fn snake_case(word: &str) -> String {
    let mut out = String::new();
    let mut lower_before = false;
    for c in word.chars() {
        if c.is_ascii_uppercase() {
            if lower_before {
                out.push('_');
            }
            out.push(c.to_ascii_lowercase());
        } else if c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' {
            out.push(c);
        }
        lower_before = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    out
}
