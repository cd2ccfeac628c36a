//! Input made to hurt: it must be answered, on a small stack. What is quadratic makes these tests take minutes.

use clausal::diagnostic::Diagnostic;
use clausal::syntax::ast::File;
use clausal::syntax::{format_checked, parse};

use crate::checks::{FILE, read};

/// Threads of a test have this much; so do many servers.
const STACK: usize = 2 * 1024 * 1024;
/// Reads a text on a small stack, and checks what must hold for every text.
fn survive(text: String) -> (File, Vec<Diagnostic>) {
    let reader = std::thread::Builder::new().stack_size(STACK).spawn(move || read(&text));
    reader.expect("a thread").join().expect("no panic")
}

fn messages(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|d| d.message.as_str()).collect()
}

fn definition(condition: &str) -> String {
    format!("definition d {{\n  means lead where {condition}\n}}\n\nparty sales {{ }}\n")
}

#[test]
fn nested_brackets() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}")] {
        let (file, diagnostics) = survive(definition(&(open.repeat(100_000) + "x" + &close.repeat(100_000))));
        assert_eq!(messages(&diagnostics), ["brackets are nested too deeply"]);
        assert_eq!(file.items.len(), 1, "the party is still there");
        assert_eq!(file.lost_names, ["d"]);
    }
    survive("(".repeat(100_000));
    survive(definition(&"at least 2 of (".repeat(100_000)));
}

#[test]
fn as_deep_as_is_allowed() {
    let (_, diagnostics) = survive(definition(&format!("{}x{}", "(not ".repeat(60), ")".repeat(60))));
    assert_eq!(diagnostics, []);
}

#[test]
fn rows_without_end() {
    for joint in [" and ", " or ", " and not ", " = 1 or ", " + "] {
        let (_, diagnostics) = survive(definition(&vec!["x"; 20_000].join(joint)));
        assert_eq!(messages(&diagnostics), ["this condition has more than 500 operators"]);
        let (_, diagnostics) = survive(definition(&vec!["x"; 160].join(joint)));
        assert_eq!(diagnostics, [], "{joint}");
    }
    for (prefix, times) in [("not ", 100_000), ("-", 20_000), ("- - not ", 20_000)] {
        let (_, diagnostics) = survive(definition(&(prefix.repeat(times) + "x")));
        assert_eq!(messages(&diagnostics), ["this condition has more than 500 operators"]);
        let (_, diagnostics) = survive(definition(&(prefix.repeat(160) + "x")));
        assert_eq!(diagnostics, [], "{prefix}");
    }
    let (_, diagnostics) = survive(definition(&("x".to_owned() + &" is blank".repeat(500))));
    assert_eq!(diagnostics, []);
    // A long list is no deep tree: postal codes of a territory.
    let (_, diagnostics) = survive(definition(&format!("x in [{}]", vec!["US"; 20_000].join(", "))));
    assert_eq!(diagnostics, []);
}

#[test]
fn long_lines() {
    let (_, diagnostics) = survive(format!("party p {{ contact \"{}\" }}\n", "x".repeat(1_000_000)));
    assert_eq!(diagnostics, []);
    let (_, diagnostics) = survive(format!("party p {{ {} }}\n", "x".repeat(1_000_000)));
    assert_eq!(diagnostics.len(), 1);
    survive(format!("party p {{ {} }}\n", "word ".repeat(200_000)));
    survive(format!("party {} {{ }}\n", "p".repeat(1_000_000)));
    survive("x".repeat(1_000_000));
    survive("\"".repeat(1_000_000));
    survive("# ".repeat(500_000));
    survive("{ } ".repeat(250_000));
    survive("party p { } ".repeat(100_000));
    let (_, diagnostics) = survive(format!("channel c {{ reaches {} }}\n", vec!["sdr"; 50_000].join(", ")));
    assert_eq!(diagnostics, []);
}

#[test]
fn many_lines() {
    let (file, diagnostics) = survive(format!("party p {{\n{}}}\n", "  signatry \"CMO\"\n".repeat(50_000)));
    assert_eq!(diagnostics.len(), 50_000);
    assert_eq!(file.items.len(), 1);
    let (_, diagnostics) = survive("prty p { }\n".repeat(50_000));
    assert_eq!(diagnostics.len(), 50_000);
    let (_, diagnostics) = survive(format!("party p {{\n{}}}\n", "  contact \"open\n".repeat(50_000)));
    assert_eq!(diagnostics.len(), 50_000);
    survive(format!("party p {{\n{}}}\n", "  contact “x”\n".repeat(50_000)));
    survive(format!("party p {{\n{}}}\n", "  # a comment\n".repeat(50_000)));
    survive(format!("party p {{\n  note\n{}}}\n", "  | prose\n".repeat(50_000)));
    survive("\n".repeat(1_000_000));
    survive("}\n".repeat(50_000));
    survive("party p {\n".repeat(50_000));
}

#[test]
fn strange_characters() {
    let (_, diagnostics) = survive("party p { contact \"a\u{0}b\" }\n\u{0}\n".to_owned());
    assert_eq!(messages(&diagnostics), ["there is a character here that cannot be seen"; 2]);
    survive("\u{feff}\u{feff}party p { }".to_owned());
    survive("\u{202e}\u{2066}party p { }\u{2028}\u{2029}".to_owned());
    survive("party \u{10ffff} { }".to_owned());
    survive("e\u{301}".repeat(100_000));
}

#[test]
fn formatting_takes_time_in_proportion_to_the_text() {
    let text = format!(
        "definition d {{\n  means lead where {}\n}}\n",
        vec!["a_long_enough_name"; 300].join(" and ")
    );
    let out = format_checked(FILE, &text).expect("a readable text");
    assert_eq!(out.lines().count(), 302);
    let (_, diagnostics) = parse(FILE, &out);
    assert_eq!(diagnostics, []);
}
