//! The one spelling of things that the language lets people spell in several ways: `2026-3-1` is `2026-03-01`, `95 %` is
//! `95%`, `days` in a condition are `calendar days`.
//!
//! This is all the formatter may change in a tree. The printer only prints; afterwards the tree of what was printed must
//! equal the one made here.

use crate::syntax::ast::{
    Act, AgreementClause, Assignment, CalendarClause, ChannelClause, Children, ClockCase, CommitmentClause,
    ContingencyClause, CreditClause, DayOf, Deal, DefinitionClause, DurationValue, ExceptionClause,
    ExpectedLevel, Expr, ExprKind, File, GoalClause, IncentiveClause, ItemKind, KeptLevel, LifecycleClause,
    Literal, LiteralKind, Occasion, OpenTimes, OrTbd, Payment, RoutingClause, ScenarioClause, ScoreClause,
    Spanned, StepAnchor, Target, TimeRange, TimeWord, TransitionPart, UnitKind, Window, Word, WordValue,
};

/// The same file in canonical spelling.
pub(super) fn canonical(file: &File) -> File {
    let mut file = file.clone();
    for item in &mut file.items {
        match &mut item.kind {
            ItemKind::Dispute(_)
            | ItemKind::Use(_)
            | ItemKind::Party(_)
            | ItemKind::Role(_)
            | ItemKind::Record(..) => {}
            ItemKind::Agreement(block) => each(&mut block.clauses, agreement),
            ItemKind::Calendar(block) => each(&mut block.clauses, calendar),
            ItemKind::Channel(block) => each(&mut block.clauses, channel),
            ItemKind::Score(_, block) => each(&mut block.clauses, score),
            ItemKind::Definition(block) => each(&mut block.clauses, definition),
            ItemKind::Commitment(block) => each(&mut block.clauses, commitment),
            ItemKind::Contingency(block) => each(&mut block.clauses, contingency),
            ItemKind::Exception(block) => each(&mut block.clauses, exception),
            ItemKind::Lifecycle(_, block) => each(&mut block.clauses, lifecycle),
            ItemKind::Scenario(_, clauses) => each(clauses, scenario),
            ItemKind::Goal(block) => each(&mut block.clauses, goal),
            ItemKind::Incentive(block) => each(&mut block.clauses, incentive),
            ItemKind::Credit(_, block) => each(&mut block.clauses, credit),
            ItemKind::Routing(_, block) => each(&mut block.clauses, routing),
        }
    }
    file
}

fn each<C>(clauses: &mut [Spanned<C>], change: fn(&mut C)) {
    for clause in clauses {
        change(&mut clause.node);
    }
}

// ------------------------------------------------------------------------------------------------------------- clauses

fn agreement(clause: &mut AgreementClause) {
    match clause {
        AgreementClause::Effective(from, to) => {
            known_date(from);
            to.iter_mut().for_each(known_date);
        }
        AgreementClause::Review(_, _, next) => next.iter_mut().for_each(known_date),
        AgreementClause::Parties(_)
        | AgreementClause::Purpose(_)
        | AgreementClause::Settled(..)
        | AgreementClause::Version(_)
        | AgreementClause::Zone(_)
        | AgreementClause::FiscalYear(_)
        | AgreementClause::Note(_) => {}
    }
}

fn calendar(clause: &mut CalendarClause) {
    match clause {
        CalendarClause::Open(_, times, season) => {
            if let OpenTimes::Hours(ranges) = times {
                hours(ranges);
            }
            if let Some((from, to)) = season {
                date(from);
                to.iter_mut().for_each(date);
            }
        }
        CalendarClause::Closed(from, to, _) | CalendarClause::Covers(from, to) => {
            date(from);
            to.iter_mut().for_each(date);
        }
        CalendarClause::Except(day, ranges, _) => {
            date(day);
            hours(ranges);
        }
        CalendarClause::Cutoff(at) => time(at),
        CalendarClause::ClosedFrom(_) | CalendarClause::Zone(_) | CalendarClause::Note(_) => {}
    }
}

fn hours(ranges: &mut [TimeRange]) {
    for range in ranges {
        time(&mut range.from);
        time(&mut range.to);
    }
}

fn channel(clause: &mut ChannelClause) {
    match clause {
        ChannelClause::Meets(_, _, at) => at.iter_mut().for_each(time),
        ChannelClause::By(..)
        | ChannelClause::Reaches(_)
        | ChannelClause::Answered(_)
        | ChannelClause::Note(_) => {}
    }
}

fn definition(clause: &mut DefinitionClause) {
    match clause {
        DefinitionClause::Means(_, condition) => condition.iter_mut().for_each(expr),
        DefinitionClause::Since(_)
        | DefinitionClause::Excludes(_)
        | DefinitionClause::OneOf(_)
        | DefinitionClause::Note(_) => {}
    }
}

