//! Notes, purposes and rationales: a safe part of Markdown, read into the document's own tree.
//!
//! Paragraphs, emphasis, code, lists, and links to `http`, `https` and `mailto`. Everything else is shown as text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::document::{Block, Inline, Text};

/// The blocks of a text.
pub fn blocks(markdown: &str) -> Vec<Block> {
    let mut reader = Reader { frames: vec![Frame::new(Kind::Root)] };
    for event in Parser::new_ext(markdown, Options::empty()) {
        reader.event(event);
    }
    while reader.frames.len() > 1 {
        reader.close();
    }
    let root = reader.frames.pop().map(Frame::into_blocks).unwrap_or_default();
    if root.is_empty() && !markdown.trim().is_empty() {
        // Nothing but definitions of links, which nobody would see.
        return vec![Block::words(markdown.trim())];
    }
    root
}

/// What is being read.
struct Frame {
    kind: Kind,
    inlines: Text,
    blocks: Vec<Block>,
    items: Vec<Vec<Block>>,
}

enum Kind {
    Root,
    Paragraph,
    Strong,
    Emphasis,
    Url(String),
    /// A link that is not safe to follow: its text stays, with the address behind it.
    Dead(String),
    Code,
    List,
    Numbered,
    Item,
}

impl Frame {
    fn new(kind: Kind) -> Frame {
        Frame { kind, inlines: Vec::new(), blocks: Vec::new(), items: Vec::new() }
    }

    /// The blocks, with loose text as a last paragraph.
    fn into_blocks(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }

    fn flush(&mut self) {
        if !self.inlines.is_empty() {
            let text = std::mem::take(&mut self.inlines);
            self.blocks.push(Block::Paragraph(text));
        }
    }

    fn words(&mut self, words: &str) {
        match self.inlines.last_mut() {
            Some(Inline::Plain(last)) => last.push_str(words),
            _ => self.inlines.push(Inline::Plain(words.to_owned())),
        }
    }
}

/// How deep lists, emphasis and links may nest; what lies deeper is read at this depth.
const DEPTH: usize = 24;

struct Reader {
    /// Never empty: the root is closed by [`blocks`] alone.
    frames: Vec<Frame>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(TagEnd::HtmlBlock) => self.flush(),
            Event::End(_) => self.close(),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.words(&text),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                self.inline(Inline::Code(code.to_string()));
            }
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => self.flush(),
            Event::FootnoteReference(name) => self.words(&name),
            Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        let kind = match tag {
            Tag::Paragraph | Tag::Heading { .. } => Kind::Paragraph,
            Tag::Strong => Kind::Strong,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => link(&dest_url),
            Tag::CodeBlock(_) => Kind::Code,
            Tag::List(None) => Kind::List,
            Tag::List(Some(_)) => Kind::Numbered,
            Tag::Item => Kind::Item,
            Tag::HtmlBlock => return self.flush(),
            _ => Kind::Root,
        };
        let is_block =
            matches!(kind, Kind::Paragraph | Kind::Code | Kind::List | Kind::Numbered | Kind::Root);
        if is_block {
            self.flush();
        }
        self.frames.push(Frame::new(kind));
    }

    fn close(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        let deep = self.frames.len() > DEPTH;
        let Some(parent) = self.frames.last_mut() else { return };
        match frame.kind {
            Kind::Root | Kind::Paragraph => parent.blocks.extend(frame.into_blocks()),
            Kind::Item if deep => parent.blocks.extend(frame.into_blocks()),
            Kind::Strong | Kind::Emphasis | Kind::Url(_) if deep => parent.inlines.extend(frame.inlines),
            Kind::Item => parent.items.push(frame.into_blocks()),
            Kind::Strong => parent.inlines.push(Inline::Strong(frame.inlines)),
            Kind::Emphasis => parent.inlines.push(Inline::Emphasis(frame.inlines)),
            Kind::Url(href) => parent.inlines.push(Inline::Url(href, frame.inlines)),
            Kind::Dead(href) => {
                parent.inlines.extend(frame.inlines);
                if !href.is_empty() {
                    parent.words(&format!(" ({href})"));
                }
            }
            Kind::Code => {
                let code: String = frame.inlines.iter().map(plain).collect();
                parent.blocks.push(Block::Code(code.trim_end_matches('\n').to_owned()));
            }
            Kind::List | Kind::Numbered if frame.items.is_empty() => parent.blocks.extend(frame.blocks),
            Kind::List => parent.blocks.push(Block::List(frame.items)),
            Kind::Numbered => parent.blocks.push(Block::Numbered(frame.items)),
        }
    }

    fn inline(&mut self, inline: Inline) {
        if let Some(top) = self.frames.last_mut() {
            top.inlines.push(inline);
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(top) = self.frames.last_mut() {
            top.words(words);
        }
    }

    fn flush(&mut self) {
        if let Some(top) = self.frames.last_mut() {
            top.flush();
        }
    }
}

fn plain(inline: &Inline) -> String {
    match inline {
        Inline::Plain(words) => words.clone(),
        _ => String::new(),
    }
}

fn link(href: &str) -> Kind {
    let lower = href.to_ascii_lowercase();
    let safe = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    if safe && !href.chars().any(|c| c.is_whitespace() || c.is_control()) {
        Kind::Url(href.to_owned())
    } else {
        Kind::Dead(href.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_safe_part_of_markdown_is_read() {
        let text = "Call *soon*, **please** `now`: [site](https://example.com).\n\n- a\n- b\n  1. c\n";
        let blocks = blocks(text);
        assert_eq!(blocks.len(), 2);
        let Block::Paragraph(text) = &blocks[0] else { panic!("{blocks:?}") };
        assert!(
            text.contains(&Inline::Url("https://example.com".into(), vec![Inline::Plain("site".into())]))
        );
        let Block::List(items) = &blocks[1] else { panic!("{blocks:?}") };
        assert_eq!(items.len(), 2);
        assert!(matches!(&items[1][1], Block::Numbered(inner) if inner.len() == 1));
    }

    #[test]
    fn what_is_not_safe_is_shown() {
        let shown = format!("{:?}", blocks("<script>x</script>\n\n[a](javascript:x) ![i](data:y) <b>z</b>"));
        for part in ["<script>x</script>", "a (javascript:x)", "i (data:y)", "<b>z</b>"] {
            assert!(shown.contains(part), "{part} in {shown}");
        }
        assert!(!shown.contains("Url("), "{shown}");
    }
}
