//! What the rules refuse is what the agreement forbids, save by save.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clausal::diagnostic::Severity;
use clausal::evaluate::{Evaluator, refusals};
use clausal::model::Model;
use clausal::worktime::Instant;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;

use crate::conditions::{self, NOW, Picks, agreement, condition, item, leaf, picks, stored};
use crate::engine::{Formula, Save};
use crate::show;
use crate::support::{self, Rule, compiled, faults, generate};

/// A lifecycle with everything a transition can have.
fn lifecycle() -> impl Strategy<Value = String> {
    let stage = || 0..5_usize;
    let requires =
        prop::collection::btree_set(prop::sample::select(vec!["title", "kind", "tags", "vip", "due"]), 0..3);
    let reasons = prop::sample::select(vec!["", "kind in [a, \"c \\\"d\\\"\"]", "other in [b]"]);
    let when = prop::option::of(prop_oneof![3 => condition(), 1 => Just("good".to_owned())]);
    let transition = (prop::option::weighted(0.8, stage()), stage(), when, requires, reasons);
    let never = (prop::option::of(stage()), stage());
    (
        prop::collection::btree_set(stage(), 1..3),
        prop::collection::btree_set(stage(), 0..3),
        prop::collection::vec(transition, 1..9),
        prop::collection::vec(never, 0..3),
        condition(),
    )
        .prop_map(|(start, end, transitions, never, good)| {
            let list = |stages: &BTreeSet<usize>| {
                stages.iter().map(|s| format!("s{s}")).collect::<Vec<_>>().join(", ")
            };
            let name = |stage: &Option<usize>| stage.map_or("any".to_owned(), |s| format!("s{s}"));
            let mut out = format!(
                "definition good {{ means deal where {good} }}\nlifecycle steps of deal.stage {{\n  start {}\n",
                list(&start)
            );
            if !end.is_empty() {
                let _ = writeln!(out, "  end {}", list(&end));
            }
            let mut plain = BTreeSet::new();
            for (from, to, when, requires, reasons) in transitions {
                // A step to itself, or twice without a condition, is an error of the agreement.
                if from == Some(to) || (when.is_none() && !plain.insert((from, to))) {
                    continue;
                }
                let _ = write!(out, "  {} -> s{to}", name(&from));
                if !requires.is_empty() {
                    let _ = write!(out, " requires {}", requires.into_iter().collect::<Vec<_>>().join(", "));
                }
                let _ = write!(out, " {reasons}");
                if let Some(when) = when {
                    let _ = write!(out, " when {when}");
                }
                out.push('\n');
            }
            if !out.contains("->") {
                out.push_str("  s0 -> s1\n");
            }
            for (from, to) in never {
                if from != Some(to) {
                    let _ = writeln!(out, "  never {} -> s{to}", name(&from));
                }
            }
            out + "}\n"
        })
}

fn prohibition() -> impl Strategy<Value = String> {
    let without =
        prop::collection::btree_set(prop::sample::select(vec!["title", "kind", "tags", "price"]), 0..3);
    let excused = prop::option::of(condition());
    (condition(), condition(), without, excused, any::<bool>()).prop_map(
        |(good, when, without, excused, all)| {
            let subject = if all { "deal" } else { "good" };
            let mut out = format!("definition good {{ means deal where {good} }}\n");
            let _ = write!(out, "commitment ban {{ rep must not close a {subject}");
            if !without.is_empty() {
                let _ = write!(out, " without {}", without.into_iter().collect::<Vec<_>>().join(", "));
            }
            let _ = write!(out, " when {when}");
            if let Some(excused) = excused {
                let _ = write!(out, "\n  excused when {excused}");
            }
            out + " }\n"
        },
    )
}

/// An agreement with its rules, whose every condition a formula can say.
struct Case {
    compiled: crate::common::Compiled,
    tree: support::Tree,
    rules: Vec<(Rule, Formula)>,
}

impl Case {
    fn new(blocks: &str) -> Case {
        let compiled = compiled(&[("test.clause", &agreement(blocks))]);
        let output = generate(&compiled);
        let left_out = output.diagnostics.iter().filter(|d| d.severity != Severity::Info);
        assert_eq!(left_out.map(|d| d.message.clone()).collect::<Vec<_>>(), Vec::<String>::new(), "{blocks}");
        let tree = support::tree(&output);
        assert_eq!(faults(&tree), Vec::<String>::new());
        let read = |rule: Rule| (rule.clone(), Formula::read(&rule.formula));
        let rules = support::rules(&tree).into_iter().map(read).collect();
        Case { compiled, tree, rules }
    }

    fn model(&self) -> &Model {
        self.compiled.model()
    }

    /// The rules of a kind of clause that refuse a save.
    fn fired(&self, kind: &str, before: Option<&Picks>, after: &Picks) -> Vec<&str> {
        let model = self.model();
        let before = before.map(|picks| stored(model, &item(model, picks)));
        let after = stored(model, &item(model, after));
        let save = Save { before: before.as_ref(), after: &after, now: NOW, permissions: &[] };
        let bypassed = Save { permissions: &["SLA_Bypass"], ..save.clone() };
        let of_kind = self.rules.iter().filter(|(r, _)| r.description.starts_with(kind));
        let fired = of_kind.filter(|(rule, formula)| {
            let fires = formula.value(&save);
            assert!(!fires || !formula.value(&bypassed), "{} cannot be bypassed", rule.name);
            fires
        });
        fired.map(|(rule, _)| rule.name.as_str()).collect()
    }
}