fn score(clause: &mut ScoreClause) {
    match clause {
        ScoreClause::When(points, condition) => {
            known(points, signed);
            expr(condition);
        }
        ScoreClause::EachChild(points, which, _) => {
            known(points, signed);
            children(which);
        }
        ScoreClause::EachTime(points, every, ..) => {
            known(points, signed);
            calendar_days(every);
        }
        ScoreClause::Add { .. } | ScoreClause::Total { .. } | ScoreClause::Note(_) => {}
    }
}

fn commitment(clause: &mut CommitmentClause) {
    match clause {
        CommitmentClause::Sentence(sentence) => match &mut sentence.deal {
            Deal::Item { when, .. } => when.iter_mut().for_each(expr),
            Deal::Worth { amount, .. } => known(amount, money),
            Deal::Share { percent: share, .. } => known(share, percent),
            Deal::Recurring { recurrence: OrTbd::Known(recurrence), .. } => {
                recurrence.at.iter_mut().for_each(time);
                recurrence.from.iter_mut().for_each(date);
                let occasion = recurrence.occasion.as_mut().map(|occasion| &mut occasion.node);
                if let Some(Occasion::On(DayOf::The(nth, _)) | Occasion::By(DayOf::The(nth, _))) = occasion {
                    nth.iter_mut().for_each(ordinal);
                }
            }
            Deal::Kept { level: KeptLevel::Share(share), .. } => known(share, percent),
            Deal::Quota { .. } | Deal::Recurring { .. } | Deal::Kept { level: KeptLevel::Time(_), .. } => {}
        },
        CommitmentClause::Tier(_, condition) => condition.iter_mut().for_each(expr),
        CommitmentClause::MetWhen(condition)
        | CommitmentClause::DoneWhen(condition)
        | CommitmentClause::StartsWhen(condition)
        | CommitmentClause::Clock(_, ClockCase::When(condition))
        | CommitmentClause::Excused(condition) => expr(condition),
        CommitmentClause::Counting(which, _) => children(which),
        CommitmentClause::Paused { of, .. } => of.iter_mut().for_each(children),
        CommitmentClause::Recorded { condition, .. } => condition.iter_mut().for_each(expr),
        CommitmentClause::Evidence(evidence) => evidence.condition.iter_mut().for_each(expr),
        CommitmentClause::Target(Target::Attainment(share), _) => known(share, percent),
        CommitmentClause::Instead { amount, from, to } => {
            known(amount, money);
            date(from);
            to.iter_mut().for_each(date);
        }
        CommitmentClause::Target(Target::Statistic(..), _)
        | CommitmentClause::MetAt(_)
        | CommitmentClause::DoneAt(_)
        | CommitmentClause::Clock(_, ClockCase::Always | ClockCase::Otherwise)
        | CommitmentClause::ClockOf(_)
        | CommitmentClause::ProvidedMet(_)
        | CommitmentClause::ProvidedAmount { .. }
        | CommitmentClause::Priority(_)
        | CommitmentClause::Counted(_)
        | CommitmentClause::Rationale(_)
        | CommitmentClause::Note(_) => {}
    }
}

fn goal(clause: &mut GoalClause) {
    match clause {
        GoalClause::Shared { amount: OrTbd::Known(amount), .. } => literal(&mut amount.node),
        GoalClause::Funnel { steps, worth, .. } => {
            for (rate, _) in steps {
                known(rate, percent);
            }
            if let Some(worth) = worth {
                known(worth, money);
            }
        }
        GoalClause::Shared { amount: OrTbd::Tbd(_), .. } | GoalClause::Note(_) => {}
    }
}

fn incentive(clause: &mut IncentiveClause) {
    match clause {
        IncentiveClause::Pays(amount, _, when) => {
            known(amount, money);
            when.at_least.iter_mut().for_each(|share| known(share, percent));
        }
        IncentiveClause::Badge(_, when) => when.at_least.iter_mut().for_each(|share| known(share, percent)),
        IncentiveClause::Earns(..) | IncentiveClause::Leaderboard(_) | IncentiveClause::Note(_) => {}
    }
}

fn credit(clause: &mut CreditClause) {
    match clause {
        CreditClause::Below(bound, pays) => {
            known(bound, percent);
            payment(pays);
        }
        CreditClause::Cap(most, _) => payment(most),
        CreditClause::Claimed(_)
        | CreditClause::Settled(_)
        | CreditClause::SoleRemedy
        | CreditClause::OnlyFor(_)
        | CreditClause::Note(_) => {}
    }
}

