//! The pages as pages: width, links, and that the index knows them all.

use std::path::Path;

use crate::example::pages;

/// The targets of the links of a page, without those out of the repository.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let prose = text.split("```").step_by(2);
    let targets = prose.flat_map(|part| part.split("](").skip(1)).map(|rest| rest.split(')').next().unwrap());
    targets.filter(|target| !target.starts_with("http"))
}

/// The anchors a forge gives the headings of a page.
fn anchors(text: &str) -> Vec<String> {
    let prose: String = text.split("```").step_by(2).collect();
    let headings = prose.lines().filter(|l| l.starts_with('#')).map(|l| l.trim_start_matches('#').trim());
    let kept = |c: &char| c.is_alphanumeric() || " -_".contains(*c);
    headings.map(|h| h.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")).collect()
}

#[test]
fn lines_are_not_too_long() {
    for (name, text) in pages() {
        for (index, line) in text.lines().enumerate() {
            let width = line.chars().count();
            assert!(width <= 120, "docs/{name}:{}: {width} characters", index + 1);
            assert_eq!(line.trim_end(), line, "docs/{name}:{}: blanks at the end", index + 1);
        }
    }
}

#[test]
fn links_lead_somewhere() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (name, text) in pages() {
        for link in links(&text) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = folder.join(if path.is_empty() { name.as_str() } else { path });
            assert!(file.exists(), "docs/{name}: there is no {link}");
            if !anchor.is_empty() {
                let there = anchors(&std::fs::read_to_string(&file).unwrap());
                assert!(there.iter().any(|a| a == anchor), "docs/{name}: there is no {link} in {there:?}");
            }
        }
    }
}

#[test]
fn the_index_names_every_page_and_the_readme_the_index() {
    let pages = pages();
    let (_, index) = pages.iter().find(|(name, _)| name == "README.md").unwrap();
    let decisions = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/decisions");
    let decisions = std::fs::read_dir(decisions).unwrap().map(|e| e.unwrap().file_name());
    let decisions = decisions.map(|name| format!("decisions/{}", name.to_string_lossy()));
    let others = pages.iter().map(|(name, _)| name.clone()).filter(|name| name != "README.md");
    for page in others.chain(decisions) {
        assert!(index.contains(&format!("]({page})")), "docs/README.md does not link to {page}");
    }
    assert!(include_str!("../../README.md").contains("](docs/README.md)"));
}
