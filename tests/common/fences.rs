//! The fenced blocks of a Markdown page.

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence<'p> {
    /// What stands behind the opening fence: `clausal commitment`.
    pub info: &'p str,
    /// What stands between the fences, with the end of its last line.
    pub text: &'p str,
    /// The line of the opening fence, from 1.
    pub line: usize,
}

/// Every fenced block of a page, in order. One that is not closed goes to the end.
pub fn fences(page: &str) -> Vec<Fence<'_>> {
    let mut out = Vec::new();
    let mut open: Option<(&str, usize, usize)> = None;
    let mut at = 0;
    for (index, line) in page.split_inclusive('\n').enumerate() {
        let next = at + line.len();
        if let Some(info) = line.strip_prefix("```") {
            match open.take() {
                None => open = Some((info.trim(), next, index + 1)),
                Some((info, start, line)) => out.push(Fence { info, text: &page[start..at], line }),
            }
        }
        at = next;
    }
    out.extend(open.map(|(info, start, line)| Fence { info, text: &page[start..], line }));
    out
}
