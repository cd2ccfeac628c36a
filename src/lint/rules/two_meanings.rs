//! `two-meanings`.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::across::{Across, Disagreement, alike, disagreements, facts, open_moments};
use crate::lint::prove::{Prover, Shown, a};
use crate::lint::when::{Often, When};
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::predicate::Concept;
use crate::model::{Calendar, Definition, Head, Id, Record, Role, Score};
use crate::worktime::{Instant, words};

/// The rule.
pub static RULE: Rule = Rule {
    name: "two-meanings",
    summary: "one name that two agreements of a project declare with different meanings",
    severity: Severity::Warning,
    stage: Stage::Comparing(check),
    page: include_str!("two_meanings.md"),
};

/// Two agreements, and what both declare under one name.
struct Twice<'a> {
    across: &'a Across<'a>,
    heads: [&'a Head; 2],
}

impl Twice<'_> {
    /// The finding: what the second one says, and what the first one does.
    fn differ(&self, labels: [String; 2]) -> Diagnostic {
        let [first, second] = self.heads;
        let [one, other] = labels;
        let (here, there) = (self.across.name(1), self.across.name(0));
        Diagnostic::warning(
            RULE.name,
            format!("`{}` means one thing in `{here}` and another in `{there}`", second.name),
        )
        .at(second.name.span, other)
        .also(first.name.span, one)
    }
}

/// The way out of all of them.
const ONCE: &str =
    "Declare it once, in a file that both agreements `use`; or give one of the two another name.";

fn another_condition(context: &Context<'_>, twice: &Twice<'_>, shown: &Shown, is_first: bool) -> Diagnostic {
    let record = a(&context.model.records[shown.record].head.name);
    let said = shown.said(context);
    let item = match said.as_str() {
        "" => format!("any {}", context.model.records[shown.record].head.name),
        said => format!("{record} with {said}"),
    };
    let (yes, no) = (format!("{item} is one"), format!("{item} is none"));
    let name = &twice.heads[1].name;
    let out = twice.differ(if is_first { [yes, no] } else { [no, yes] });
    let side = twice.across.name(usize::from(!is_first));
    let out = match shown.witness(context, format!("{record} that is `{name}` in `{side}` alone")) {
        Some(witness) => out.witness(witness),
        None => out,
    };
    out.note(
        "Reports, fields of the CRM and people have one word for both, and count different records by it.",
    )
    .help(ONCE)
}

fn other_points(context: &Context<'_>, twice: &Twice<'_>, shown: &Shown, points: [Decimal; 2]) -> Diagnostic {
    let word = |points: Decimal| if points == Decimal::ONE { "point" } else { "points" };
    let words = points.map(|points| format!("{} {}", points.normalize(), word(points)));
    let record = a(&context.model.records[shown.record].head.name);
    let out = twice.differ(words.clone().map(|points| format!("gives it {points}")));
    let names = [0, 1].map(|side| format!("points in `{}`", twice.across.name(side)));
    let mut witness =
        shown.witness(context, record.clone()).unwrap_or(Witness { title: record, rows: Vec::new() });
    witness.rows.extend(names.into_iter().zip(points.map(|points| points.normalize().to_string())));
    out.witness(witness)
        .note("The same record is hot on one page and cold on the other, and the CRM keeps one number.")
        .help(ONCE)
}

fn other_hours(twice: &Twice<'_>, is_open: [bool; 2], (at, often): (&str, &Often)) -> Diagnostic {
    let words = is_open.map(|open| if open { "open" } else { "closed" });
    let row = |side: usize| (format!("`{}`", twice.across.name(side)), words[side].to_owned());
    let out = twice
        .differ(words.map(|word| format!("{word} on {at}")))
        .witness(Witness { title: at.to_owned(), rows: vec![row(0), row(1)] });
    let out = match often {
        Often::Always => out.note("They are never open at the same time."),
        Often::At(when) => out.note(format!("They differ {when}.")),
    };
    out.note("A deadline in business hours falls at another moment, although both pages have the same words for it.")
        .help(ONCE)
}

fn other_field(across: &Across<'_>, record: &Head, found: Disagreement<'_>) -> Diagnostic {
    let ([first, second], [one, other]) = (found.fields, found.words);
    let (here, there) = (across.name(1), across.name(0));
    let out = Diagnostic::warning(
        RULE.name,
        format!("`{}.{}` is one thing in `{here}` and another in `{there}`", record.name, second.name),
    );
    out.at(second.name.span, other)
        .also(first.name.span, one)
        .note(found.why)
        .note("The CRM has one such field.")
        .help("Declare the record once, in a file that both agreements `use`.")
}

