//! What is earned by keeping promises.

use super::super::book::Book;
use super::super::document::{Block, Row, Say, Table, Text};
use super::super::words;
use super::clause;
use crate::model::incentive::{Reward, RewardKind, RewardWhen};
use crate::model::{Form, Incentive};

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    let incentives = book.model.incentives.iter();
    incentives.map(|(id, incentive)| clause(book, id, &incentive.head, content(book, incentive))).collect()
}

fn content(book: &Book<'_>, incentive: &Incentive) -> Vec<Block> {
    let mut out = Vec::new();
    if !incentive.rewards.is_empty() {
        let rows = incentive.rewards.iter().map(|r| Row::new(vec![what(r), who(book, r), when(book, r)]));
        let caption = format!("{}: what is earned", incentive.head.label());
        out.push(Block::Table(Table::new(caption, vec!["Reward", "For", "When"], rows.collect())));
    }
    if let Some(every) = &incentive.leaderboard {
        let say = Say::new("The standings are shown ").text(words::slot(every, |c| words::cadence(*c)));
        out.push(say.words(".").paragraph());
    }
    let remark = "A reward adds to a promise and takes nothing from it.";
    out.push(Block::Remark(Say::new(remark).end()));
    out
}

fn what(reward: &Reward) -> Text {
    match &reward.kind {
        RewardKind::Points(points) => words::slot(points, |n| words::count(*n as usize, "point")),
        RewardKind::Badge(title) => Say::new(format!("the badge “{title}”")).end(),
        RewardKind::Pay { amount, per } => Say::default()
            .text(words::slot(amount, |(amount, currency)| words::money(*amount, currency)))
            .words(format!(" per {per}"))
            .end(),
    }
}

/// Whoever owes the promise.
fn who(book: &Book<'_>, reward: &Reward) -> Text {
    match reward.commitment.get() {
        Some(id) => vec![book.role_slot(&book.model.commitments[*id].actor)],
        None => vec![words::open(&reward.commitment)],
    }
}

fn when(book: &Book<'_>, reward: &Reward) -> Text {
    let commitment = book.commitment_slot(&reward.commitment);
    match &reward.when {
        RewardWhen::Met => {
            let each = reward.commitment.get().is_some_and(|id| {
                let points = matches!(reward.kind, RewardKind::Points(_));
                points && matches!(book.model.commitments[*id].form, Form::Turnaround(_))
            });
            let say = if each { Say::new("each time ") } else { Say::default() };
            say.and(commitment).words(" is met").words(over(book, reward)).end()
        }
        RewardWhen::AtLeast { percent, in_a_row } => {
            let percent = words::slot(percent, |p| words::percent(*p));
            let say = Say::new("at least ").text(percent).words(" of ").and(commitment).words(" is met");
            match in_a_row {
                Some((1, period)) => say.words(format!(" in a {period}")),
                Some((n, period)) => {
                    say.words(format!(" in each of {} in a row", words::periods(*n, *period)))
                }
                None => say.words(over(book, reward)),
            }
            .end()
        }
    }
}

/// What a paid period makes of a promise that is judged over another one; empty where both are the same.
fn over(book: &Book<'_>, reward: &Reward) -> String {
    let (RewardKind::Pay { per, .. }, Some(id)) = (&reward.kind, reward.commitment.get()) else {
        return String::new();
    };
    let commitment = &book.model.commitments[*id];
    let own = match &commitment.form {
        Form::Quota(quota) => quota.per,
        Form::Share(share) => share.per,
        Form::Level(level) => level.per,
        Form::Prohibition(_) | Form::Permission(_) => return String::new(),
        _ if commitment.target.as_ref().is_some_and(|target| target.per == *per) => return String::new(),
        _ => return format!(", over all that counts in the {per}, taken together"),
    };
    if own == *per { String::new() } else { format!(" in each {own} that ends in the {per}") }
}
