//! Prose as it is searched: one blank between words, plain quotes; and what in it is not the author's own speech.

use std::ops::Range;

/// A text with one blank between words. Sentences of their own (list items, paragraphs) begin on a line of their own.
#[derive(Debug)]
pub struct Folded {
    /// The text.
    pub text: String,
    /// For each byte of it, where it comes from.
    from: Vec<usize>,
}

impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        let mut out =
            Folded { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len() + 1) };
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if !c.is_whitespace() {
                out.push(at, plain(c));
                continue;
            }
            let mut end = at + c.len_utf8();
            while let Some((next, white)) = chars.next_if(|(_, c)| c.is_whitespace()) {
                end = next + white.len_utf8();
            }
            let breaks = text[at..end].matches('\n').count();
            let new = breaks > 1 || breaks == 1 && begins_item(&text[end..]);
            out.push(at, if new { '\n' } else { ' ' });
        }
        out.from.push(text.len());
        out
    }

    fn push(&mut self, at: usize, c: char) {
        self.text.push(c);
        self.from.resize(self.text.len(), at);
    }

    /// Where a place comes from. The end of a part is the end of its last character.
    pub fn at(&self, byte: usize) -> usize {
        self.from.get(byte).copied().unwrap_or_else(|| self.from.last().copied().unwrap_or_default())
    }

    /// Where sentences end, in order.
    pub fn sentence_ends(&self) -> Vec<usize> {
        let bytes = self.text.as_bytes();
        let mut out = Vec::new();
        for (at, byte) in bytes.iter().enumerate() {
            let next = self.text.get(at + 1..).unwrap_or_default();
            let ends = match byte {
                b'\n' => true,
                b'.' | b'!' | b'?' => {
                    next.strip_prefix(' ').is_some_and(|rest| !rest.starts_with(char::is_lowercase))
                }
                _ => false,
            };
            if ends {
                out.push(at + 1);
            }
        }
        out
    }

    /// Code, quotes and addresses, in order of kinds.
    pub fn skipped(&self) -> Vec<Range<usize>> {
        let mut out = code(&self.text);
        out.extend(quotes(&self.text));
        out.extend(addresses(&self.text));
        out
    }
}

/// Typographic signs as they are typed.
fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
        '\u{2010}' | '\u{2011}' => '-',
        c => c,
    }
}

fn begins_item(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    let number =
        word.strip_suffix(['.', ')']).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    matches!(word, "-" | "*" | "+") || word.starts_with(['#', '>']) || number
}

/// What stands between runs of equally many backticks.
fn code(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    let mut out = Vec::new();
    let mut rest = runs.as_slice();
    while let [open, after @ ..] = rest {
        match after.iter().position(|close| close.len() == open.len()) {
            Some(close) => {
                out.push(open.start..after[close].end);
                rest = &after[close + 1..];
            }
            None => rest = after,
        }
    }
    out
}

/// What stands between two quotes of one paragraph.
fn quotes(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for paragraph in text.split_inclusive('\n') {
        let places: Vec<usize> = paragraph.match_indices('"').map(|(at, _)| start + at).collect();
        out.extend(places.chunks_exact(2).map(|pair| pair[0]..pair[1] + 1));
        start += paragraph.len();
    }
    out
}

/// Words that are addresses of pages or of people.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let lower = word.to_ascii_lowercase();
        let page = ["http://", "https://", "www."].iter().filter_map(|sign| lower.find(sign)).min();
        let person = word.contains('@').then_some(0);
        if let Some(at) = page.or(person) {
            out.push(start + at..start + word.len());
        }
        start += word.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_knows_where_it_comes_from() {
        let text = "  Ä\u{a0}\t“b”\r\n  c";
        let folded = Folded::new(text);
        assert_eq!(folded.text, " Ä \"b\" c");
        for (at, c) in folded.text.char_indices().filter(|(_, c)| c.is_alphabetic()) {
            assert!(text[folded.at(at)..].starts_with(c));
            assert_eq!(folded.at(at + c.len_utf8()), folded.at(at) + c.len_utf8());
        }
        assert_eq!(folded.at(folded.text.len()), text.len());
    }

    #[test]
    fn sentences_end_where_they_end() {
        let sentences = |text: &str| {
            let folded = Folded::new(text);
            let ends = folded.sentence_ends();
            ends.len() + 1
        };
        assert_eq!(sentences("One. Two! Three?"), 3);
        assert_eq!(sentences("Calls, mails, etc. are one, at 9.30 too."), 1);
        assert_eq!(sentences("First:\n- one\n- two\n1. three\n\nEnd"), 5);
        assert_eq!(sentences("Lines\nthat go on"), 1);
    }

    #[test]
    fn what_others_say_is_skipped() {
        let skipped = |text: &str| -> Vec<String> {
            let folded = Folded::new(text);
            folded.skipped().into_iter().map(|part| folded.text[part].to_owned()).collect()
        };
        assert_eq!(skipped("a `b` ``c ` d`` `e"), ["`b`", "``c ` d``"]);
        assert_eq!(skipped("a “b c” and \"d\" \"e"), ["\"b c\"", "\"d\""]);
        assert_eq!(
            skipped("see [it](https://x.example/soon) or a.b@c.example"),
            ["https://x.example/soon) ", "a.b@c.example"]
        );
        assert_eq!(skipped("5\" wide\n\nand \"so\""), ["\"so\""]);
    }
}
