//! Trees, what is in them, and what is wrong with one.

use std::collections::{BTreeMap, BTreeSet};

use clausal::targets::{Output, salesforce};

use crate::common::{Compiled, Memory, compile};

/// Files by path.
pub type Tree = BTreeMap<String, String>;

/// A validation rule as it stands in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub object: String,
    pub name: String,
    pub description: String,
    pub formula: String,
    pub message: String,
    pub display: Option<String>,
}

pub fn generate(compiled: &Compiled) -> Output {
    salesforce::generate(compiled.model.as_ref().expect("an agreement"), &compiled.config)
}

/// The tree of an output that must be free of errors.
pub fn tree(output: &Output) -> Tree {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let tree: Tree = output.artifacts.iter().map(|a| (a.path.clone(), text(&a.bytes))).collect();
    assert_eq!(tree.len(), output.artifacts.len(), "two files with one path");
    tree
}

pub fn compiled(files: &[(&str, &str)]) -> Compiled {
    let compiled = compile(&Memory::new(files.iter().copied()));
    compiled.model();
    compiled
}

/// The tree of one file.
pub fn of_text(text: &str) -> Tree {
    tree(&generate(&compiled(&[("test.clause", text)])))
}

pub fn of_folder(folder: &str) -> Tree {
    let compiled = compile(&Memory::folder(folder));
    compiled.model();
    tree(&generate(&compiled))
}

/// An agreement made to break trees.
pub fn torture() -> Compiled {
    compiled(&[
        ("test.clause", include_str!("torture.clause")),
        ("clausal.yaml", include_str!("torture.yaml")),
    ])
}

/// What is reported, as `severity: message`.
pub fn remarks(output: &Output) -> Vec<String> {
    output.diagnostics.iter().map(|d| format!("{}: {}", d.severity.word(), d.message)).collect()
}

pub fn rules(tree: &Tree) -> Vec<Rule> {
    let files = tree.iter().filter(|(path, _)| path.ends_with(".validationRule-meta.xml"));
    files
        .map(|(path, text)| {
            let document = roxmltree::Document::parse(text).unwrap();
            let child = |name: &str| {
                let node = document.root_element().children().find(|n| n.tag_name().name() == name)?;
                Some(node.text().unwrap_or_default().to_owned())
            };
            let parts: Vec<&str> = path.split('/').collect();
            Rule {
                object: parts[parts.len() - 3].to_owned(),
                name: child("fullName").unwrap(),
                description: child("description").unwrap(),
                formula: child("errorConditionFormula").unwrap(),
                message: child("errorMessage").unwrap(),
                display: child("errorDisplayField"),
            }
        })
        .collect()
}

// ---------------------------------------------------------------------------------------------------------- what is wrong

fn is_name(name: &str) -> bool {
    let bare = name.strip_suffix("__c").unwrap_or(name);
    !bare.is_empty()
        && bare.len() <= 40
        && bare.starts_with(|c: char| c.is_ascii_alphabetic())
        && bare.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !bare.contains("__")
        && !bare.ends_with('_')
}

/// The limit of each element in UTF-16 units, by the root it stands in.
const LIMITS: [(&str, &str, usize); 11] = [
    ("ValidationRule", "errorMessage", 255),
    ("ValidationRule", "description", 255),
    ("ValidationRule", "errorConditionFormula", 3_900),
    ("CustomField", "label", 40),
    ("CustomField", "description", 1_000),
    ("CustomField", "relationshipLabel", 80),
    ("CustomObject", "label", 40),
    ("CustomObject", "pluralLabel", 40),
    ("GlobalValueSet", "masterLabel", 80),
    ("PermissionSet", "label", 80),
    ("BusinessHoursSettings", "name", 80),
];

