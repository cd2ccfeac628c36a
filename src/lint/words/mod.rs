//! Words of prose that leave open what an agreement has to say, and where they stand.
//!
//! One list ([`list`]) for every rule about words; one pass over every text of an agreement finds them all. Never found are
//! words in code, in quotes and in addresses, and the agreement's own terms.

mod amounts;
mod list;
mod speech;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::model::commitment::Tier;
use crate::model::{Commitment, Contingency, Head, Id, Model, Passage, PassageKind, humanise};
use crate::source::Span;

pub use amounts::{counts, limits, shares};
pub use list::Entry;
pub use speech::{Duty, is_past};
use text::Folded;

/// The words found in the texts of an agreement.
#[derive(Debug, Default)]
pub struct Words<'a> {
    hits: BTreeMap<&'static str, Vec<Hit<'a>>>,
    blocks: BTreeMap<Span, Block>,
}

/// What kind of block a text stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// A promise.
    Commitment(Id<Commitment>),
    /// What happens when one is missed.
    Contingency(Id<Contingency>),
    /// It says what words mean: a record, a definition, a score.
    Meaning,
    /// A meeting that says how often it is held.
    Meeting,
    /// Any other.
    Other,
}

/// Words of the list in a text.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'a> {
    /// The text.
    pub passage: &'a Passage,
    /// What they stand in.
    pub block: Block,
    /// Their place in the list.
    pub entry: &'static Entry,
    /// Where they begin and end in the text.
    part: (usize, usize),
    /// The sentence they stand in, by its number in the text, and its begin and end.
    sentence: (usize, usize, usize),
}

impl<'a> Hit<'a> {
    /// Where they stand.
    pub fn span(&self) -> Span {
        self.passage.place(self.range())
    }

    /// As the author wrote them.
    pub fn words(&self) -> String {
        words(&self.passage.text[self.range()])
    }

    /// The sentence before them.
    pub fn before(&self) -> &'a str {
        &self.passage.text[self.sentence.1..self.part.0]
    }

    /// The sentence after them.
    pub fn after(&self) -> &'a str {
        &self.passage.text[self.part.1..self.sentence.2]
    }

    /// All of the sentence.
    pub fn sentence(&self) -> &'a str {
        &self.passage.text[self.sentence.1..self.sentence.2]
    }

    /// The same, made longer by so many bytes of what follows.
    #[must_use]
    pub fn longer(mut self, by: usize) -> Self {
        self.part.1 += by;
        self
    }

    fn range(&self) -> Range<usize> {
        self.part.0..self.part.1
    }

    /// Whether this is what somebody will do, rather than a name or a reason.
    pub fn promises(&self) -> bool {
        matches!(self.passage.kind, PassageKind::Note | PassageKind::Act) && self.block != Block::Meaning
    }

    /// The commitment that it stands in or, in a contingency, the first whose deadline it is about.
    pub fn commitment<'m>(&self, model: &'m Model) -> Option<&'m Commitment> {
        match self.block {
            Block::Commitment(id) => Some(&model.commitments[id]),
            Block::Contingency(id) => {
                let of = model.contingencies[id].of.first()?.get()?;
                Some(&model.commitments[*of])
            }
            _ => None,
        }
    }

    /// The one limit of the commitment that it stands in.
    pub fn limit<'m>(&self, model: &'m Model) -> Option<&'m Tier> {
        let Block::Commitment(id) = self.block else { return None };
        match model.commitments[id].tiers() {
            [tier] if tier.limit.is_set() => Some(tier),
            _ => None,
        }
    }
}

/// Whether one word is a name by its capital, as in `the Shortly app`. What begins a sentence or a line of a list has one
/// anyhow.
fn is_name(text: &str, part: &Range<usize>) -> bool {
    let word = &text[part.clone()];
    let mut letters = word.chars();
    let one_capital =
        letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase) && word.len() > 1;
    let before = text[..part.start].strip_suffix(' ').unwrap_or_default();
    one_capital && before.ends_with(|c: char| c.is_alphanumeric() || c == ',')
}

/// Words in one line.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first of each sentence.
pub fn one_per_sentence<'a>(hits: impl Iterator<Item = Hit<'a>>) -> impl Iterator<Item = Hit<'a>> {
    by_sentence(hits).into_iter().filter_map(|hits| hits.first().copied())
}

