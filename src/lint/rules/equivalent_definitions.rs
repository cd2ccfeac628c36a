//! `equivalent-definitions`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::{Item, Value};
use crate::lint::overlap::is_part_of;
use crate::lint::prove::{Prover, Shown, item};
use crate::lint::{Context, Rule, Stage};
use crate::logic::{Answer, Formula};
use crate::model::{Commitment, Definition, Field, Id, Model, Record, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    name: "equivalent-definitions",
    summary: "two words of different promises that mean the same items",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("equivalent_definitions.md"),
};

/// A definition that promises are about.
struct Word<'m> {
    id: Id<Definition>,
    definition: &'m Definition,
    promise: &'m Commitment,
    formula: Formula,
    /// One of its items.
    example: Item,
}

fn same(context: &Context<'_>, record: Id<Record>, first: &Word<'_>, second: &Word<'_>) -> Diagnostic {
    let record = &context.model.records[record].head.name;
    let (one, other) = (&first.definition.head.name, &second.definition.head.name);
    Diagnostic::warning(
        RULE.name,
        format!("`{one}` and `{other}` are two words for the same {record} records"),
    )
    .at(second.definition.condition.span, "holds whenever the other one does")
    .also(first.definition.condition.span, "and this whenever that one does")
    .also(first.promise.sentence, format!("says `{one}`"))
    .also(second.promise.sentence, format!("says `{other}`"))
    .note("People will look for the difference; and once one of the two is changed, there is one.")
    .help(format!("Use one word, or write `{other} means {record} where {one}` if both are wanted."))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    for ((record, _), words) in words(context, &mut prover) {
        let items = mixtures(context.model, record, &words);
        // Words that differ mostly differ on some mixture: only the others are compared by proof.
        let mut alike: BTreeMap<Vec<bool>, Alike> = BTreeMap::new();
        for (place, word) in words.iter().enumerate() {
            let answers = items.iter().map(|item| context.evaluator.is(word.id, item)).collect();
            let mut comparing = Comparing { context, prover: &mut prover, record, words: &words };
            if let Some(first) = alike.entry(answers).or_default().add(&mut comparing, place)
                && !comparing.is_known(first, place)
            {
                out.push(same(context, record, &words[first], word));
            }
        }
    }
}

/// So many items are put together from the examples.
const MIXTURES: usize = 64;

/// Items whose fields hold what they hold in examples of different words; every field that must be filled is.
fn mixtures(model: &Model, record: Id<Record>, words: &[Word<'_>]) -> Vec<Item> {
    let fields = &model.records[record].fields;
    let values = |field: Id<Field>| -> Vec<&Value> {
        words.iter().map(|word| word.example.get(field)).filter(|value| !value.is_blank()).collect()
    };
    let known: Vec<(Id<Field>, Vec<&Value>)> = fields.ids().map(|field| (field, values(field))).collect();
    let mix = |turn: usize| {
        known.iter().enumerate().filter(|(_, (_, values))| !values.is_empty()).fold(
            words[turn * 31 % words.len()].example.clone(),
            |item, (place, (field, values))| {
                // Any order will do that is not the same for two fields.
                let at = (turn + 1).wrapping_mul(2 * place + 7).wrapping_mul(2_654_435_761) / 1_021;
                item.with(*field, values[at % values.len()].clone())
            },
        )
    };
    (0..MIXTURES).map(mix).collect()
}

/// Words that no item so far has told apart, by the items that told others apart.
enum Alike {
    Words(Vec<usize>),
    /// What is and what is not this item.
    Told(Box<Teller>),
}

struct Teller {
    shown: Shown,
    is: Alike,
    is_not: Alike,
}

impl Default for Alike {
    fn default() -> Self {
        Alike::Words(Vec::new())
    }
}

impl Alike {
    /// Adds a word, unless there is one that means the same: that one.
    fn add(&mut self, comparing: &mut Comparing<'_, '_>, word: usize) -> Option<usize> {
        match self {
            Alike::Told(teller) => {
                let side =
                    if comparing.is(word, &teller.shown) { &mut teller.is } else { &mut teller.is_not };
                side.add(comparing, word)
            }
            Alike::Words(words) => {
                for other in &*words {
                    match comparing.compare(*other, word) {
                        Comparison::Same => return Some(*other),
                        Comparison::Unknown => {}
                        Comparison::Differ(shown) => {
                            words.push(word);
                            let (is, is_not) = words.iter().partition(|word| comparing.is(**word, &shown));
                            let teller = Teller { shown, is: Alike::Words(is), is_not: Alike::Words(is_not) };
                            *self = Alike::Told(Box::new(teller));
                            return None;
                        }
                    }
                }
                words.push(word);
                None
            }
        }
    }
}

/// How two words compare.
enum Comparison {
    Same,
    /// This item is one and not the other.
    Differ(Shown),
    Unknown,
}

struct Comparing<'c, 'a> {
    context: &'c Context<'a>,
    prover: &'c mut Prover<'a>,
    record: Id<Record>,
    words: &'c [Word<'a>],
}

