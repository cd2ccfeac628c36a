//! The tutorial, from its first command to its last, as somebody who follows it types and pastes.
//!
//! | fence | here |
//! |---|---|
//! | `console` | commands, run in order; `mkdir` and `cd` are the sandbox |
//! | `text` | the whole output of the last command |
//! | `diff` | a change of `agreement.clause` |
//! | `json lead.json` | a file, saved under that name |

use std::collections::BTreeSet;

use crate::Sandbox;
use crate::fences::{Fence, fences};

const TUTORIAL: &str = include_str!("../../docs/tutorial.md");
const FILE: &str = "agreement.clause";

/// The lines of a change that stand before it, or after it.
fn side(diff: &str, other: char) -> String {
    let kept = diff.lines().filter(|line| !line.starts_with(other));
    kept.flat_map(|line| [line.get(1..).unwrap_or(""), "\n"]).collect()
}

fn run(tour: &Sandbox, line: &str) -> crate::Ran {
    let args: Vec<&str> = line.strip_prefix("clausal ").unwrap().split(' ').collect();
    // The day on which the page was written.
    let dated = ["check", "build", "test", "why"].contains(&args[0]);
    let today: &[&str] = if dated { &["--today", "2026-03-02"] } else { &[] };
    tour.run(&[&args, today].concat())
}

#[test]
fn it_can_be_followed() {
    let tour = Sandbox::new();
    let mut last = None;
    let (mut page, mut from) = (TUTORIAL.to_owned(), 0);
    let mut shown = 0;
    for Fence { info, text, line } in fences(TUTORIAL) {
        match info.split_once(' ').unwrap_or((info, "")) {
            ("console", _) => {
                for command in text.lines().filter(|l| !l.starts_with("mkdir ") && !l.starts_with("cd ")) {
                    let ran = run(&tour, command);
                    assert!(ran.code < 2, "line {line}: {command}: {}", ran.err);
                    last = Some(ran);
                }
            }
            ("text", _) => {
                let out = &last.as_ref().unwrap().out;
                if std::env::var_os("CLAUSAL_UPDATE").is_some() {
                    // From the last one on: several look alike.
                    let old = format!("```text\n{}\n```", text.trim_end());
                    let new = format!("```text\n{}\n```", out.trim_end());
                    let at = from + page[from..].find(&old).unwrap();
                    page.replace_range(at..at + old.len(), &new);
                    from = at + new.len();
                } else {
                    assert_eq!(out.trim_end(), text.trim_end(), "line {line}");
                }
                shown += 1;
            }
            ("diff", _) => tour.edit(FILE, &side(text, '+'), &side(text, '-')),
            ("json" | "yaml", path) if !path.is_empty() => tour.write(path, text),
            ("sh", _) => {}
            (other, _) => panic!("line {line}: what is `{other}`?"),
        }
    }
    assert!(shown >= 8, "only {shown} outputs are shown");
    if page != TUTORIAL {
        #[expect(clippy::disallowed_methods, reason = "renews the page when asked to")]
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/tutorial.md"), page).unwrap();
    }
    // In the end everything is as it should be, and the page names what is there.
    for command in ["clausal check --strict", "clausal test", "clausal fmt --check", "clausal build --check"]
    {
        assert_eq!(run(&tour, command).code, 0, "{command}");
    }
    for path in ["build/docs/lead_handoff.html", "build/docs/lead_handoff.md"] {
        assert!(TUTORIAL.contains(&format!("`{path}`")) && tour.at(path).exists(), "{path}");
    }
}

/// The job for CI is YAML, and what it runs are commands that exist.
#[test]
fn the_job_for_ci_is_right() {
    let files = fences(TUTORIAL);
    let job = files.iter().find(|fence| fence.info.ends_with("agreement.yml")).unwrap().text;
    let job: serde_json::Value = serde_yaml::from_str(job).unwrap();
    let steps = job["jobs"]["check"]["steps"].as_array().unwrap();
    let commands: BTreeSet<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    let own: Vec<&str> = commands.into_iter().filter(|command| command.starts_with("clausal ")).collect();
    assert_eq!(own, ["clausal build --check", "clausal check --strict", "clausal fmt --check"]);
}
