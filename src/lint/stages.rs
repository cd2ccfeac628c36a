//! What several rules ask of lifecycles: their steps as a graph, and who hands over to whom.

use std::collections::BTreeSet;

use super::graph::{Steps, reached};
use crate::model::lifecycle::{From, StageId, Transition};
use crate::model::{Completeness, Id, Lifecycle, Model, Role};

/// So many single steps are looked at. A lifecycle with more of them is not one that anybody reads.
const MOST_STEPS: usize = 10_000;

/// The lifecycles that could be read in whole and can be looked at step by step.
pub(super) fn lifecycles(model: &Model) -> impl Iterator<Item = &Lifecycle> {
    let whole = |l: &&Lifecycle| l.completeness == Completeness::Whole;
    let many = |l: &Lifecycle| {
        let from_any = l.transitions.iter().filter(|t| t.from == From::Any).count();
        (from_any * l.stages.len() + l.transitions.len()).saturating_mul(l.never.len() + 1)
    };
    model.lifecycles.values().filter(whole).filter(move |l| many(l) <= MOST_STEPS)
}

/// The steps that transitions of a kind allow.
pub(super) fn steps(lifecycle: &Lifecycle, of: impl Fn(&Transition) -> bool) -> Steps {
    let mut out = vec![BTreeSet::new(); lifecycle.stages.len()];
    for transition in lifecycle.transitions.iter().filter(|t| of(t)) {
        for from in lifecycle.sources(transition) {
            out[from].insert(transition.to);
        }
    }
    out
}

/// Who is responsible for what is in a stage.
pub(super) fn owner(lifecycle: &Lifecycle, stage: StageId) -> Option<Id<Role>> {
    lifecycle.terms_of(stage)?.owner.as_ref()?.get().copied()
}

/// The stages beside the way: a record that comes there was on its way to an end without them, and all that can become of
/// it is to go that way again.
fn parking(lifecycle: &Lifecycle) -> BTreeSet<StageId> {
    let all = steps(lifecycle, |_| true);
    let is_parking = |stage: &StageId| {
        let mut beside = steps(lifecycle, |transition| transition.to != *stage);
        beside[*stage].clear();
        let start = lifecycle.start.iter().copied().filter(|start| start != stage);
        let on_the_way = reached(&beside, start);
        let ends = |from: StageId| reached(&beside, [from]).iter().any(|at| lifecycle.end.contains(at));
        let before: Vec<StageId> =
            (0..all.len()).filter(|from| from != stage && all[*from].contains(stage)).collect();
        let comes_back = |next: &StageId| before.iter().all(|from| reached(&beside, [*next]).contains(from));
        !before.is_empty()
            && before.iter().all(|from| on_the_way.contains(from) && ends(*from))
            && !all[*stage].is_empty()
            && all[*stage].iter().all(comes_back)
    };
    let owned = lifecycle.transitions.iter().map(|transition| transition.to);
    let owned: BTreeSet<StageId> = owned.filter(|stage| owner(lifecycle, *stage).is_some()).collect();
    owned.into_iter().filter(is_parking).collect()
}

/// A transition by which another role becomes responsible.
#[derive(Debug, Clone, Copy)]
pub(super) struct Handover<'m> {
    pub(super) lifecycle: &'m Lifecycle,
    pub(super) transition: &'m Transition,
    /// The stage before.
    pub(super) from: StageId,
    /// Who was responsible there.
    pub(super) giver: Id<Role>,
    /// Who is from here on.
    pub(super) receiver: Id<Role>,
}

/// The handovers to a stage in which there is still something to do; the first of each transition. What is parked with
/// somebody, and comes back from there, is not handed over to be taken up.
pub(super) fn handovers(model: &Model) -> impl Iterator<Item = Handover<'_>> {
    lifecycles(model).flat_map(|lifecycle| {
        let parking = parking(lifecycle);
        lifecycle.transitions.iter().filter_map(move |transition| {
            let receiver = owner(lifecycle, transition.to)?;
            let from_parking = lifecycle.sources(transition).iter().any(|from| parking.contains(from));
            if lifecycle.end.contains(&transition.to) || parking.contains(&transition.to) || from_parking {
                return None;
            }
            lifecycle.sources(transition).into_iter().find_map(|from| {
                let giver = owner(lifecycle, from)?;
                (giver != receiver).then_some(Handover { lifecycle, transition, from, giver, receiver })
            })
        })
    })
}
