//! The page, read by a strict reader: it is well-formed XML as well as HTML, so nothing unescaped can hide in it.

use std::collections::BTreeSet;

use roxmltree::{Document, Node, ParsingOptions};

use crate::common::{Memory, compile};
use crate::support::{documents, empty, example, many, torture};

/// Everything that is wrong with a page.
pub fn faults(html: &str) -> Vec<String> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let page = match Document::parse_with_options(html, options) {
        Ok(page) => page,
        Err(error) => return vec![format!("not well formed: {error}")],
    };
    let mut faults = Vec::new();
    let elements: Vec<Node<'_, '_>> = page.descendants().filter(Node::is_element).collect();
    let mut ids = BTreeSet::new();
    for id in elements.iter().filter_map(|e| e.attribute("id")) {
        if !ids.insert(id) {
            faults.push(format!("the id `{id}` occurs twice"));
        }
    }
    for element in &elements {
        faults.extend(element_faults(element, &ids));
    }
    faults.extend(heading_faults(&elements));
    let style: String =
        elements.iter().filter(|e| e.has_tag_name_in("style")).filter_map(Node::text).collect();
    for banned in ["@import", "url(", "expression("] {
        if style.contains(banned) {
            faults.push(format!("the style sheet has `{banned}`"));
        }
    }
    for wanted in ["html", "title", "main", "nav", "header", "footer", "h1"] {
        let count = elements.iter().filter(|e| e.has_tag_name_in(wanted)).count();
        let right = if matches!(wanted, "title" | "header") { count >= 1 } else { count == 1 };
        if !right {
            faults.push(format!("{count} elements `{wanted}`"));
        }
    }
    faults
}

/// Names of elements whatever their name space.
trait Named {
    fn has_tag_name_in(&self, name: &str) -> bool;
}

impl Named for Node<'_, '_> {
    fn has_tag_name_in(&self, name: &str) -> bool {
        self.tag_name().name() == name
    }
}

fn element_faults(element: &Node<'_, '_>, ids: &BTreeSet<&str>) -> Vec<String> {
    const KNOWN: [&str; 50] = [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "header",
        "footer",
        "nav",
        "main",
        "section",
        "article",
        "div",
        "p",
        "span",
        "h1",
        "h2",
        "h3",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "strong",
        "em",
        "code",
        "pre",
        "mark",
        "bdi",
        "br",
        "wbr",
        "figure",
        "figcaption",
        "svg",
        "defs",
        "marker",
        "path",
        "rect",
        "g",
        "text",
        "desc",
    ];
    let mut faults = Vec::new();
    let name = element.tag_name().name();
    if !KNOWN.contains(&name) {
        faults.push(format!("an element `{name}`"));
    }
    for attribute in element.attributes() {
        let (key, value) = (attribute.name(), attribute.value());
        if key.starts_with("on") || key == "src" || key == "style" || key == "srcset" {
            faults.push(format!("an attribute `{key}`"));
        }
        if key == "href" {
            match value.strip_prefix('#') {
                Some(id) if ids.contains(id) => {}
                Some(id) => faults.push(format!("a link to `#{id}`, which is nowhere")),
                None if ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|s| value.to_lowercase().starts_with(s)) => {}
                None => faults.push(format!("a link to `{value}`")),
            }
        }
        let refers = ["aria-labelledby", "aria-describedby"].contains(&key);
        for id in value.split_whitespace().filter(|_| refers) {
            if !ids.contains(id) {
                faults.push(format!("`{key}` names `{id}`, which is nowhere"));
            }
        }
        if value.contains("url(") && !value.starts_with("url(#") {
            faults.push(format!("`{key}` loads `{value}`"));
        }
    }
    if name == "th" && element.attribute("scope").is_none() {
        faults.push("a table heading without a scope".into());
    }
    if name == "tr" {
        let columns = element
            .ancestors()
            .find(|a| a.has_tag_name_in("table"))
            .and_then(|t| t.descendants().find(|d| d.has_tag_name_in("tr")))
            .map_or(0, |head| head.children().filter(Node::is_element).count());
        let cells = element.children().filter(Node::is_element).count();
        if cells != columns {
            faults.push(format!("a row of {cells} cells under {columns} headings"));
        }
    }
    faults
}

fn heading_faults(elements: &[Node<'_, '_>]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut last = 0;
    for element in elements {
        let level = match element.tag_name().name() {
            "h1" => 1,
            "h2" => 2,
            "h3" => 3,
            _ => continue,
        };
        if level > last + 1 {
            faults.push(format!("a heading of level {level} after one of level {last}"));
        }
        last = level;
    }
    faults
}

#[test]
fn pages_are_in_order() {
    for documents in [example(), torture(), empty(), many()] {
        assert_eq!(faults(&documents.html), Vec::<String>::new());
    }
}

#[test]
fn the_reader_finds_faults() {
    let page = |body: &str| {
        let head = "<!DOCTYPE html><html lang=\"en\"><head><title>t</title></head><body><nav></nav><header></header>";
        format!("{head}<main><h1>x</h1>{body}</main><footer></footer></body></html>")
    };
    assert_eq!(faults(&page("<h2>y</h2>")), Vec::<String>::new());
    for body in [
        "<script>x</script>",
        "<b onclick=\"x\">y</b>",
        "<a href=\"#no\">y</a>",
        "<a href=\"javascript:x\">y</a>",
        "<h3>y</h3>",
        "<p id=\"a\"></p><p id=\"a\"></p>",
        "<p>",
        "<p>&nbsp;</p>",
    ] {
        assert_ne!(faults(&page(body)), Vec::<String>::new(), "{body}");
    }
}

#[test]
fn a_page_needs_nobody_else() {
    for documents in [example(), torture()] {
        let html = &documents.html;
        assert!(html.contains("default-src 'none'"), "a policy that allows nothing from outside");
        assert!(html.contains("<html lang=\"en\""));
        assert!(html.contains("name=\"viewport\""));
        assert!(!html.contains("<script") && !html.contains("<link") && !html.contains("<img"));
    }
}

#[test]
fn markup_is_shown() {
    let html = torture().html;
    for shown in [
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;quotes&#34; ${{ github.token }}",
        "Müller &amp; &lt;Söhne&gt; | *GmbH*",
        "&lt;img src=x onerror=alert(1)&gt;",
        "<bdi>שיווק ومبيعات</bdi>",
        "Sales 🚀👩‍💻",
        "a bad link (javascript:alert(1))",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
}

#[test]
fn characters_that_turn_text_around_are_named() {
    // The parser refuses them; this is what stands behind it.
    let mut compiled = compile(&Memory::new([("test.clause", "agreement a { }\n")]));
    if let Some(model) = &mut compiled.model {
        model.agreement.head.title = Some("left \u{202e}tfel\u{0007}".to_owned());
    }
    let html = documents(&compiled).html;
    assert!(html.contains("left [U+202E]tfel[U+0007]"), "{html}");
    assert_eq!(faults(&html), Vec::<String>::new());
}
