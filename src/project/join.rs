//! Two agreements of one project read as one, so that what they say can be held against each other.
//!
//! What both reach through `use` is there once. What only one of them reaches keeps its own meaning, whatever the other
//! one calls by the same name. Records alone are joined: two pages that each list the fields they need of a `lead` are about
//! the same leads, so records of one name that agree in every field that both list are one record with the fields of both.

use std::collections::{BTreeMap, BTreeSet};

use super::Project;
use crate::model::Model;
use crate::resolve::{Reference, resolve};
use crate::source::FileId;
use crate::syntax::ast::{
    Block, ChoiceValues, Field, FieldType, File, Item, ItemKind, Mark, RecordClause, State, Word,
};

/// Two agreements as one. The blocks of the first one come before those of the second.
#[derive(Debug)]
pub struct Joined {
    /// What they say together. The `agreement` block is that of the first one.
    pub model: Model,
    /// Every use of a name.
    pub references: Vec<Reference>,
    /// The files that only the first one, and that only the second one reaches.
    pub own: [BTreeSet<FileId>; 2],
    /// The names of the records that both declare, and that are one here.
    pub records: BTreeSet<String>,
}

impl Project {
    /// Reads two of its agreements as one. `None` if one of them uses all of the other: they are read as one already.
    pub fn join(&self, first: FileId, second: FileId) -> Option<Joined> {
        let (of_first, of_second) = (self.reach(first), self.reach(second));
        let beside = |mine: &[FileId], theirs: &[FileId]| -> BTreeSet<FileId> {
            mine.iter().copied().filter(|file| !theirs.contains(file)).collect()
        };
        let own = [beside(&of_first, &of_second), beside(&of_second, &of_first)];
        if own.iter().any(BTreeSet::is_empty) {
            return None;
        }
        let joined = self.joined_records(&own);
        let changed = |file: &FileId| {
            let tree =
                self.trees.get(file).filter(|tree| tree.items.iter().any(|item| is_of(item, &joined)))?;
            Some((*file, with_joined(tree, &joined, own[0].contains(file))))
        };
        let changed: BTreeMap<FileId, File> = own.iter().flatten().filter_map(changed).collect();
        let order = of_first.iter().chain(of_second.iter().filter(|file| own[1].contains(file)));
        let units: Vec<_> = order.filter_map(|file| self.unit(*file, changed.get(file))).collect();
        let resolution = resolve(&units);
        let (model, references) = (resolution.model?, resolution.references);
        Some(Joined { model, references, own, records: joined.into_keys().collect() })
    }

    /// The records that both declare alike, by name: each with the fields of both.
    fn joined_records(&self, own: &[BTreeSet<FileId>; 2]) -> BTreeMap<String, Block<RecordClause>> {
        let records = |files: &BTreeSet<FileId>| -> BTreeMap<String, Declared<'_>> {
            let items = files.iter().filter_map(|file| self.trees.get(file)).flat_map(|tree| &tree.items);
            items.filter_map(declared).map(|record| (record.block.name.node.clone(), record)).collect()
        };
        let [first, second] = [records(&own[0]), records(&own[1])];
        let mut out: BTreeMap<String, Block<RecordClause>> = first
            .iter()
            .filter_map(|(name, record)| Some((name.clone(), union(record, second.get(name)?)?)))
            .collect();
        // A record is the same only if those it refers to are.
        let apart = |name: &str, out: &BTreeMap<String, _>| {
            (first.contains_key(name) || second.contains_key(name)) && !out.contains_key(name)
        };
        loop {
            let lost: Vec<String> = first
                .iter()
                .filter(|(name, record)| {
                    out.get(*name)
                        .is_some_and(|block| mentions(record, block).any(|other| apart(other, &out)))
                })
                .map(|(name, _)| name.clone())
                .collect();
            if lost.is_empty() {
                return out;
            }
            out.retain(|name, _| !lost.contains(name));
        }
    }
}

/// A record that could be read in whole.
struct Declared<'a> {
    parent: Option<&'a Word>,
    block: &'a Block<RecordClause>,
}

fn declared(item: &Item) -> Option<Declared<'_>> {
    match &item.kind {
        ItemKind::Record(parent, block) if item.state == State::Complete => {
            Some(Declared { parent: parent.as_ref(), block })
        }
        _ => None,
    }
}

fn is_of(item: &Item, joined: &BTreeMap<String, Block<RecordClause>>) -> bool {
    declared(item).is_some_and(|record| joined.contains_key(&record.block.name.node))
}

/// A file in which the joined records stand, or stand no more.
fn with_joined(tree: &File, joined: &BTreeMap<String, Block<RecordClause>>, is_first: bool) -> File {
    let item = |item: &Item| match &item.kind {
        ItemKind::Record(parent, block) if is_of(item, joined) => {
            let block = joined.get(&block.name.node).filter(|_| is_first)?;
            Some(Item { kind: ItemKind::Record(parent.clone(), block.clone()), ..item.clone() })
        }
        _ => Some(item.clone()),
    };
    File { items: tree.items.iter().filter_map(item).collect(), ..tree.clone() }
}

/// The record with the fields of both; `None` if they contradict each other.
fn union(first: &Declared<'_>, second: &Declared<'_>) -> Option<Block<RecordClause>> {
    let mut clauses = first.block.clauses.clone();
    if first.parent != second.parent {
        return None;
    }
    for clause in &second.block.clauses {
        let same = |other: &&mut crate::syntax::ast::Spanned<RecordClause>| match (&other.node, &clause.node)
        {
            (RecordClause::Field(a), RecordClause::Field(b)) => a.name == b.name,
            (RecordClause::HappensAt(_), RecordClause::HappensAt(_)) => true,
            _ => false,
        };
        match (clauses.iter_mut().find(same).map(|found| &mut found.node), &clause.node) {
            (Some(RecordClause::Field(mine)), RecordClause::Field(theirs)) => *mine = both(mine, theirs)?,
            (Some(mine), theirs) if mine == theirs => {}
            (Some(_), _) => return None,
            (None, _) => clauses.push(clause.clone()),
        }
    }
    Some(Block { clauses, ..first.block.clone() })
}

/// A field that is what both say it is.
fn both(first: &Field, second: &Field) -> Option<Field> {
    let ranges = [&first.range, &second.range];
    let alike = is_same_type(&first.ty.node, &second.ty.node)
        && first.ignoring_case == second.ignoring_case
        && (first.range == second.range || ranges.iter().any(|range| range.is_none()));
    let optional = if second.optional.is_present() { first.optional } else { Mark::Absent };
    alike.then(|| Field { range: first.range.clone().or(second.range.clone()), optional, ..first.clone() })
}

fn is_same_type(first: &FieldType, second: &FieldType) -> bool {
    match (first, second) {
        (FieldType::Choice(a), FieldType::Choice(b)) | (FieldType::Choices(a), FieldType::Choices(b)) => {
            let values = |choice: &ChoiceValues| -> BTreeSet<String> {
                choice.values.iter().map(|value| value.node.text.clone()).collect()
            };
            a.openness == b.openness && values(a) == values(b)
        }
        _ => first == second,
    }
}

/// The other records that a record is about.
fn mentions<'a>(
    record: &'a Declared<'_>,
    block: &'a Block<RecordClause>,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let fields = block.clauses.iter().filter_map(|clause| match &clause.node {
        RecordClause::Field(Field { ty, .. }) => match &ty.node {
            FieldType::Reference(to) => Some(to.node.as_str()),
            _ => None,
        },
        _ => None,
    });
    record.parent.map(|parent| parent.node.as_str()).into_iter().chain(fields)
}
