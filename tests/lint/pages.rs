//! The pages that `clausal explain` shows. What they say fails does fail, and what they say passes does pass.
//!
//! The examples are as short as a reader wants them: a block or two. Here each is completed with what it mentions and
//! does not declare, taken from the agreement below.

use std::collections::BTreeSet;

use clausal::diagnostic::Severity;
use clausal::lint::{ALL, Rule, Stage};

use crate::common::Memory;
use crate::common::complete;
use crate::common::fences::fences;
use crate::support::{Checked, TODAY, check, remarks};

const AGREEMENT: &str = "\
agreement handoff {
  parties    marketing, sales
  effective  2026-01-01 to 2026-12-31
  review     every quarter
}
";
const PARTS: &str = include_str!("parts.clause");
const DUTIES: &str = include_str!("duties.clause");
/// A file that examples may use.
const SHARED: (&str, &str) = ("shared/calendar.clause", "# Nothing in it.\n");

const HEADINGS: [&str; 5] = ["What it checks", "Why it matters", "Fails", "Passes", "How to configure"];

/// The sections of a page: heading and text.
fn sections(page: &str) -> Vec<(&str, &str)> {
    page.split("\n## ").skip(1).map(|section| section.split_once('\n').unwrap()).collect()
}

/// The examples of a section, each with its language.
fn examples<'p>(page: &'p str, heading: &str) -> Vec<(&'p str, &'p str)> {
    let (_, text) = sections(page).into_iter().find(|(h, _)| *h == heading).unwrap();
    fences(text).into_iter().map(|fence| (fence.info, fence.text)).collect()
}

/// An example with every block that it, or a block added for it, mentions.
fn completed(example: &str) -> String {
    complete::completed(example, AGREEMENT, &[PARTS, DUTIES].concat())
}

/// The files of an example, with those that every example may use. Several begin with a comment each: `# sla.clause`.
fn files(example: &str, settings: &str) -> Memory {
    let name =
        |line: &str| line.strip_prefix("# ").filter(|name| name.ends_with(".clause")).map(str::to_owned);
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in example.lines() {
        match (name(line), parts.last_mut()) {
            (Some(name), _) => parts.push((name, String::new())),
            (None, Some((_, text))) => text.extend([line, "\n"]),
            (None, None) => parts.push(("handoff.clause".into(), format!("{line}\n"))),
        }
    }
    if parts.is_empty() {
        parts.push(("handoff.clause".into(), String::new()));
    }
    let alone = parts.len() == 1;
    for (_, text) in &mut parts {
        // A file without an agreement beside others is one that they use, and has all it needs.
        if alone || text.contains("agreement ") {
            *text = completed(text);
        }
    }
    let texts = parts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    Memory::new(texts.chain([("clausal.yaml", settings), SHARED]))
}

/// What is said of an example. `None`: it is not one that can be run here.
fn run(rule: &Rule, language: &str, example: &str) -> Option<Checked> {
    let files = match language {
        "clausal" => files(example, ""),
        "yaml" => files("", example),
        "console" => return None,
        other => panic!("{}: what is `{other}`?", rule.name),
    };
    let run = if matches!(rule.stage, Stage::Building) { remarks } else { check };
    Some(run(&files, ".", TODAY))
}

#[test]
fn every_page_has_the_headings_of_the_house() {
    for rule in ALL {
        assert_eq!(rule.page.lines().next(), Some(format!("# {}", rule.name).as_str()));
        let headings: Vec<&str> = sections(rule.page).into_iter().map(|(heading, _)| heading).collect();
        assert_eq!(headings, HEADINGS, "{}", rule.name);
        for (heading, text) in sections(rule.page) {
            assert!(text.trim().len() > 30, "{}: too little under {heading}", rule.name);
        }
        assert!(rule.page.ends_with('\n') && !rule.page.contains("\n\n\n"), "{}", rule.name);
        let longest = rule.page.lines().map(|l| l.chars().count()).max().unwrap();
        assert!(longest <= 110, "{}: a line of {longest}", rule.name);
    }
}

#[test]
fn what_fails_fails_and_what_passes_passes() {
    for rule in ALL {
        for (language, example) in examples(rule.page, "Fails") {
            let Some(checked) = run(rule, language, example) else { continue };
            assert!(checked.rules().contains(&rule.name), "{} does not fail:\n{example}", rule.name);
            let others: Vec<_> = checked
                .found
                .iter()
                .filter(|d| d.severity == Severity::Error && d.rule != rule.name)
                .collect();
            assert!(others.is_empty(), "{} fails otherwise:\n{}", rule.name, checked.shown());
        }
        for (language, example) in examples(rule.page, "Passes") {
            let Some(checked) = run(rule, language, example) else { continue };
            let errors = checked.found.iter().any(|d| d.severity == Severity::Error);
            assert!(!errors && !checked.rules().contains(&rule.name), "{}:\n{}", rule.name, checked.shown());
        }
    }
}

/// What a page says of its setting is a setting, and has that effect.
#[test]
fn what_can_be_set_is_shown_and_works() {
    for rule in ALL {
        let examples_of_settings = examples(rule.page, "How to configure");
        if matches!(rule.stage, Stage::Reading) || rule.name == "output-conflict" {
            assert_eq!(examples_of_settings, [], "{}", rule.name);
            continue;
        }
        let [("yaml", settings)] = examples_of_settings[..] else { panic!("{}", rule.name) };
        let (_, text) = sections(rule.page).into_iter().last().unwrap();
        let word = match rule.severity {
            Severity::Error => "An error by default",
            Severity::Warning => "A warning by default",
            Severity::Info => "Information by default",
        };
        assert!(text.trim().starts_with(word), "{}", rule.name);
        if matches!(rule.stage, Stage::Building) {
            continue;
        }
        let level = settings.trim().rsplit(": ").next().unwrap();
        let (_, example) = examples(rule.page, "Fails")[0];
        let checked = check(&files(example, settings), ".", TODAY);
        let of_rule = checked.found.iter().filter(|d| d.rule == rule.name);
        let levels: BTreeSet<&str> = of_rule.map(|d| d.severity.word()).collect();
        let expected: BTreeSet<&str> = [level].into_iter().filter(|l| *l != "off").collect();
        assert_eq!(levels, expected, "{}", rule.name);
    }
}
