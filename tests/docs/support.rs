//! Documents, and where a person can look at them.

use std::fmt::Write as _;

use clausal::targets::docs;

use crate::common::{Compiled, Memory, compile};

/// What the target remarks about an agreement.
pub fn remarks(compiled: &Compiled) -> Vec<String> {
    let model = compiled.model.as_ref().expect("an agreement");
    docs::generate(model, &compiled.config).diagnostics.into_iter().map(|d| d.message).collect()
}

/// The two documents of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documents {
    pub html: String,
    pub markdown: String,
}

pub fn documents(compiled: &Compiled) -> Documents {
    let model = compiled.model.as_ref().expect("an agreement");
    let output = docs::generate(model, &compiled.config);
    let name = &model.agreement.head.name.text;
    let paths: Vec<String> = output.artifacts.iter().map(|a| a.path.clone()).collect();
    assert_eq!(paths, [format!("{name}.html"), format!("{name}.md")]);
    let text = |i: usize| String::from_utf8(output.artifacts[i].bytes.clone()).expect("UTF-8");
    let documents = Documents { html: text(0), markdown: text(1) };
    show(&documents, name);
    documents
}

pub fn of_text(text: &str) -> Documents {
    documents(&compile(&Memory::new([("test.clause", text)])))
}

pub fn example() -> Documents {
    let compiled = compile(&Memory::folder("examples/lead-handoff"));
    compiled.model();
    documents(&compiled)
}

/// An agreement made to break documents.
pub fn torture() -> Documents {
    of_text(include_str!("torture.clause"))
}

/// An agreement with nothing in it.
pub fn empty() -> Documents {
    of_text(include_str!("empty.clause"))
}

/// An agreement with very many clauses and no calendar.
pub fn many() -> Documents {
    let mut text = String::from(
        "agreement many { effective 2026-01-01 zone Europe/London }\nrole team { }\n\
         record ticket { id key  opened datetime  closed datetime optional }\n\
         definition open_ticket { means ticket where closed is blank  since opened }\n",
    );
    for n in 1..=40 {
        let _ = writeln!(
            text,
            "commitment answer_{n} {{ team must answer each ticket within {n} hours of opened  met at closed }}"
        );
    }
    of_text(&text)
}

/// Writes documents where a person or a browser can open them, if the environment names a folder.
#[expect(clippy::disallowed_methods, reason = "somebody asked to see them")]
fn show(documents: &Documents, name: &str) {
    if let Some(folder) = std::env::var_os("CLAUSAL_SHOW_DOCUMENTS") {
        let write = |ending: &str, text: &str| {
            let path = std::path::Path::new(&folder).join(format!("{name}.{ending}"));
            std::fs::write(path, text).unwrap();
        };
        write("html", &documents.html);
        write("md", &documents.markdown);
    }
}
