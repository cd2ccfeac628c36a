//! What the documents say of the forms.

use clausal::targets::docs;

use crate::compiled;

#[test]
fn the_forms_in_words_and_dates() {
    snapshot("forms.md", include_str!("forms.clause"));
}

#[test]
fn clocks_and_links_in_words_and_dates() {
    snapshot("links.md", include_str!("links.clause"));
}

#[test]
fn pauses_and_exceptions_in_words_and_dates() {
    snapshot("pauses.md", include_str!("pauses.clause"));
}

#[test]
fn attempts_and_what_recurs_in_words_and_dates() {
    snapshot("recurring.md", include_str!("recurring.clause"));
}

#[test]
fn seasons_of_a_calendar() {
    snapshot("seasons.md", include_str!("seasons.clause"));
}

#[test]
fn amounts_by_date_in_a_table() {
    snapshot("amounts.md", include_str!("amounts.clause"));
}

/// The commitments, and what follows them up to the examples.
fn snapshot(name: &str, text: &str) {
    let compiled = compiled(text);
    let output = docs::generate(compiled.model(), &compiled.config);
    let markdown = output.artifacts.iter().find(|a| a.path == "duties.md").unwrap();
    let text = String::from_utf8(markdown.bytes.clone()).unwrap();
    let from = text.find("## 4. Commitments").or_else(|| text.find("Commitments\n")).unwrap_or(0);
    let to = text.find("Examples\n").unwrap_or(text.len());
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, &text[from..to.max(from)]);
    });
}
