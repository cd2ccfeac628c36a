//! What the values made of child records have to do with each other, and with the children.
//!
//! Any number of children is told by a few that stand for all. The children are sorted into kinds, by which of the
//! counts and sums in a question they belong to, and of each kind there is one with a number of copies; each latest or
//! earliest moment has a child of its own, for the others of its kind may lie elsewhere. A count is then a sum of copies:
//! what can be of children can be of these, and these are the children of an example.
//!
//! What copies add to a sum is the one thing that is not exact: it is only kept between what all of them would add at the
//! least and at the most.

use std::collections::BTreeMap;

use super::Space;
use super::formula::{Formula, Sum};
use super::query::Reached;
use super::values::Values;
use super::variables::{BEYOND, MANY, Scope, UNIT, Variable, What, of_field};
use crate::model::{AggregateKind, Children, Field, Id, Record};

/// Children are sorted by so many questions, into so many kinds; of more, each question is looked at by itself.
const MOST_QUESTIONS: usize = 5;
const MOST_KINDS: usize = 16;

/// What is asked about the children of one item.
struct Asked {
    parent: Scope,
    record: Id<Record>,
    /// Which children are asked about, each once.
    questions: Vec<Children>,
    values: Vec<AskedValue>,
    /// The questions whose children are counted or summed.
    counted: Vec<usize>,
}

struct AskedValue {
    place: usize,
    variable: Variable,
    kind: AggregateKind,
    question: usize,
}

/// A child that stands for all of its kind.
struct StandIn {
    scope: Scope,
    copies: Variable,
    /// It stands for none.
    none: Formula,
    /// What it is like, if it stands for any.
    is: Formula,
    /// By question: such a child is meant.
    meant: Vec<Formula>,
    /// By question that is counted: how many of those that it stands for are meant, if any are.
    times: BTreeMap<usize, Variable>,
}

impl Asked {
    fn counts(&self) -> impl Iterator<Item = &AskedValue> {
        self.values.iter().filter(|value| value.kind == AggregateKind::Count)
    }

    /// Whether children of a kind are meant by a question.
    fn has(&self, question: usize, kind: &[bool]) -> bool {
        self.counted.iter().zip(kind).any(|(counted, sign)| *counted == question && *sign)
    }

    /// The variable that counts the children of one kind, and no others.
    fn count_of(&self, kinds: &[Vec<bool>], kind: &[bool]) -> Option<Variable> {
        let others =
            |kind: &AggregateKind| matches!(kind, AggregateKind::Latest(_) | AggregateKind::Earliest(_));
        if self.values.iter().any(|value| others(&value.kind)) {
            return None;
        }
        let mut counts = self.counts().filter(|value| {
            kinds.iter().all(|other| self.has(value.question, other) == (other.as_slice() == kind))
        });
        counts.next().map(|value| value.variable)
    }
}