/// Those of one sentence together.
pub fn by_sentence<'a>(hits: impl Iterator<Item = Hit<'a>>) -> Vec<Vec<Hit<'a>>> {
    let place = |hit: &Hit<'_>| (hit.passage.span, hit.sentence.0);
    let mut out: Vec<Vec<Hit<'a>>> = Vec::new();
    for hit in hits {
        match out.last_mut() {
            Some(sentence) if sentence.first().map(place) == Some(place(&hit)) => sentence.push(hit),
            _ => out.push(vec![hit]),
        }
    }
    out
}

impl<'a> Words<'a> {
    /// Finds them all.
    pub fn find(model: &'a Model) -> Self {
        let mut out = Words { hits: BTreeMap::new(), blocks: blocks(model) };
        let own = Own::new(model);
        for passage in &model.passages {
            out.read(passage, &own);
        }
        out
    }

    /// Those that a rule is about, in order.
    pub fn of(&self, rule: &str) -> impl Iterator<Item = Hit<'a>> {
        self.hits.get(rule).into_iter().flatten().copied()
    }

    /// What kind of block a text stands in.
    pub fn block(&self, passage: &Passage) -> Block {
        self.blocks.get(&passage.block).copied().unwrap_or(Block::Other)
    }

    fn read(&mut self, passage: &'a Passage, own: &Own) {
        let folded = Folded::new(&passage.text);
        let mut sentences = None;
        let mut skipped = None;
        for (entry, part) in list::find(&folded.text) {
            let skipped = skipped.get_or_insert_with(|| folded.skipped());
            let hidden = skipped.iter().any(|s: &Range<usize>| s.start < part.end && part.start < s.end);
            let term = passage.kind != PassageKind::Title && own.covers(&folded.text, &part);
            if hidden || term || entry.rule == list::HARMLESS || is_name(&folded.text, &part) {
                continue;
            }
            let ends = sentences.get_or_insert_with(|| folded.sentence_ends());
            let number = ends.partition_point(|end| *end <= part.start);
            let begin = number.checked_sub(1).map_or(0, |before| ends[before]);
            let end = ends.get(number).copied().unwrap_or(folded.text.len());
            let hit = Hit {
                passage,
                block: self.block(passage),
                entry,
                part: (folded.at(part.start), folded.at(part.end)),
                sentence: (number, folded.at(begin), folded.at(end)),
            };
            self.hits.entry(entry.rule).or_default().push(hit);
        }
    }
}

fn blocks(model: &Model) -> BTreeMap<Span, Block> {
    let meaning = heads_of_meanings(model).map(|head| (head.name.span, Block::Meaning));
    let commitments = model.commitments.iter().map(|(id, c)| (c.head.name.span, Block::Commitment(id)));
    let contingencies = model.contingencies.iter().map(|(id, c)| (c.head.name.span, Block::Contingency(id)));
    let meetings = model.channels.values().filter(|channel| channel.meets.is_some());
    let meetings = meetings.map(|channel| (channel.head.name.span, Block::Meeting));
    meaning.chain(commitments).chain(contingencies).chain(meetings).collect()
}

fn heads_of_meanings(model: &Model) -> impl Iterator<Item = &Head> {
    let records = model.records.values().map(|r| &r.head);
    let definitions = model.definitions.values().map(|d| &d.head);
    records.chain(definitions).chain(model.scores.values().map(|s| &s.head))
}

/// The agreement's own terms that have words of the list in them: there, they are a name.
struct Own {
    terms: BTreeSet<String>,
}

impl Own {
    fn new(model: &Model) -> Self {
        let duties = model.commitments.values().map(|c| &c.head);
        let duties = duties.chain(model.contingencies.values().map(|c| &c.head));
        let people = model.roles.values().map(|r| &r.head).chain(model.channels.values().map(|c| &c.head));
        let heads = heads_of_meanings(model).chain(duties).chain(people);
        let names = heads.flat_map(|head| head.title.clone().into_iter().chain([humanise(&head.name.text)]));
        let folded = names.map(|name| Folded::new(&name).text.to_lowercase());
        Own { terms: folded.filter(|term| list::find(term).next().is_some()).collect() }
    }

    fn covers(&self, text: &str, part: &Range<usize>) -> bool {
        // A name is also meant in the plural.
        let end = if text[part.clone()].ends_with('s') { part.end - 1 } else { part.end };
        self.terms.iter().any(|term| {
            let first = end.saturating_sub(term.len());
            (first..=part.start).any(|start| {
                let slice = text.get(start..start + term.len());
                slice.is_some_and(|slice| slice.eq_ignore_ascii_case(term))
                    && !text[..start].ends_with(char::is_alphanumeric)
            })
        })
    }
}
