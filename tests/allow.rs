//! Remarks that allow a finding: what they hide, and what is said of those that hide nothing.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use std::path::PathBuf;

use clausal::check;
use clausal::model::Date;
use clausal::project;
use common::{Memory, message};

const TODAY: Date = Date { year: 2026, month: 3, day: 2 };

/// A text with two findings: `no-review` (on the agreement's name) and `unused-name` (on `third`).
fn agreement(above_block: &str, behind_party: &str) -> String {
    format!(
        "{above_block}agreement a {{\n  parties    left, right\n  effective  2026-01-01 to 2026-12-31\n}}\n\
         party left  {{}}\nparty right {{}}\nparty third {{}}{behind_party}\n"
    )
}

fn findings(text: &str) -> Vec<String> {
    let workspace = project::load(&Memory::new([("a.clause", text)]), &[PathBuf::from(".")]);
    let (_, found) = check::check(&workspace, TODAY);
    found.iter().map(|d| message(d, &workspace)).collect()
}

fn rules(text: &str) -> Vec<String> {
    findings(text).iter().map(|f| f.split([' ', ':']).nth(3).unwrap().to_owned()).collect()
}

#[test]
fn a_remark_above_a_block_or_behind_a_line_hides_its_findings() {
    assert_eq!(rules(&agreement("", "")), ["no-review", "unused-name"]);
    let review = "# clausal: allow(no-review) because \"decided every spring\"\n";
    assert_eq!(rules(&agreement(review, "")), ["unused-name"]);
    let name = "  # clausal: allow(unused-name) because \"joins later\" until 2026-03-02";
    assert_eq!(rules(&agreement(review, name)), Vec::<String>::new());
    // Other comments and blank lines may stand between; several remarks add up.
    let more = format!("{review}# Signed in Berlin.\n\n#clausal:allow(no-review)because \"x\"\n");
    assert_eq!(rules(&agreement(&more, name)), Vec::<String>::new());
    assert_eq!(rules(&agreement(review, name).replace('\n', "\r\n")), Vec::<String>::new());
}

#[test]
fn a_remark_is_about_its_own_clause_only() {
    let text = agreement("", "")
        .replace("  parties", "  # clausal: allow(no-review, unused-name) because \"misplaced\"\n  parties");
    assert_eq!(rules(&text), ["no-review", "unused-allow", "unused-allow", "unused-name"]);
}

#[test]
fn a_remark_without_effect_is_a_finding() {
    let name = "  # clausal: allow(unused-name) because \"joins later\" until 2026-03-01";
    assert_eq!(rules(&agreement("", name)), ["no-review", "unused-name", "expired-allow"]);
    let end = agreement("", "\n# clausal: allow(no-review) because \"x\"");
    assert_eq!(findings(&end)[2], "a.clause:8:1 unused-allow: this remark is about nothing");
    assert!(rules(&agreement("# clausal: allow(not-enforced) because \"known\"\n", "")).len() == 2);
}

#[test]
fn what_cannot_be_followed_is_said() {
    for (remark, wanted) in [
        ("# clausal: allow(no-review)", "1:1 invalid-allow: this finding is allowed without a reason"),
        (
            "# clausal: allow(no-review) because \" \"",
            "1:1 invalid-allow: this finding is allowed without a reason",
        ),
        ("# clausal: allow(no-reviw) because \"x\"", "1:18 invalid-allow: there is no rule `no-reviw`"),
        ("# clausal: allow(syntax) because \"x\"", "1:18 invalid-allow: `syntax` cannot be allowed"),
        (
            "# clausal: alow(no-review) because \"x\"",
            "1:12 invalid-allow: this remark to Clausal cannot be read",
        ),
        ("# clausal: allow no-review", "1:18 invalid-allow: this remark to Clausal cannot be read"),
        ("# clausal allow(no-review)", "1:1 invalid-allow: this remark to Clausal cannot be read"),
        (
            "# clausal: allow(no-review) because \"ä\" until 2026-02-30",
            "1:47 invalid-allow: there is no day 2026-02-30",
        ),
        ("# clausal:", "1:11 invalid-allow: this remark to Clausal cannot be read"),
    ] {
        let found = findings(&agreement(&format!("{remark}\n"), ""));
        assert!(found.contains(&format!("a.clause:{wanted}")), "{remark}: {found:?}");
    }
    assert_eq!(rules(&agreement("# clausal is what made this page\n", "")).len(), 2);
}

#[test]
fn while_something_is_unread_nothing_is_called_unused() {
    let text = agreement("# clausal: allow(bare-days) because \"x\"\n", "").replace("parties ", "partis ");
    assert!(!rules(&text).contains(&"unused-allow".to_owned()), "{:?}", findings(&text));
}
