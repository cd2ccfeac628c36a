//! Whatever authors write, the documents hold together and show it.

use proptest::prelude::*;

use crate::support::of_text;
use crate::{html, markdown};

/// Text an author could put between quotes.
fn title() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-zA-Z0-9 ]{1,12}",
        prop::sample::select(vec![
            "<script>",
            "</style>",
            "&amp;",
            "&",
            "'",
            "`",
            "``",
            "*",
            "**",
            "_",
            "__",
            "[x](y)",
            "![",
            "](",
            "|",
            "\\",
            "\"",
            "$",
            "$$",
            "${{ x }}",
            "{% x %}",
            "#",
            "~~",
            "<!--",
            "-->",
            "]]>",
            "שלום",
            "🚀",
            "1. ",
            "- ",
            "+ ",
            "> ",
            "http://e.x",
            "<a id=\"",
            "\u{a0}",
            "\u{200b}",
            "end",
            "%%",
            ";",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 1..6).prop_map(|parts| parts.concat())
}

#[expect(clippy::many_single_char_names, reason = "eight titles, each used in several places")]
fn agreement(titles: &[String]) -> String {
    let source: Vec<String> =
        titles.iter().map(|title| title.replace('\\', "\\\\").replace('"', "\\\"")).collect();
    let title = |i: usize| source[i].as_str();
    let (a, b, c, d) = (title(0), title(1), title(2), title(3));
    let (e, f, g, h) = (title(4), title(5), title(6), title(7));
    format!(
        "agreement a \"{a}\" {{ parties p  effective 2026-01-01 to 2026-06-30  zone Europe/Paris  purpose \"{b}\"  \
         note \"{h}\" }}\n\
         party p \"{c}\" {{ signatory \"{d}\" }}\n\
         role r \"{e}\" {{ party p  works cal  contact \"{f}\" }}\n\
         calendar cal \"{g}\" {{ zone Europe/Paris  open mon-fri 09:00-17:00  closed 2026-05-01 \"{h}\" }}\n\
         record rec \"{b}\" {{ k key  s datetime  f datetime optional  st \"{c}\" choice of one, \"{d}x\" }}\n\
         definition def \"{f}\" {{ means rec where st = \"{d}x\"  since s }}\n\
         commitment com \"{a}\" {{ r must \"{e} do\" each def within 2 business hours of s  met at f  note \"{g}\"  \
         rationale \"{b}\" }}\n\
         lifecycle lc \"{h}\" of rec.st {{ start one  one -> \"{d}x\" by r }}\n\
         channel ch \"{g}\" {{ by slack \"{f}\"  reaches r }}\n\
         contingency co \"{e}\" {{ for com  after deadline notify r via ch }}\n\
         scenario \"{c}\" {{ given rec {{ st: \"{d}x\", s: 2026-03-06 16:30 }} expect def }}\n"
    )
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_text_is_shown_and_none_acts(titles in prop::collection::vec(title(), 8)) {
        let documents = of_text(&agreement(&titles));
        prop_assert_eq!(html::faults(&documents.html), Vec::<String>::new());
        prop_assert_eq!(markdown::faults(&documents.markdown), Vec::<String>::new());
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let page = roxmltree::Document::parse_with_options(&documents.html, options).unwrap();
        let page: String = page.descendants().filter(roxmltree::Node::is_text).filter_map(|n| n.text()).collect();
        let (page, text) = (squeezed(&page), squeezed(&markdown::text(&documents.markdown)));
        // Titles as they are: the agreement's, a party's, a role's, a calendar's, a definition's, a commitment's.
        for i in [0, 2, 4, 6, 5] {
            let title = squeezed(&titles[i]);
            prop_assert!(page.contains(&title), "{:?} is not on the page", title);
            prop_assert!(text.contains(&title), "{:?} is not in the text", title);
        }
    }

    #[test]
    fn any_file_makes_documents(text in "\\PC{0,200}") {
        let text = format!("agreement a {{ {text} }}\n{text}\n");
        let compiled = crate::common::compile_text(&text);
        if compiled.model.is_some() {
            let documents = crate::support::documents(&compiled);
            prop_assert_eq!(html::faults(&documents.html), Vec::<String>::new());
        }
    }
}

/// Parts of the torture agreement left out or shuffled: whatever is missing, nothing breaks.
#[test]
fn broken_agreements_make_documents() {
    let whole = include_str!("torture.clause");
    let lines: Vec<&str> = whole.lines().collect();
    for skip in 0..lines.len() {
        let text: Vec<&str> =
            lines.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, line)| *line).collect();
        let compiled = crate::common::compile_text(&(text.join("\n") + "\n"));
        if compiled.model.is_some() {
            let documents = crate::support::documents(&compiled);
            assert_eq!(html::faults(&documents.html), Vec::<String>::new(), "without line {}", skip + 1);
            assert_eq!(
                markdown::faults(&documents.markdown),
                Vec::<String>::new(),
                "without line {}",
                skip + 1
            );
        }
    }
}

#[test]
fn the_same_agreement_gives_the_same_bytes() {
    assert_eq!(crate::support::torture(), crate::support::torture());
}