impl Space<'_> {
    /// What holds of the children in a question.
    pub(super) fn facts_of_children(&mut self, reached: &Reached) -> Vec<Formula> {
        let mut asked: BTreeMap<(Scope, Id<Record>), Vec<usize>> = BTreeMap::new();
        for variable in &reached.variables {
            let info = self.variables.info(*variable);
            if let What::Aggregate(place) = info.what {
                asked.entry((info.scope, self.aggregates[place].of.record)).or_default().push(place);
            }
        }
        let mut out = Vec::new();
        for ((parent, _), mut places) in asked {
            places.sort_unstable();
            out.extend(self.family(parent, places));
        }
        out
    }

    fn family(&mut self, parent: Scope, places: Vec<usize>) -> Vec<Formula> {
        let key = (parent, places);
        if let Some(known) = self.families.get(&key) {
            return known.clone();
        }
        let asked = self.asked(parent, &key.1);
        let facts = match self.kinds(&asked) {
            Some(kinds) => self.told_by_kinds(&asked, &kinds),
            None => self.each_by_itself(&asked),
        };
        self.families.insert(key, facts.clone());
        facts
    }

    fn asked(&mut self, parent: Scope, places: &[usize]) -> Asked {
        let record = self.aggregates[places[0]].of.record;
        let mut asked =
            Asked { parent, record, questions: Vec::new(), values: Vec::new(), counted: Vec::new() };
        for place in places {
            let aggregate = self.aggregates[*place].clone();
            let variable = self.inside(parent, |space| space.aggregate(&aggregate));
            let known = asked.questions.iter().position(|question| *question == aggregate.of);
            let question = known.unwrap_or(asked.questions.len());
            if known.is_none() {
                asked.questions.push(aggregate.of);
            }
            let counted = matches!(aggregate.kind, AggregateKind::Count | AggregateKind::Sum(_));
            if counted && !asked.counted.contains(&question) {
                asked.counted.push(question);
            }
            asked.values.push(AskedValue { place: *place, variable, kind: aggregate.kind, question });
        }
        asked
    }

    /// The kinds of children that there can be, by whether each question that is counted means them; those that none
    /// means are left out. `None`: there are too many.
    fn kinds(&mut self, asked: &Asked) -> Option<Vec<Vec<bool>>> {
        match asked.counted.len() {
            0 => return Some(Vec::new()),
            1 => return Some(vec![vec![true]]),
            more if more > MOST_QUESTIONS => return None,
            _ => {}
        }
        let probe = self.new_stand_in(asked, 1, None);
        let mut kinds: Vec<(Vec<bool>, Vec<Formula>)> = vec![(Vec::new(), Vec::new())];
        for question in &asked.counted {
            let yes = probe.meant[*question];
            let no = self.not(yes);
            let mut finer = Vec::new();
            for (signs, formulas) in kinds {
                for (sign, formula) in [(true, yes), (false, no)] {
                    let formulas = [formulas.as_slice(), &[formula]].concat();
                    if !self.surely_never(&formulas) {
                        finer.push(([signs.as_slice(), &[sign]].concat(), formulas));
                    }
                }
            }
            if finer.len() > MOST_KINDS {
                return None;
            }
            kinds = finer;
        }
        Some(kinds.into_iter().map(|(signs, _)| signs).filter(|signs| signs.contains(&true)).collect())
    }

    fn surely_never(&mut self, all: &[Formula]) -> bool {
        self.decide(all).is_impossible() && self.confirm_impossible(all)
    }

    /// A child that stands for so many at the most; a count may say for how many.
    fn new_stand_in(&mut self, asked: &Asked, most: i128, count: Option<Variable>) -> StandIn {
        let scope = self.stand_in(asked.record, asked.parent);
        let copies = count.unwrap_or_else(|| self.inside(scope, |space| space.how_many(What::Copies, most)));
        self.scopes[scope.0 as usize].copies = Some(copies);
        let none = self.within(copies, &Values::number(0, UNIT));
        let meant =
            asked.questions.iter().map(|question| self.meant(asked.parent, scope, question)).collect();
        StandIn { scope, copies, none, is: Formula::TRUE, meant, times: BTreeMap::new() }
    }

    /// Too much is asked to sort the children: none are more than all, and the rest is said one by one.
    fn each_by_itself(&mut self, asked: &Asked) -> Vec<Formula> {
        let mut out = Vec::new();
        let is_all = |value: &&AskedValue| {
            let of = &asked.questions[value.question];
            of.condition.is_none() && of.window.is_none()
        };
        let all = asked.counts().find(is_all);
        for value in &asked.values {
            out.extend(self.family(asked.parent, vec![value.place]));
            if let (AggregateKind::Count, Some(all)) = (value.kind, all)
                && all.variable != value.variable
            {
                out.push(self.at_most(vec![(value.variable, 1), (all.variable, -1)], 0));
            }
        }
        out
    }

    fn told_by_kinds(&mut self, asked: &Asked, kinds: &[Vec<bool>]) -> Vec<Formula> {
        let mut facts = self.some_of_others(asked, kinds);
        facts.extend(self.ends_of_others(asked));
        let mut cast: Vec<StandIn> =
            kinds.iter().map(|kind| self.of_a_kind(asked, kinds, kind, &mut facts)).collect();
        for value in &asked.values {
            if let AggregateKind::Latest(field) | AggregateKind::Earliest(field) = value.kind {
                cast.push(self.of_a_moment(asked, value.question, field, &mut facts));
            }
        }
        for value in &asked.values {
            match value.kind {
                AggregateKind::Count => {
                    let parts = cast.iter().filter_map(|one| one.times.get(&value.question)).copied();
                    facts.push(self.is_sum(value.variable, &parts.collect::<Vec<_>>()));
                }
                AggregateKind::Sum(field) => {
                    let mut parts = Vec::new();
                    for one in &cast {
                        if let Some(times) = one.times.get(&value.question) {
                            parts.push(self.added(one, *times, value.place, field, &mut facts));
                        }
                    }
                    facts.push(self.is_sum(value.variable, &parts));
                }
                AggregateKind::Latest(field) => self.is_end(value, &cast, field, 1, &mut facts),
                AggregateKind::Earliest(field) => self.is_end(value, &cast, field, -1, &mut facts),
            }
        }
        facts
    }

    /// A count of which every kind belongs to another one is no more than that.
    fn some_of_others(&mut self, asked: &Asked, kinds: &[Vec<bool>]) -> Vec<Formula> {
        let counts: Vec<&AskedValue> = asked.counts().collect();
        let mut out = Vec::new();
        for few in &counts {
            for many in counts.iter().filter(|many| many.question != few.question) {
                if kinds.iter().all(|kind| !asked.has(few.question, kind) || asked.has(many.question, kind)) {
                    out.push(self.at_most(vec![(few.variable, 1), (many.variable, -1)], 0));
                }
            }
        }
        out
    }

    /// The latest moment of some children is no later than that of all.
    fn ends_of_others(&mut self, asked: &Asked) -> Vec<Formula> {
        let mut out = Vec::new();
        for some in &asked.values {
            let sign = match some.kind {
                AggregateKind::Latest(_) => 1,
                AggregateKind::Earliest(_) => -1,
                _ => continue,
            };
            for all in &asked.values {
                let of = &asked.questions[all.question];
                let is_all = of.condition.is_none() && of.window.is_none();
                if is_all && all.kind == some.kind && all.variable != some.variable {
                    let blank = self.within(some.variable, &Values::only_blank());
                    let not_beyond = self.at_most(vec![(some.variable, sign), (all.variable, -sign)], 0);
                    out.push(self.any([blank, not_beyond]));
                }
            }
        }
        out
    }

    /// A child that stands for all of its kind.
    fn of_a_kind(
        &mut self,
        asked: &Asked,
        kinds: &[Vec<bool>],
        kind: &[bool],
        facts: &mut Vec<Formula>,
    ) -> StandIn {
        let mut one = self.new_stand_in(asked, MANY, asked.count_of(kinds, kind));
        let mut is = Vec::new();
        for (question, sign) in asked.counted.iter().zip(kind) {
            let meant = one.meant[*question];
            is.push(if *sign { meant } else { self.not(meant) });
            if *sign {
                one.times.insert(*question, one.copies);
            }
        }
        one.is = self.all(is);
        facts.push(self.any([one.none, one.is]));
        one
    }

    /// The one child that makes a latest or earliest moment.
    fn of_a_moment(
        &mut self,
        asked: &Asked,
        question: usize,
        field: Id<Field>,
        facts: &mut Vec<Formula>,
    ) -> StandIn {
        let mut one = self.new_stand_in(asked, 1, None);
        let filled = self.inside(one.scope, |space| space.filled(field));
        one.is = self.all([one.meant[question], filled]);
        facts.push(self.any([one.none, one.is]));
        let some = self.not(one.none);
        for counted in &asked.counted {
            let times = self.inside(one.scope, |space| space.how_many(What::Meant(*counted), 1));
            let meant = self.all([some, one.meant[*counted]]);
            let not_meant = self.not(meant);
            let not_counted = self.within(times, &Values::number(0, UNIT));
            let counted_once = self.not(not_counted);
            let (yes, no) = (self.all([meant, counted_once]), self.all([not_meant, not_counted]));
            facts.push(self.any([no, yes]));
            one.times.insert(*counted, times);
        }
        one
    }

    fn is_sum(&mut self, variable: Variable, parts: &[Variable]) -> Formula {
        if *parts == [variable] {
            return Formula::TRUE;
        }
        let of = |times: i128| -> Sum {
            let parts = parts.iter().map(|part| (*part, times));
            parts.chain([(variable, -times)]).collect()
        };
        let (not_more, not_less) = (self.at_most(of(-1), 0), self.at_most(of(1), 0));
        self.all([not_more, not_less])
    }

    /// What one child, or its copies, add to the sum of a field.
    fn added(
        &mut self,
        one: &StandIn,
        times: Variable,
        place: usize,
        field: Id<Field>,
        facts: &mut Vec<Formula>,
    ) -> Variable {
        let declared = self.field_of(one.scope, field);
        let added = self.inside(one.scope, |space| space.summed(What::Added(place), declared));
        let number = self.inside(one.scope, |space| space.field_variable(field));
        let nothing = self.within(added, &Values::number(0, self.variables.step(added)));
        let none = self.within(times, &Values::number(0, UNIT));
        let none = self.all([none, nothing]);
        let blank = self.within(number, &Values::only_blank());
        let blank = self.all([blank, nothing]);
        let same = self.is_sum(added, &[number]);
        let same = self.any([same, blank]);
        let once = self.within(times, &Values::number(UNIT, UNIT));
        let once = self.all([once, same]);
        let mut often = vec![self.within(times, &Values::between(2 * UNIT, MANY * UNIT + UNIT))];
        let (mut each, step) = of_field(declared);
        if let Some(values) = self.hull(one.is).get(&number) {
            each = each.and(values);
        }
        let with_nothing =
            |end: i128, worse: fn(i128, i128) -> i128| if each.blank { worse(end, 0) } else { end };
        if let Some(least) = each.least().filter(|least| *least > -BEYOND) {
            let least = with_nothing(least, i128::min);
            often.push(self.not_more(vec![(times, least), (added, -UNIT)]));
        }
        if let Some(greatest) = each.greatest(step).filter(|greatest| *greatest < BEYOND) {
            let greatest = with_nothing(greatest, i128::max);
            often.push(self.not_more(vec![(added, UNIT), (times, -greatest)]));
        }
        let often = self.all(often);
        facts.push(self.any([none, once, often]));
        added
    }

    /// A sum, of which some may count for nothing, is 0 at most.
    fn not_more(&mut self, mut sum: Sum) -> Formula {
        sum.retain(|(_, times)| *times != 0);
        self.at_most(sum, 0)
    }

    /// A moment is the latest (1) or earliest (-1) of a field among the children that are meant; blank without any.
    fn is_end(
        &mut self,
        value: &AskedValue,
        cast: &[StandIn],
        field: Id<Field>,
        sign: i128,
        facts: &mut Vec<Formula>,
    ) {
        let mut ends = vec![self.within(value.variable, &Values::only_blank())];
        for one in cast {
            let own = self.inside(one.scope, |space| space.field_variable(field));
            let (meant, some) = (one.meant[value.question], self.not(one.none));
            let same = self.is_sum(value.variable, &[own]);
            ends.push(self.all([some, meant, same]));
            let not_meant = self.not(meant);
            let blank = self.within(own, &Values::only_blank());
            let not_beyond = self.at_most(vec![(own, sign), (value.variable, -sign)], 0);
            facts.push(self.any([one.none, not_meant, blank, not_beyond]));
        }
        facts.push(self.any(ends));
    }
}
