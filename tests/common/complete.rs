//! Examples on pages are as short as a reader wants them: a block or two. To be run they are completed with what they
//! mention and do not declare.

use std::collections::BTreeSet;

/// The blocks of a text, each with its name.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            let name = line.split_whitespace().nth(1).unwrap_or("").to_owned();
            out.push((name, String::new()));
        }
        if let Some((_, block)) = out.last_mut() {
            block.push_str(line);
            block.push('\n');
        }
    }
    out.retain(|(_, block)| !block.starts_with("use "));
    out
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect()
}

/// An example with an agreement, and with every block of `parts` that it, or a block added for it, mentions.
pub fn completed(example: &str, agreement: &str, parts: &str) -> String {
    let known = blocks(parts);
    let mut text = example.to_owned();
    if !example.lines().any(|l| l.starts_with("agreement ")) {
        text.push_str(agreement);
    }
    loop {
        let declared: Vec<String> = blocks(&text).into_iter().map(|(name, _)| name).collect();
        let mentioned = words(&text);
        let missing =
            known.iter().find(|(name, _)| mentioned.contains(name.as_str()) && !declared.contains(name));
        let Some((_, block)) = missing else { return text };
        let block = block.clone();
        text.push_str(&block);
    }
}