fn payment(payment: &mut Payment) {
    match payment {
        Payment::Percent(share, _) => known(share, percent),
        Payment::Money(amount) => known(amount, money),
    }
}

fn routing(clause: &mut RoutingClause) {
    match clause {
        RoutingClause::Route { when, .. } => when.iter_mut().for_each(expr),
        RoutingClause::Matching(_) | RoutingClause::Sticky(..) | RoutingClause::Note(_) => {}
    }
}

fn contingency(clause: &mut ContingencyClause) {
    match clause {
        ContingencyClause::Step(anchor, act, _) => {
            match anchor {
                StepAnchor::Elapsed(share) => known(share, percent),
                StepAnchor::BeforeDeadline(_) | StepAnchor::AfterStart(_) | StepAnchor::AfterDeadline(_) => {}
            }
            match act {
                Act::Set(_, OrTbd::Known(value)) => literal(&mut value.node),
                Act::Set(_, OrTbd::Tbd(_))
                | Act::Remind(_)
                | Act::Notify(_)
                | Act::Escalate(_)
                | Act::Reassign(_)
                | Act::Return(_) => {}
            }
        }
        ContingencyClause::Below { percent: share, .. } => known(share, percent),
        ContingencyClause::For(_)
        | ContingencyClause::Missed { .. }
        | ContingencyClause::FollowUp { .. }
        | ContingencyClause::Note(_) => {}
    }
}

fn exception(clause: &mut ExceptionClause) {
    match clause {
        ExceptionClause::Excuses(_, condition) => condition.iter_mut().for_each(expr),
        ExceptionClause::Window(from, until) => {
            from.iter_mut().for_each(known_date);
            until.iter_mut().for_each(known_date);
        }
        ExceptionClause::Approved(_) | ExceptionClause::AtMost(..) | ExceptionClause::Note(_) => {}
    }
}

fn lifecycle(clause: &mut LifecycleClause) {
    match clause {
        LifecycleClause::Transition(transition) => {
            for part in &mut transition.parts {
                match &mut part.node {
                    TransitionPart::When(condition) => expr(condition),
                    TransitionPart::Reasons(_, values) => literals(values),
                    TransitionPart::By(_)
                    | TransitionPart::Requires(_)
                    | TransitionPart::AtMost(_)
                    | TransitionPart::Within(_)
                    | TransitionPart::Sets(_) => {}
                }
            }
        }
        LifecycleClause::Reason { values, .. } => literals(values),
        LifecycleClause::Stage(..)
        | LifecycleClause::Start(_)
        | LifecycleClause::End(_)
        | LifecycleClause::Never(..)
        | LifecycleClause::Note(_) => {}
    }
}

fn scenario(clause: &mut ScenarioClause) {
    match clause {
        ScenarioClause::Given(_, assignments)
        | ScenarioClause::With(_, assignments)
        | ScenarioClause::When(assignments) => {
            assignments.iter_mut().filter_map(assigned).for_each(|value| literal(&mut value.node));
        }
        ScenarioClause::Now(at) | ScenarioClause::ExpectDue(_, at) => datetime(at),
        ScenarioClause::ExpectLevel(_, ExpectedLevel::Percent(share), _) => percent(share),
        ScenarioClause::ExpectPays(_, Some(paid), _) => payment(paid),
        ScenarioClause::ExpectLevel(_, ExpectedLevel::Time(_), _)
        | ScenarioClause::ExpectPays(_, None, _)
        | ScenarioClause::Expect(_)
        | ScenarioClause::ExpectNot(_)
        | ScenarioClause::ExpectScore(..)
        | ScenarioClause::ExpectVerdict(..)
        | ScenarioClause::ExpectRoute(..)
        | ScenarioClause::Note(_) => {}
    }
}

fn assigned(assignment: &mut Assignment) -> Option<&mut Spanned<Literal>> {
    assignment.value.as_mut()
}

// ---------------------------------------------------------------------------------------------------------- conditions

fn expr(expr: &mut Expr) {
    // Rows of `and`s lean to the left and may be long, so that side is walked, not recursed into.
    let mut next = Some(expr);
    while let Some(expr) = next.take() {
        match &mut expr.kind {
            ExprKind::Name(_) | ExprKind::Now | ExprKind::Today | ExprKind::Tbd(_) => {}
            ExprKind::Literal(value) => literal(value),
            ExprKind::Paren(inner)
            | ExprKind::Not(inner)
            | ExprKind::Negative(inner)
            | ExprKind::IsBlank(inner)
            | ExprKind::IsSet(inner)
            | ExprKind::StartsWith(inner, _) => next = Some(inner),
            ExprKind::Binary(left, _, right) => {
                self::expr(right);
                next = Some(left);
            }
            ExprKind::In(inner, values) | ExprKind::NotIn(inner, values) => {
                literals(values);
                next = Some(inner);
            }
            ExprKind::Between(inner, low, high) => {
                self::expr(low);
                self::expr(high);
                next = Some(inner);
            }
            ExprKind::OlderThan(inner, duration) | ExprKind::Within(inner, duration, _) => {
                calendar_days(duration);
                next = Some(inner);
            }
            ExprKind::Contains(inner, value) => {
                literal(&mut value.node);
                next = Some(inner);
            }
            ExprKind::AtLeast(_, parts) => parts.iter_mut().for_each(self::expr),
            ExprKind::Children(aggregate) => children(&mut aggregate.children),
        }
    }
}