fn other_role(twice: &Twice<'_>, facts: Vec<[String; 2]>) -> Diagnostic {
    let (one, other): (Vec<_>, Vec<_>) = facts.into_iter().map(|[one, other]| (one, other)).unzip();
    twice
        .differ([one.join("; "), other.join("; ")])
        .note("Who is asked, and how much the team can carry, then depends on the page that is read.")
        .help("Declare the role once, in a file that both agreements `use`; or give one of the two another name.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(across) = context.across else { return };
    fields(context, across, out);
    hours(context, across, out);
    roles(context, across, out);
    Meanings { context, across, prover: Prover::new(context), differing: BTreeSet::new() }.check(out);
}

fn fields(context: &Context<'_>, across: &Across<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for (a, b) in across.pairs(&model.records, |record| &record.head) {
        let (first, second) = (&model.records[a], &model.records[b]);
        for found in disagreements(model, [first, second]) {
            out.push(other_field(across, &second.head, found));
        }
    }
}

fn hours(context: &Context<'_>, across: &Across<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for (a, b) in across.pairs(&model.calendars, |calendar| &calendar.head) {
        let (first, second) = (&model.calendars[a], &model.calendars[b]);
        // Hours of two zones are those of two places.
        if first.zone != second.zone || alike(first, second) {
            continue;
        }
        let twice = Twice { across, heads: [&first.head, &second.head] };
        out.extend(difference(context, &twice, [a, b]));
    }
}

fn difference(context: &Context<'_>, twice: &Twice<'_>, calendars: [Id<Calendar>; 2]) -> Option<Diagnostic> {
    let ([mine, theirs], whole, zone) = open_moments(context.evaluator, context.lines, calendars)?;
    context.questions.borrow_mut().compared();
    let apart = mine.without(&theirs).or(&theirs.without(&mine));
    let Some(when) = When::of(apart.clone(), whole, zone) else {
        let cutoffs = calendars.map(|id| context.model.calendars[id].cutoff);
        let word = |at: Option<crate::model::TimeOfDay>| match at {
            Some(at) => format!("cut-off at {}", words::time(u32::from(at.minutes) * 60)),
            None => "no cut-off".to_owned(),
        };
        return (cutoffs[0] != cutoffs[1]).then(|| {
            let why = "What comes late in the day is due a business day later on one page than on the other.";
            twice.differ(cutoffs.map(word)).note(why).help(ONCE)
        });
    };
    let at: Instant = when.example(&apart, zone)?;
    let is_open = [mine.contains(at), theirs.contains(at)];
    Some(other_hours(twice, is_open, (&context.moment(at, zone), &when.often(context, zone))))
}

fn roles(context: &Context<'_>, across: &Across<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for (a, b) in across.pairs(&model.roles, |role: &Role| &role.head) {
        let facts = facts(model, [a, b]);
        if !facts.is_empty() {
            out.push(other_role(
                &Twice { across, heads: [&model.roles[a].head, &model.roles[b].head] },
                facts,
            ));
        }
    }
}

/// Asks which scores and definitions judge one record in two ways.
struct Meanings<'a, 'p> {
    context: &'a Context<'a>,
    across: &'a Across<'a>,
    prover: Prover<'p>,
    /// What was found to differ: what stands on it differs for that reason.
    differing: BTreeSet<Concept>,
}

