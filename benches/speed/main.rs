//! How long Clausal takes, stage by stage: `cargo bench`.
//!
//! Agreements of many lines are made in memory and taken through one stage at a time. Every figure is the median of several
//! runs. `cargo bench -- --write FOLDER` writes the same agreements as files, to time the whole program on them;
//! `cargo bench -- growth` only shows how the search for conflicts grows. What was measured, and on what machine, is in `benches/README.md`.

#![allow(clippy::print_stdout, reason = "it prints tables")]
#![expect(clippy::unwrap_used, reason = "a program for developers")]

#[path = "../../tests/common/mod.rs"]
mod common;
#[path = "../generate/mod.rs"]
mod generate;
mod growth;
mod hostile;
mod stages;

use std::path::Path;
use std::time::{Duration, Instant};

use common::Memory;
use stages::{STAGES, Subject};

/// Sizes of agreements, in lines.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// So many runs make a figure, unless they take too long.
const RUNS: usize = 15;
/// So long at most is spent on a figure, as soon as it has three runs.
const PATIENCE: Duration = Duration::from_secs(3);

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--write", folder] => write(Path::new(folder)),
        ["growth"] => growth::show(),
        [] => {
            sizes();
            unlucky();
            growth::show();
        }
        _ => println!("usage: cargo bench [-- growth | -- --write FOLDER]"),
    }
}

/// Every agreement that is measured: its name and its files.
fn agreements() -> Vec<(String, Vec<(String, String)>)> {
    let one = |text: String| vec![("agreement.clause".to_owned(), text)];
    let mut out: Vec<_> =
        SIZES.into_iter().map(|n| (format!("{n}-lines"), one(generate::agreement(n)))).collect();
    out.push(("10000-lines-many-files".to_owned(), generate::files(10_000)));
    out
}

fn sizes() {
    println!("Milliseconds, median of {RUNS} runs (fewer if they take longer than {PATIENCE:?} together)\n");
    print!("| agreement | lines |");
    for (name, _) in STAGES {
        print!(" {name} |");
    }
    println!("\n|---|--:|{}", "--:|".repeat(STAGES.len()));
    for (name, files) in agreements() {
        let subject = Subject::new(memory(&files));
        print!("| {name} | {} |", files.iter().map(|(_, text)| text.lines().count()).sum::<usize>());
        for (_, stage) in STAGES {
            print!(" {} |", millis(median(|| stage(&subject))));
        }
        println!();
    }
}

fn unlucky() {
    println!("\n| made to hurt | bytes | check | findings | format |\n|---|--:|--:|--:|--:|");
    for (name, text) in hostile::all() {
        let subject = Subject::new(memory(&[("agreement.clause".to_owned(), text.clone())]));
        let findings = stages::check(&subject);
        let check = median(|| stages::check(&subject));
        let format = median(|| stages::format(&subject));
        println!("| {name} | {} | {} | {findings} | {} |", text.len(), millis(check), millis(format));
    }
}

fn memory(files: &[(String, String)]) -> Memory {
    Memory::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

/// The median time of a piece of work, which says how much it did so that nothing is optimised away.
#[expect(clippy::disallowed_methods, reason = "this is about time")]
fn median(work: impl Fn() -> usize) -> Duration {
    std::hint::black_box(work());
    let begin = Instant::now();
    let mut times = Vec::new();
    while times.len() < RUNS && (times.len() < 3 || begin.elapsed() < PATIENCE) {
        let start = Instant::now();
        std::hint::black_box(work());
        times.push(start.elapsed());
    }
    times.sort();
    times[times.len() / 2]
}

fn millis(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

#[expect(clippy::disallowed_methods, reason = "it writes what is measured")]
fn write(folder: &Path) {
    let hostile = hostile::all().into_iter();
    let hostile = hostile
        .map(|(name, text)| (name.replace([' ', ','], "-"), vec![("agreement.clause".to_owned(), text)]));
    let growing = growth::SIZES.map(|size| (format!("{size}-definitions"), generate::scale::agreement(size)));
    let growing = growing.map(|(name, text)| (name, vec![("agreement.clause".to_owned(), text)]));
    for (name, files) in agreements().into_iter().chain(hostile).chain(growing) {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            std::fs::write(folder.join(name), text).unwrap();
        }
        println!("{}", folder.display());
    }
}