pub(super) fn children(children: &mut Children) {
    children.condition.iter_mut().for_each(expr);
    match children.window.as_mut().map(|window| &mut window.node) {
        Some(Window::Last(duration) | Window::Within(duration, _)) => calendar_days(duration),
        Some(Window::After(_) | Window::Before(_)) | None => {}
    }
}

/// A bare `days` in a condition means calendar days. Elsewhere it means nothing and is left for the resolver to report.
fn calendar_days(duration: &mut DurationValue) {
    if let OrTbd::Known(duration) = duration {
        let unit = &mut duration.node.unit.node;
        if (unit.of, unit.base) == (UnitKind::Plain, TimeWord::Days) {
            unit.of = UnitKind::Calendar;
        }
    }
}

// -------------------------------------------------------------------------------------------------------------- values

fn literals(values: &mut [Spanned<Literal>]) {
    for value in values {
        literal(&mut value.node);
    }
}

fn literal(literal: &mut Literal) {
    let text = &literal.text;
    literal.text = match literal.kind {
        LiteralKind::Date => date_text(text),
        LiteralKind::DateTime => datetime_text(text),
        LiteralKind::Percent => percent_text(text),
        LiteralKind::Money => joined_by_single_blanks(text),
        LiteralKind::Number | LiteralKind::Text | LiteralKind::Boolean | LiteralKind::Word => return,
    };
}

fn known(value: &mut WordValue, change: fn(&mut Word)) {
    if let OrTbd::Known(word) = value {
        change(word);
    }
}

fn known_date(value: &mut WordValue) {
    known(value, date);
}

fn date(word: &mut Word) {
    word.node = date_text(&word.node);
}

fn time(word: &mut Word) {
    word.node = time_text(&word.node);
}

fn datetime(word: &mut Word) {
    word.node = datetime_text(&word.node);
}

fn percent(word: &mut Word) {
    word.node = percent_text(&word.node);
}

/// `+ 20` is `+20`.
fn signed(word: &mut Word) {
    word.node = word.node.split_whitespace().collect();
}

/// `2th` and `02nd` are `2nd`.
fn ordinal(word: &mut Word) {
    let digits = word.node.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if let Ok(number) = digits.parse::<u16>() {
        word.node = crate::model::words::ordinal(number);
    }
}

fn money(word: &mut Word) {
    word.node = joined_by_single_blanks(&word.node);
}

fn joined_by_single_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `95 %` is `95%`.
fn percent_text(text: &str) -> String {
    text.split_whitespace().collect()
}

/// `2026-3-1` is `2026-03-01`. A year alone stays as it is.
fn date_text(text: &str) -> String {
    text.split('-').map(two_digits).collect::<Vec<_>>().join("-")
}

/// `9:00` is `09:00`.
fn time_text(text: &str) -> String {
    text.split(':').map(two_digits).collect::<Vec<_>>().join(":")
}

/// `2026-3-6T9:00` is `2026-03-06 09:00`.
fn datetime_text(text: &str) -> String {
    match text.split_once(|c: char| c == 'T' || c.is_whitespace()) {
        Some((date, time)) => format!("{} {}", date_text(date), time_text(time.trim())),
        None => date_text(text),
    }
}

fn two_digits(digits: &str) -> String {
    format!("{digits:0>2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_get_their_zeros() {
        assert_eq!(date_text("2026-3-1"), "2026-03-01");
        assert_eq!(date_text("2026"), "2026");
        assert_eq!(time_text("9:00"), "09:00");
        assert_eq!(datetime_text("2026-3-6T9:05:30"), "2026-03-06 09:05:30");
        assert_eq!(datetime_text("2026-03-06   17:55"), "2026-03-06 17:55");
    }

    #[test]
    fn blanks_inside_values_are_one_or_none() {
        assert_eq!(percent_text("99.5 %"), "99.5%");
        assert_eq!(joined_by_single_blanks("EUR \u{a0} 2.5M"), "EUR 2.5M");
        assert_eq!(joined_by_single_blanks("-$5"), "-$5");
    }
}