impl Case {
    /// Writes it down for other tools, if asked to.
    fn show(&self, kind: &str, saves: &[(Option<Picks>, Picks)]) {
        let Some(folder) = show::FOLDER else { return };
        let model = self.model();
        let stored = |picks: &Picks| stored(model, &item(model, picks));
        let saves: Vec<show::Expected<'_>> = saves
            .iter()
            .map(|(before, after)| {
                (before.as_ref().map(stored), stored(after), self.fired(kind, before.as_ref(), after))
            })
            .collect();
        let key = self.rules.iter().map(|(r, _)| r.formula.len()).sum::<usize>();
        show::show(folder, &format!("{kind}-{key}"), &self.tree, "SLA_Deal__c", &saves);
    }
}

fn evaluator(model: &Model) -> Evaluator<'_> {
    Evaluator::new(model, Instant::from_epoch(NOW).unwrap())
}

/// A save: often a small change of the record before.
fn save() -> impl Strategy<Value = (Option<Picks>, Picks)> {
    let change = prop::collection::vec((0..conditions::FIELDS.len(), 0..6_usize), 0..3);
    (prop::option::weighted(0.8, picks()), picks(), change, any::<bool>()).prop_map(
        |(before, after, changes, small)| match before {
            Some(before) if small => {
                let mut changed = before.clone();
                for (field, value) in changes {
                    changed[field] = value;
                }
                let last = changed.len() - 1;
                changed[last] = after[last];
                (Some(before), changed)
            }
            before => (before, after),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_step_is_refused_exactly_when_the_lifecycle_forbids_it(
        lifecycle in lifecycle(),
        saves in prop::collection::vec(save(), 24),
    ) {
        let case = Case::new(&lifecycle);
        let model = case.model();
        let evaluator = evaluator(model);
        let of = model.lifecycles.values().next().unwrap();
        case.show("lifecycle", &saves);
        for (before, after) in &saves {
            let refused = refusals(&evaluator, of, before.as_ref().map(|b| item(model, b)).as_ref(), &item(model, after));
            let fired = case.fired("lifecycle", before.as_ref(), after);
            prop_assert_eq!(
                !fired.is_empty(), !refused.is_empty(),
                "{}\n{:?} -> {:?}\nfired {:?}, refused {:?}", lifecycle, before, after, fired, refused
            );
        }
    }

    #[test]
    fn a_record_is_refused_exactly_when_it_breaks_a_prohibition(
        prohibition in prohibition(),
        saves in prop::collection::vec(save(), 24),
    ) {
        let case = Case::new(&prohibition);
        let model = case.model();
        let evaluator = evaluator(model);
        let id = model.commitments.ids().next().unwrap();
        case.show("commitment", &saves);
        let breaks = |picks: &Picks| evaluator.breaks(id, &item(model, picks)).unwrap() == Some(true);
        for (before, after) in &saves {
            let fired = case.fired("commitment", before.as_ref(), after);
            let broken = breaks(after);
            match before {
                // Already broken: it is refused if something changed on which it depends, and else left alone.
                Some(before) if broken && breaks(before) => {
                    let read = case.rules.iter().flat_map(|(_, f)| f.fields()).collect::<BTreeSet<_>>();
                    let (old, new) = (stored(model, &item(model, before)), stored(model, &item(model, after)));
                    let changed = read.iter().any(|f| old[f] != new[f]);
                    prop_assert_eq!(!fired.is_empty(), changed, "{}", prohibition);
                }
                _ => prop_assert_eq!(
                    !fired.is_empty(), broken,
                    "{}\n{:?} -> {:?}\nfired {:?}", prohibition, before, after, fired
                ),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_condition_holds_in_salesforce_exactly_when_it_holds(
        conditions in prop::collection::vec(leaf(), 90),
        records in prop::collection::vec(picks(), 60),
    ) {
        let mut blocks = String::new();
        for (i, condition) in conditions.iter().enumerate() {
            let _ = writeln!(blocks, "commitment c{i} {{ rep must not close a deal when {condition} }}");
        }
        let case = Case::new(&blocks);
        let model = case.model();
        let evaluator = evaluator(model);
        case.show("commitment", &records.iter().map(|picks| (None, picks.clone())).collect::<Vec<_>>());
        for (id, commitment) in model.commitments.iter() {
            let name = format!("commitment {}:", commitment.head.name);
            // What a checkbox always is or never is needs no rule.
            if conditions[id.index()].starts_with("vip is") {
                continue;
            }
            for picks in &records {
                let holds = evaluator.breaks(id, &item(model, picks)).unwrap() == Some(true);
                let fired = case.fired(&name, None, picks);
                prop_assert_eq!(!fired.is_empty(), holds, "{}: {:?}", &conditions[id.index()], picks);
            }
        }
    }
}

/// Guards too long for one formula still refuse exactly what they should.
#[test]
fn long_guards_are_split_without_a_difference() {
    let parts: Vec<String> =
        (0..90).map(|i| format!("(title != \"{}{i}\" or score > {i})", "long text ".repeat(10))).collect();
    let case = Case::new(&format!(
        "lifecycle steps of deal.stage {{ start s0  s0 -> s1 when {} }}",
        parts.join(" and ")
    ));
    assert!(case.rules.iter().filter(|(r, _)| r.name.contains("S0_To_S1")).count() > 2);
    let model = case.model();
    let evaluator = evaluator(model);
    let of = model.lifecycles.values().next().unwrap();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..60 {
        let (before, mut after) = save().new_tree(&mut runner).unwrap().current();
        *after.last_mut().unwrap() = 1;
        let before = before.map(|mut b| {
            *b.last_mut().unwrap() = 0;
            b
        });
        let refused =
            refusals(&evaluator, of, before.as_ref().map(|b| item(model, b)).as_ref(), &item(model, &after));
        assert_eq!(case.fired("lifecycle", before.as_ref(), &after).is_empty(), refused.is_empty());
    }
}
