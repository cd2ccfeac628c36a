//! How the search for conflicts grows with an agreement, and which rules take the time.

use std::time::{Duration, Instant};

use clausal::lint::{self, Questions, Stage};

use crate::generate::scale;
use crate::stages::{self, Subject};
use crate::{memory, millis};

/// Definitions, and as many commitments.
pub const SIZES: [usize; 5] = [100, 300, 1_000, 3_000, 10_000];
/// So many rules are named.
const SLOWEST: usize = 6;

/// Prints both tables.
pub fn show() {
    println!(
        "| definitions and commitments | lines | check (ms) | of it rules (ms) | questions decided | not analysed | findings |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|");
    let mut slowest = Vec::new();
    for size in SIZES {
        let text = scale::agreement(size);
        let lines = text.lines().count();
        let subject = Subject::new(memory(&[("agreement.clause".to_owned(), text)]));
        let (check, _) = timed(|| stages::check(&subject));
        let (rules, questions, findings) = rules(&subject);
        let all: Duration = rules.iter().map(|(_, time)| *time).sum();
        println!(
            "| {size} | {lines} | {} | {} | {} | {} | {findings} |",
            millis(check),
            millis(all),
            questions.decided,
            questions.open()
        );
        slowest = rules;
    }
    slowest.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    println!("\n| rule, at the largest size | ms |\n|---|--:|");
    for (name, time) in &slowest[..SLOWEST] {
        println!("| {name} | {} |", millis(*time));
    }
}

/// The time of each rule, one after the other as the product runs them on one thread, and what they found.
fn rules(subject: &Subject) -> (Vec<(&'static str, Duration)>, Questions, usize) {
    let done = stages::in_context(subject, |context| {
        let (mut found, mut times) = (Vec::new(), Vec::new());
        for rule in lint::ALL {
            if let Stage::Checking(check) = rule.stage {
                times.push((rule.name, timed(|| check(context, &mut found)).0));
            }
        }
        (times, context.questions.take(), found.len())
    });
    done.unwrap_or_default()
}

#[expect(clippy::disallowed_methods, reason = "this is about time")]
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed(), done)
}
