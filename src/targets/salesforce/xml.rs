//! XML: elements as a tree, printed by `quick-xml`, so that nothing reaches a file unescaped.

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// The namespace of every file.
const NAMESPACE: &str = "http://soap.sforce.com/2006/04/metadata";

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    name: String,
    content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Text(String),
    Children(Vec<Element>),
}

impl Element {
    /// An element with text.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Element {
        Element { name: name.into(), content: Content::Text(text.into()) }
    }

    /// An element with `true` or `false`.
    pub fn flag(name: &str, value: bool) -> Element {
        Element::text(name, value.to_string())
    }

    /// An element with others inside, in the order that the metadata format wants.
    pub fn of(name: impl Into<String>, children: Vec<Element>) -> Element {
        Element { name: name.into(), content: Content::Children(children) }
    }
}

/// A file with this root, and a remark for those who open it.
pub fn print(root: &Element, remark: &str) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 4);
    // Writing to memory does not fail.
    let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let _ = write(&mut writer, root, Some(remark));
    let mut text = String::from_utf8(writer.into_inner()).unwrap_or_default();
    text.push('\n');
    text
}

fn write(writer: &mut Writer<Vec<u8>>, element: &Element, remark: Option<&str>) -> std::io::Result<()> {
    let mut start = BytesStart::new(element.name.as_str());
    if remark.is_some() {
        start.push_attribute(("xmlns", NAMESPACE));
    }
    writer.write_event(Event::Start(start))?;
    // Inside the root: the tools of Salesforce do not find the root behind a comment.
    if let Some(remark) = remark {
        writer.write_event(Event::Comment(BytesText::from_escaped(comment(remark))))?;
    }
    match &element.content {
        // Quotes stay readable: they only have to be escaped in attributes.
        Content::Text(text) => {
            let text = allowed(text);
            writer.write_event(Event::Text(BytesText::from_escaped(partial_escape(text.as_str()))))?;
        }
        Content::Children(children) => {
            for child in children {
                write(writer, child, None)?;
            }
        }
    }
    writer.write_event(Event::End(BytesEnd::new(element.name.as_str())))
}

/// A text without the characters that XML has no way to write.
fn allowed(text: &str) -> String {
    let keep =
        |c: &char| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(keep).collect()
}

/// A comment may not contain two hyphens in a row, nor end in one.
fn comment(text: &str) -> String {
    let mut text = allowed(text);
    while text.contains("--") {
        text = text.replace("--", "- -");
    }
    format!(" {text} ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_text_holds_it_is_read_back() {
        let nasty = "<a> & \"b\" 'c' ]]> --> &amp; ${{ x }} 🚀 ı";
        let root = Element::of("Root", vec![Element::text("one", nasty), Element::flag("two", true)]);
        let text = print(&root, "a -- b --- c -->");
        let document = roxmltree::Document::parse(&text).unwrap();
        let one = document.descendants().find(|n| n.has_tag_name((NAMESPACE, "one"))).unwrap();
        assert_eq!(one.text(), Some(nasty));
        assert_eq!(
            print(&Element::text("x", "a\u{0}b\u{8}c\u{fffe}"), ""),
            print(&Element::text("x", "abc"), "")
        );
    }
}
