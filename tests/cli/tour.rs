//! The README's five minutes, command by command, as a newcomer pastes them.

use crate::Sandbox;
use crate::fences::fences;

const README: &str = include_str!("../../README.md");

/// The blocks of a kind in a section of the README.
fn blocks(kind: &str) -> Vec<&'static str> {
    let section = README.split("## Five minutes").nth(1).unwrap().split("\n## ").next().unwrap();
    fences(section).iter().filter(|fence| fence.info == kind).map(|fence| fence.text).collect()
}

const FILE: &str = "my-agreement/agreement.clause";

#[test]
fn five_minutes() {
    let tour = Sandbox::new();
    let run = |line: &str| {
        let args: Vec<&str> = line.strip_prefix("clausal ").unwrap().split(' ').collect();
        // The day on which the page was written.
        let dated = ["check", "build"].contains(&args[0]);
        let today: &[&str] = if dated { &["--today", "2026-03-02"] } else { &[] };
        tour.run(&[&args, today].concat())
    };
    let commands: Vec<&str> = blocks("console").iter().flat_map(|block| block.lines()).collect();
    let [init, check, again, build] = commands.as_slice() else { panic!("{commands:?}") };

    assert_eq!(run(init).code, 0);
    let clean = run(check);
    assert_eq!(clean.code, 0);
    assert!(clean.out.lines().all(|line| README.contains(&format!("`{line}`"))), "{}", clean.out);

    tour.edit(FILE, "4 business hours of", "2 days of");
    let unclear = run(again);
    let [shown] = blocks("text")[..] else { panic!("one finding is shown") };
    assert_eq!(unclear.code, 1);
    assert!(unclear.out.contains(shown), "{}", unclear.out);
    assert_eq!(run("clausal explain bare-days").code, 0);

    tour.edit(FILE, "2 days of", "2 business days of");
    let contradicted = run(check);
    assert_eq!(contradicted.code, 1);
    assert!(contradicted.out.contains("is due Tuesday 10 March 2026 17:30, not Monday 9 March 2026 12:00"));

    tour.edit(FILE, "2 business days of", "4 business hours of");
    assert_eq!(run(build).code, 0);
    assert!(tour.at("my-agreement/build/docs/lead_handoff.html").exists());
    assert_eq!(run(build).out, "Nothing to do: the outputs are up to date.\n");
    assert_eq!(run("clausal build --check my-agreement").code, 0);
    assert_eq!(run("clausal fmt --check my-agreement").code, 0);
}

#[test]
fn the_readme_quotes_the_example() {
    let example = include_str!("../../examples/lead-handoff/lead-handoff.clause");
    let quoted = README.split("```clausal\n").nth(1).unwrap().split("```").next().unwrap();
    for block in quoted.split("\n\n") {
        assert!(example.contains(block.trim()), "{block}");
    }
}

#[test]
fn the_readme_links_to_what_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let links = README.split("](").skip(1).map(|rest| rest.split([')', '#']).next().unwrap());
    let own = links.filter(|link| !link.starts_with("http"));
    let missing: Vec<&str> = own.filter(|link| !root.join(link).exists()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
