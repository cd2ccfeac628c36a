//! The list of rules, and that everything about a rule is where it belongs.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use clausal::lint::{ALL, Stage, rule};

use crate::cases::{cases, rule_folders};

/// A rule that is renamed, or speaks louder than before, shows in review.
#[test]
fn the_list_of_rules() {
    let mut out = String::new();
    for rule in ALL {
        let stage = match rule.stage {
            Stage::Reading => "reading",
            Stage::Resolving => "resolving",
            Stage::Checking(_) => "checking",
            Stage::Comparing(_) => "comparing",
            Stage::Building => "building",
            Stage::Remarks => "remarks",
        };
        writeln!(out, "{:24} {:8} {stage:10} {}", rule.name, rule.severity.word(), rule.summary).unwrap();
    }
    insta::with_settings!({ snapshot_path => ".", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("rules", out);
    });
}

#[test]
fn names_are_words_in_order_and_each_is_found() {
    let names: Vec<&str> = ALL.iter().map(|r| r.name).collect();
    let sorted: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(names, sorted.into_iter().collect::<Vec<_>>());
    for name in names {
        assert!(
            name.split('-').all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase())),
            "{name}"
        );
        assert_eq!(rule(name).unwrap().name, name);
    }
    assert!(rule("no-such-rule").is_none());
}

#[test]
fn summaries_are_one_line_in_the_form_of_the_house() {
    for rule in ALL {
        let summary = rule.summary;
        assert!(summary.len() <= 80 && !summary.contains('\n'), "{summary}");
        assert!(!summary.ends_with('.') && !summary.starts_with(char::is_uppercase), "{summary}");
    }
}

#[test]
fn every_rule_has_its_files_and_every_file_its_rule() {
    let files = |folder: &str, ending: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
        let names = entries.map(|e| e.unwrap().file_name().into_string().unwrap());
        names.filter_map(|n| n.strip_suffix(ending).map(str::to_owned)).collect()
    };
    let rules: BTreeSet<String> = ALL.iter().map(|r| r.name.replace('-', "_")).collect();
    let mut code = files("src/lint/rules", ".rs");
    code.remove("mod");
    assert_eq!(code, rules);
    assert_eq!(files("src/lint/rules", ".md"), rules);
    assert_eq!(rule_folders(), ALL.iter().map(|r| r.name).collect::<Vec<_>>());
}

#[test]
fn every_rule_has_a_case_that_fires_and_a_near_miss() {
    let cases = cases();
    for rule in ALL.iter().filter(|r| r.name != "output-conflict") {
        for kind in ["bad", "good"] {
            let has = cases.iter().any(|(c, _)| c.rule == rule.name && c.name.starts_with(kind));
            assert!(has, "{} has no {kind} case", rule.name);
        }
    }
}

/// A snapshot whose case is gone says nothing.
#[test]
fn every_snapshot_has_its_case() {
    let cases = cases();
    for rule in rule_folders().into_iter().filter(|r| r != "output-conflict") {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint").join(&rule);
        for entry in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.extension().is_some_and(|e| e == "snap") {
                let name = entry.file_stem().unwrap().to_str().unwrap();
                assert!(cases.iter().any(|(c, _)| c.rule == rule && c.name == name), "{}", entry.display());
            }
        }
    }
}
