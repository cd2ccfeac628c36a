//! The Markdown, read by a Markdown reader.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::support::{empty, example, many, torture};

fn events(markdown: &str) -> Vec<Event<'_>> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH)
        .collect()
}

/// The text a reader sees, without its marks.
pub fn text(markdown: &str) -> String {
    let mut out = String::new();
    for event in events(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link) => {}
            Event::End(_) => out.push('\n'),
            _ => {}
        }
    }
    out
}

/// Everything that is wrong with a text.
pub fn faults(markdown: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut anchors = BTreeSet::new();
    let mut links = Vec::new();
    for event in events(markdown) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                for tag in html.split_inclusive('>').map(str::trim).filter(|t| !t.is_empty()) {
                    match tag.strip_prefix("<a id=\"").and_then(|t| t.strip_suffix("\">")) {
                        Some(id) if !anchors.insert(id.to_owned()) => {
                            faults.push(format!("`{id}` occurs twice"));
                        }
                        Some(_) => {}
                        None if ["</a>", "<sub>", "</sub>", "<code>", "</code>", "<br>"].contains(&tag) => {}
                        None => faults.push(format!("the tag `{tag}`")),
                    }
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.to_string()),
            Event::Start(Tag::Image { dest_url, .. }) => faults.push(format!("an image `{dest_url}`")),
            Event::InlineMath(math) | Event::DisplayMath(math) => faults.push(format!("a formula `{math}`")),
            Event::Start(Tag::Heading { level, .. }) if level as usize > 3 => {
                faults.push("a deep heading".into());
            }
            _ => {}
        }
    }
    for link in links {
        match link.strip_prefix('#') {
            Some(id) if anchors.contains(id) => {}
            None if link.starts_with("https://")
                || link.starts_with("http://")
                || link.starts_with("mailto:") => {}
            _ => faults.push(format!("a link to `{link}`")),
        }
    }
    faults
}

#[test]
fn texts_are_in_order() {
    for documents in [example(), torture(), empty(), many()] {
        assert_eq!(faults(&documents.markdown), Vec::<String>::new());
    }
}

#[test]
fn the_reader_finds_faults() {
    for bad in
        ["<b>x</b>", "[x](#no)", "[x](javascript:y)", "![x](y)", "<a id=\"a\"></a><a id=\"a\"></a>", "$x$"]
    {
        assert_ne!(faults(bad), Vec::<String>::new(), "{bad}");
    }
}

#[test]
fn marks_are_shown() {
    let shown = text(&torture().markdown);
    for part in [
        "<script>alert(1)</script> & \"quotes\" ${{ github.token }}",
        "Müller & <Söhne> | *GmbH*",
        "<img src=x onerror=alert(1)>",
        "\u{2068}שיווק ومبيعات\u{2069}",
        "Boss _of_ `all` [things](#x)",
        "#chan `x` | <y>",
        "Hot lead in \"Q1\" | 50% _off_",
    ] {
        assert!(shown.contains(part), "{part}");
    }
}

#[test]
fn rows_of_tables_stay_whole() {
    for documents in [example(), torture()] {
        // A bar that is not escaped would make one cell two; the reader above would drop the last ones silently.
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        let mut last = 0;
        for line in documents.markdown.lines() {
            let now = if line.starts_with('|') { bars(line) } else { 0 };
            assert!(last == 0 || now == 0 || now == last, "{line}");
            last = now;
        }
    }
}
