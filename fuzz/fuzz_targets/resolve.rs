//! A project of one or two files, whatever they say: resolved, checked by every rule, run through its scenarios and built
//! for every target, without a panic, and with places that exist.
//!
//! A line of `====` divides the text into two files, of which the first may use the second.

#![no_main]

#[path = "../../tests/common/memory.rs"]
#[allow(dead_code, missing_docs)]
mod memory;

use clausal::config::Target;
use clausal::model::Date;
use clausal::{check, project, targets};
use libfuzzer_sys::fuzz_target;
use memory::Memory;

fuzz_target!(|text: &str| {
    let (first, second) = text.split_once("\n====\n").unwrap_or((text, ""));
    let files = Memory::new([("first.clause", first), ("second.clause", second)]);
    let workspace = project::load(&files, &[".".into()]);
    let today = Date { year: 2026, month: 6, day: 15 };
    let (checked, found) = check::check(&workspace, today);
    for diagnostic in &found {
        for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
            let file = workspace.sources.file(label.span.file);
            assert!(file.text().get(label.span.range()).is_some(), "{diagnostic:#?}");
        }
    }
    for project in checked.iter().filter(|c| c.unresolved.is_empty()) {
        for (_, model) in &project.agreements {
            for target in [Target::Docs, Target::Salesforce, Target::Sql] {
                targets::generate(target, model, &project.project.config);
            }
        }
    }
});
