//! `different-levels`.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::amounts::days;
use crate::lint::prove::Prover;
use crate::lint::{Context, Rule, Stage};
use crate::model::level::{Counts, Evidence};
use crate::model::{Bound, Commitment, Form, Id, Level, LevelLimit, Model, Record, Subject, words};
use crate::worktime::words::{Seconds, length};

/// The rule.
pub static RULE: Rule = Rule {
    name: "different-levels",
    summary: "time that one promise allows and another one does not",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("different_levels.md"),
};

/// A level as a limit of the time that its rows show.
#[derive(Clone, Copy)]
struct Limit<'m> {
    id: Id<Commitment>,
    commitment: &'m Commitment,
    record: Id<Record>,
    subject: Subject,
    evidence: &'m Evidence,
    level: &'m Level,
    most: Most,
}

/// The most time that there may be in a period.
#[derive(Clone, Copy, PartialEq)]
enum Most {
    Percent(Decimal),
    Seconds(Decimal),
}

impl Most {
    /// In a period of so many days, in seconds.
    fn of_days(self, days: u64) -> Option<Decimal> {
        let all = Decimal::from(days.checked_mul(86_400)?);
        match self {
            Most::Percent(percent) => all.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED),
            Most::Seconds(seconds) => Some(seconds),
        }
    }
}

fn allowed_and_not(model: &Model, loose: &Limit<'_>, strict: &Limit<'_>) -> Option<Diagnostic> {
    let (a, b) = (&loose.commitment.head.name, &strict.commitment.head.name);
    let (more, less) = (longest(loose)?, longest(strict)?);
    let rows = &model.subject_head(loose.subject).name;
    let out = Diagnostic::warning(
        RULE.name,
        format!(
            "`{a}` allows {more} per {}, and `{b}` only {less} per {}",
            loose.level.per, strict.level.per
        ),
    )
    .at(loose.commitment.sentence, written(loose))
    .also(strict.commitment.sentence, written(strict))
    .note(format!("Every `{rows}` that counts for `{a}` also counts for `{b}`."))
    .note(format!("Who uses what `{a}` allows has broken `{b}`. Each side will read the one that suits it."));
    Some(if loose.level.per == strict.level.per && alike(loose, strict) {
        out.help("Keep one of the two.")
    } else {
        out.help(format!("Leave out of `{b}` what `{a}` allows, such as `.. where not planned`, or agree on numbers that go together."))
    })
}

/// `99.9% of each month, 44 minutes 38 seconds of the longest`.
fn written(limit: &Limit<'_>) -> String {
    let (bound, per) = (limit.level.bound.words(), limit.level.per);
    match &limit.level.limit {
        LevelLimit::Share(share) => {
            let share = share.get().map_or_else(String::new, |share| words::percent(*share));
            let time = longest(limit).unwrap_or_default();
            format!("{bound} {share} leaves {time} in a long {per}")
        }
        LevelLimit::Time(time) => {
            let time = time.get().map(ToString::to_string).unwrap_or_default();
            format!("{bound} {time} per {per}")
        }
    }
}

/// What is allowed in the longest of its periods.
fn longest(limit: &Limit<'_>) -> Option<String> {
    let (_, days) = days(limit.level.per);
    let seconds = limit.most.of_days(days)?.floor().to_i64()?;
    // Of hours nobody wants to know the seconds.
    let seconds = if seconds >= 3600 { seconds / 60 * 60 } else { seconds };
    Some(length(seconds, Seconds::Plain))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let limits: Vec<Limit<'_>> = model.commitments.iter().filter_map(|(id, _)| limit(context, id)).collect();
    let mut prover = Prover::new(context);
    let mut told: Vec<Id<Commitment>> = Vec::new();
    for loose in &limits {
        // Beside the strictest one that it breaks, the others say nothing new.
        let broken = limits.iter().filter(|strict| {
            loose.id != strict.id && !told.contains(&strict.id) && breaks(&mut prover, loose, strict)
        });
        let strictest = broken.min_by(|x, y| by_time(x, y));
        if let Some(found) = strictest.and_then(|strict| allowed_and_not(model, loose, strict)) {
            told.push(loose.id);
            out.push(found);
        }
    }
}

fn by_time(x: &Limit<'_>, y: &Limit<'_>) -> Ordering {
    let time = |limit: &Limit<'_>| limit.most.of_days(days(limit.level.per).0);
    time(x).cmp(&time(y))
}

/// A level that limits the time that rows show, and from which nothing is taken out.
fn limit<'m>(context: &Context<'m>, id: Id<Commitment>) -> Option<Limit<'m>> {
    let model = context.model;
    let commitment = &model.commitments[id];
    let Form::Level(level) = &commitment.form else { return None };
    let evidence = level.evidence.as_ref()?;
    let plain = commitment.excused_when.is_none()
        && commitment.provided.is_empty()
        && model.waivers_of(id).next().is_none();
    if !plain || context.evaluator.gap(id).is_some() {
        return None;
    }
    let most = match (evidence.counts, level.bound, &level.limit) {
        (Counts::Missing, Bound::AtLeast, LevelLimit::Share(share)) => {
            Most::Percent(Decimal::ONE_HUNDRED.checked_sub(*share.get()?)?)
        }
        (Counts::Kept, Bound::AtMost, LevelLimit::Share(share)) => Most::Percent(*share.get()?),
        (Counts::Kept, Bound::AtMost, LevelLimit::Time(time)) => {
            Most::Seconds(Decimal::from(time.get()?.seconds()?))
        }
        _ => return None,
    };
    let subject = commitment.subject()?;
    Some(Limit { id, commitment, record: model.record_of(subject)?, subject, evidence, level, most })
}

/// Whether all time that one limit allows can be too much for the other, in which all of its rows count, too.
fn breaks(prover: &mut Prover<'_>, loose: &Limit<'_>, strict: &Limit<'_>) -> bool {
    // A higher aim beside a promise is none too many.
    if loose.commitment.strength != strict.commitment.strength
        || loose.record != strict.record
        || loose.evidence.time != strict.evidence.time
        || loose.level.per > strict.level.per
        || !is_more(loose, strict)
    {
        return false;
    }
    let space = prover.space(loose.record);
    let rows = [space.subject(loose.subject), space.condition_or_always(loose.evidence.condition.as_ref())];
    let others =
        [space.subject(strict.subject), space.condition_or_always(strict.evidence.condition.as_ref())];
    let others = space.all(others);
    let others = space.not(others);
    prover.never(loose.record, &[rows[0], rows[1], others])
}

/// Whether one of the shorter periods alone may have more than the other allows, whatever their lengths.
fn is_more(loose: &Limit<'_>, strict: &Limit<'_>) -> bool {
    let ((short, long), (least, most)) = (days(loose.level.per), days(strict.level.per));
    let lengths = if loose.level.per == strict.level.per {
        [(short, least), (long, most)]
    } else {
        [(short, most), (short, most)]
    };
    lengths.into_iter().all(|(own, other)| {
        let both = loose.most.of_days(own).zip(strict.most.of_days(other));
        both.is_some_and(|(allowed, limit)| allowed > limit)
    })
}

/// Whether both are about the same time.
fn alike(loose: &Limit<'_>, strict: &Limit<'_>) -> bool {
    loose.subject == strict.subject && loose.evidence.condition == strict.evidence.condition
}