/// Everything that a deployment would refuse, as far as it can be seen here.
pub fn faults(tree: &Tree) -> Vec<String> {
    let mut out = Vec::new();
    let mut members = BTreeSet::new();
    let mut lower = BTreeSet::new();
    for (path, text) in tree {
        if !lower.insert(path.to_lowercase()) {
            out.push(format!("{path}: differs from another only in capitals"));
        }
        if path.rsplit('.').next() != Some("xml") {
            continue;
        }
        let document = match roxmltree::Document::parse(text) {
            Ok(document) => document,
            Err(error) => {
                out.push(format!("{path}: {error}"));
                continue;
            }
        };
        let root = document.root_element();
        if root.tag_name().namespace() != Some("http://soap.sforce.com/2006/04/metadata") {
            out.push(format!("{path}: wrong namespace"));
        }
        if !text.contains("<!-- From ") {
            out.push(format!("{path}: does not say where it comes from"));
        }
        element_faults(path, root, &mut out);
        if let Some(member) = member(path, root) {
            members.insert(member);
        }
    }
    let listed = listed(tree);
    out.extend(members.difference(&listed).map(|m| format!("not in the manifest: {m:?}")));
    out.extend(listed.difference(&members).map(|m| format!("only in the manifest: {m:?}")));
    out
}

fn element_faults(path: &str, root: roxmltree::Node<'_, '_>, out: &mut Vec<String>) {
    let kind = root.tag_name().name();
    for node in root.descendants().filter(roxmltree::Node::is_element) {
        let (name, text) = (node.tag_name().name(), node.text().unwrap_or_default());
        let length = text.encode_utf16().count();
        let limit = LIMITS.iter().find(|(root, element, _)| *root == kind && *element == name);
        if let Some((_, _, limit)) = limit
            && length > *limit
        {
            out.push(format!("{path}: <{name}> has {length} characters"));
        }
        let named = matches!(name, "fullName" | "relationshipName" | "valueSetName");
        let is_value = node.parent().is_some_and(|p| p.tag_name().name() == "customValue");
        if named && !is_value && !is_name(text) {
            out.push(format!("{path}: <{name}> is `{text}`"));
        }
        if is_value && (text.is_empty() || length > 255) {
            out.push(format!("{path}: a value with {length} characters"));
        }
        if name == "errorConditionFormula" && text.len() > 4_000 {
            out.push(format!("{path}: the formula has {} bytes", text.len()));
        }
        let elements = node.children().filter(roxmltree::Node::is_element);
        let mut seen: Vec<&str> = Vec::new();
        for child in elements {
            let child = child.tag_name().name();
            if seen.contains(&child) && seen.last() != Some(&child) {
                out.push(format!("{path}: the <{child}> are not next to each other"));
            }
            seen.push(child);
        }
    }
    let file = path.rsplit('/').next().unwrap().split('.').next().unwrap();
    let full = root.children().find(|n| n.tag_name().name() == "fullName").and_then(|n| n.text());
    if full.is_some_and(|full| full != file) {
        out.push(format!("{path}: is called {full:?}"));
    }
    if !is_name(file) && kind != "Package" && kind != "CustomObject" {
        out.push(format!("{path}: the file's name is no name"));
    }
}

/// A component as the manifest names it.
fn member(path: &str, root: roxmltree::Node<'_, '_>) -> Option<(String, String)> {
    let parts: Vec<&str> = path.split('/').collect();
    let name = parts.last()?.split('.').next()?.to_owned();
    let kind = root.tag_name().name();
    Some(match kind {
        "Package" => return None,
        "CustomField" | "ValidationRule" => (kind.to_owned(), format!("{}.{name}", parts[parts.len() - 3])),
        settings if settings.ends_with("Settings") => ("Settings".to_owned(), name),
        kind => (kind.to_owned(), name),
    })
}

fn listed(tree: &Tree) -> BTreeSet<(String, String)> {
    let Some((_, text)) = tree.iter().find(|(path, _)| path.ends_with("manifest/package.xml")) else {
        return BTreeSet::new();
    };
    let Ok(document) = roxmltree::Document::parse(text) else { return BTreeSet::new() };
    let types = document.root_element().children().filter(|n| n.tag_name().name() == "types");
    types
        .flat_map(|types| {
            let of = |name: &'static str| {
                types.children().filter(move |n| n.tag_name().name() == name).filter_map(|n| n.text())
            };
            let kind = of("name").next().unwrap_or_default().to_owned();
            of("members").map(move |m| (kind.clone(), m.to_owned())).collect::<Vec<_>>()
        })
        .collect()
}
