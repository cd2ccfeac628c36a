//! Defects that readers found in real agreements: each is found, by the rules it names, with the message that
//! `docs/real-defects.md` shows; and nothing at all is said of its repaired version.
//!
//! The page is made of these cases: `CLAUSAL_UPDATE=1 cargo test --test defects` renews it. Read what changed.

#![allow(missing_docs, clippy::unwrap_used, clippy::missing_panics_doc, reason = "tests")]

#[path = "../common/mod.rs"]
mod common;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clausal::check;
use clausal::diagnostic::Diagnostic;
use clausal::diagnostic::human::{self, Characters, Colour, Style};
use clausal::model::Date;
use clausal::project;

use common::Memory;

const TODAY: Date = Date { year: 2026, month: 3, day: 2 };
const PAGE: &str = "docs/real-defects.md";
const BEGIN: &str = "<!-- The cases begin: made by `CLAUSAL_UPDATE=1 cargo test --test defects`. -->\n";
const END: &str = "<!-- The cases end. -->\n";

/// A defect of a real document.
struct Case {
    name: String,
    document: String,
    defect: String,
    found_by: Vec<String>,
    repaired: String,
}

impl Case {
    fn title(&self) -> String {
        let words = self.name.replace('-', " ");
        format!("{}{}", words[..1].to_uppercase(), &words[1..])
    }

    /// What is said of one of its two versions, and how it looks.
    fn check(&self, files: &Memory, version: &str) -> (Vec<Diagnostic>, String) {
        let path = PathBuf::from(format!("{}/{version}.clause", self.name));
        let workspace = project::load(files, &[path]);
        let (_, found) = check::check(&workspace, TODAY);
        let style = Style { width: 100, colour: Colour::Never, characters: Characters::Unicode };
        let shown = human::render(&found, &workspace.sources, style);
        (found, shown)
    }
}

/// The value of `# word: ..` at the head of a case.
fn head(text: &str, word: &str) -> Option<String> {
    let prefix = format!("# {word}: ");
    text.lines().find_map(|line| line.strip_prefix(&prefix)).map(str::to_owned)
}

fn cases(files: &Memory) -> Vec<Case> {
    let text = |path: &str| String::from_utf8(files.0[Path::new(path)].clone()).unwrap();
    let folders =
        files.0.keys().filter(|path| path.ends_with("defect.clause")).filter_map(|path| path.parent());
    let names = folders.map(|folder| folder.to_str().unwrap().to_owned());
    names
        .map(|name| {
            let (defect, repaired) =
                (text(&format!("{name}/defect.clause")), text(&format!("{name}/repaired.clause")));
            let of =
                |word: &str| head(&defect, word).unwrap_or_else(|| panic!("{name} does not say its {word}"));
            let found_by = of("found by").split(", ").map(str::to_owned).collect();
            let repaired =
                head(&repaired, "repaired").unwrap_or_else(|| panic!("{name}: how is it repaired?"));
            Case { document: of("document"), defect: of("defect"), found_by, repaired, name }
        })
        .collect()
}

#[test]
fn defects_are_found_by_the_rules_they_name() {
    let files = Memory::folder("tests/defects");
    let mut missed = Vec::new();
    for case in cases(&files) {
        let (found, shown) = case.check(&files, "defect");
        let mut rules: Vec<&str> = found.iter().map(|d| d.rule).collect();
        rules.dedup();
        if rules != case.found_by {
            missed.push(format!("{}: {:?} instead of {:?}\n{shown}", case.name, rules, case.found_by));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn nothing_is_said_of_the_repaired_versions() {
    let files = Memory::folder("tests/defects");
    for case in cases(&files) {
        let (found, shown) = case.check(&files, "repaired");
        assert!(found.is_empty(), "{}\n{shown}", case.name);
    }
}

#[test]
fn the_page_shows_what_is_found() {
    let files = Memory::folder("tests/defects");
    let mut made = String::new();
    for case in cases(&files) {
        let (_, shown) = case.check(&files, "defect");
        let folder = format!("../tests/defects/{}", case.name);
        let rules: Vec<String> = case.found_by.iter().map(|rule| format!("`{rule}`")).collect();
        let document = capitalised(&case.document);
        let versions =
            format!("[The agreement]({folder}/defect.clause),\n[repaired]({folder}/repaired.clause):");
        let _ = writeln!(made, "\n### {}\n", case.title());
        let _ = writeln!(made, "{}\n", filled(&case.defect));
        let _ = writeln!(made, "{}\n", filled(&format!("*{document}.* Found by {}.", rules.join(" and "))));
        let _ = writeln!(made, "{versions}\n{}\n", filled(&case.repaired));
        let _ = writeln!(
            made,
            "```text\n{}\n```",
            shown.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end()
        );
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    #[expect(clippy::disallowed_methods, reason = "the page under test")]
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let wanted = format!("{before}{BEGIN}{made}\n{END}{after}");
    if std::env::var_os("CLAUSAL_UPDATE").is_some() {
        #[expect(clippy::disallowed_methods, reason = "renews the page when asked to")]
        std::fs::write(&path, wanted).unwrap();
    } else {
        assert!(page == wanted, "{PAGE} is out of date: CLAUSAL_UPDATE=1 cargo test --test defects");
    }
}

/// A paragraph in lines of the width of the other pages.
fn filled(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 118 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