impl Meanings<'_, '_> {
    fn check(mut self, out: &mut Vec<Diagnostic>) {
        let model = self.context.model;
        let scores = self.across.pairs(&model.scores, |score| &score.head);
        let scores = scores.into_iter().map(|(a, b)| [a, b].map(Concept::Score));
        let definitions = self.across.pairs(&model.definitions, |definition| &definition.head);
        let definitions = definitions.into_iter().map(|(a, b)| [a, b].map(Concept::Definition));
        // First those that stand on no other pair.
        let mut waiting: Vec<[Concept; 2]> = scores.chain(definitions).collect();
        let names: BTreeSet<Concept> = waiting.iter().flatten().copied().collect();
        let mut judged = BTreeSet::new();
        while !waiting.is_empty() {
            let stands_on = |concept: Concept| self.stands_on(concept);
            let ready = |pair: &[Concept; 2]| {
                let mut below = pair.iter().flat_map(|concept| stands_on(*concept));
                below.all(|concept| !names.contains(&concept) || judged.contains(&concept))
            };
            let (now, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(ready);
            if now.is_empty() {
                return;
            }
            for pair in now {
                let for_that =
                    pair.iter().flat_map(|c| self.stands_on(*c)).any(|c| self.differing.contains(&c));
                let found = if for_that { None } else { self.pair(pair) };
                if for_that || found.is_some() {
                    self.differing.extend(pair);
                }
                out.extend(found);
                judged.extend(pair);
            }
            waiting = later;
        }
    }

    fn stands_on(&self, concept: Concept) -> Vec<Concept> {
        match concept {
            Concept::Definition(id) => self.context.model.definitions[id].condition.stands_on(),
            Concept::Score(id) => self.context.model.scores[id].stands_on(),
        }
    }

    fn pair(&mut self, pair: [Concept; 2]) -> Option<Diagnostic> {
        match pair {
            [Concept::Definition(a), Concept::Definition(b)] => self.definition([a, b]),
            [Concept::Score(a), Concept::Score(b)] => self.score([a, b]),
            _ => None,
        }
    }

    fn definition(&mut self, ids: [Id<Definition>; 2]) -> Option<Diagnostic> {
        let context = self.context;
        let [first, second] = ids.map(|id| &context.model.definitions[id]);
        let twice = Twice { across: self.across, heads: [&first.head, &second.head] };
        let records = [*first.record.get()?, *second.record.get()?];
        if records[0] != records[1] {
            return other_record(context, &twice, records);
        }
        if ids.iter().any(|id| context.evaluator.definition_gap(*id).is_some()) {
            return None;
        }
        let formulas = ids.map(|id| self.prover.space(records[0]).definition(id));
        if formulas[0] == formulas[1] {
            return other_moment(context, &twice, [first, second]);
        }
        // Of two regions, each has its own: nothing is counted twice, and no promise is about the items of the other.
        if self.prover.never(records[0], &formulas) {
            return None;
        }
        for (yes, no) in [(1, 0), (0, 1)] {
            let not: Formula = self.prover.space(records[0]).not(formulas[no]);
            let shown = self.prover.find(records[0], &[formulas[yes], not], |evaluator, item| {
                evaluator.is(ids[yes], item) && !evaluator.is(ids[no], item)
            });
            if let Some(shown) = shown {
                return Some(another_condition(context, &twice, &shown, yes == 0));
            }
        }
        other_moment(context, &twice, [first, second])
    }

    fn score(&mut self, ids: [Id<Score>; 2]) -> Option<Diagnostic> {
        let context = self.context;
        let [first, second] = ids.map(|id| &context.model.scores[id]);
        let twice = Twice { across: self.across, heads: [&first.head, &second.head] };
        let records = [*first.record.get()?, *second.record.get()?];
        if records[0] != records[1] {
            return other_record(context, &twice, records);
        }
        if ids.iter().any(|id| context.evaluator.score_gap(*id).is_some()) {
            return None;
        }
        [ids, [ids[1], ids[0]]].into_iter().find_map(|[low, high]| {
            let fewer = self.prover.space(records[0]).has_fewer_points(low, high);
            let shown = self.prover.find(records[0], &[fewer], |evaluator, item| {
                evaluator.score(low, item) < evaluator.score(high, item)
            })?;
            let evaluator = context.evaluator.at(shown.example.now);
            let points = ids.map(|id| evaluator.score(id, &shown.item));
            Some(other_points(context, &twice, &shown, points))
        })
    }
}

/// About records of two names. Two of one name that could not be joined disagree in a field: that is said there.
fn other_record(context: &Context<'_>, twice: &Twice<'_>, records: [Id<Record>; 2]) -> Option<Diagnostic> {
    let names = records.map(|id| &context.model.records[id].head.name.text);
    (names[0] != names[1]).then(|| {
        let why = "Reports and people have one word for both.";
        twice.differ(names.map(|name| format!("about each {name}"))).note(why).help(ONCE)
    })
}

/// The same records, from two moments.
fn other_moment(
    context: &Context<'_>,
    twice: &Twice<'_>,
    definitions: [&Definition; 2],
) -> Option<Diagnostic> {
    let since = definitions.map(|definition| {
        let field = *definition.since.as_ref()?.get()?;
        let record = &context.model.records[*definition.record.get()?];
        Some(&record.fields[field].name)
    });
    let [Some(one), Some(other)] = since else { return None };
    (one.text != other.text).then(|| {
        let why = "A record can be one in March by one page and in April by the other; reports of a month do not agree.";
        twice.differ([one, other].map(|field| format!("since `{field}`"))).note(why).help(ONCE)
    })
}