impl Comparing<'_, '_> {
    /// True if the text itself relates the two.
    fn is_known(&self, first: usize, second: usize) -> bool {
        let subject = |place: usize| Subject::Definition(self.words[place].id);
        is_part_of(self.context.model, subject(first), subject(second))
            || is_part_of(self.context.model, subject(second), subject(first))
    }

    fn is(&self, word: usize, shown: &Shown) -> bool {
        self.context.evaluator.at(shown.example.now).is(self.words[word].id, &shown.item)
    }

    fn compare(&mut self, first: usize, second: usize) -> Comparison {
        let differ = self.only(first, second).or_else(|| self.only(second, first));
        if let Some(shown) = differ {
            return Comparison::Differ(shown);
        }
        if self.never_only(first, second) && self.never_only(second, first) {
            Comparison::Same
        } else {
            Comparison::Unknown
        }
    }

    fn both(&mut self, first: usize, second: usize) -> [Formula; 2] {
        let (first, second) = (self.words[first].formula, self.words[second].formula);
        [first, self.prover.space(self.record).not(second)]
    }

    /// An item of the first word that is none of the second.
    fn only(&mut self, first: usize, second: usize) -> Option<Shown> {
        let all = self.both(first, second);
        let (one, other) = (self.words[first].id, self.words[second].id);
        self.prover
            .find(self.record, &all, |evaluator, item| evaluator.is(one, item) && !evaluator.is(other, item))
    }

    fn never_only(&mut self, first: usize, second: usize) -> bool {
        let all = self.both(first, second);
        self.prover.never(self.record, &all)
    }
}

type Since = Option<Id<Field>>;

/// The definitions that promises are about, by record and moment: two that begin at different moments differ.
fn words<'m>(context: &Context<'m>, prover: &mut Prover<'_>) -> BTreeMap<(Id<Record>, Since), Vec<Word<'m>>> {
    let model = context.model;
    let mut promises: BTreeMap<Id<Definition>, &Commitment> = BTreeMap::new();
    for commitment in model.commitments.values() {
        if let Some(Subject::Definition(definition)) = commitment.subject() {
            promises.entry(definition).or_insert(commitment);
        }
    }
    let mut out: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, promise) in promises {
        let definition = &model.definitions[id];
        let (Some(record), None) = (definition.record.get(), context.evaluator.definition_gap(id)) else {
            continue;
        };
        let formula = prover.space(*record).definition(id);
        // What is never or always one is another mistake.
        let Answer::Possible(example) = prover.space(*record).decide(&[formula]) else { continue };
        if formula == Formula::TRUE {
            continue;
        }
        let since = definition.since.as_ref().and_then(|since| since.get().copied());
        let example = item(model, *record, &example);
        out.entry((*record, since)).or_default().push(Word { id, definition, promise, formula, example });
    }
    out
}
