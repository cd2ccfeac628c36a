//! `unsigned-promise`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity, names};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Commitment, Id, Model, Party, Slot, Strength};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unsigned-promise",
    summary: "a promise of a party that does not sign the agreement",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("unsigned_promise.md"),
};

fn does_not_sign(context: &Context<'_>, party: &Party, owed: &[&Commitment]) -> Option<Diagnostic> {
    let model = context.model;
    let name = &party.head.name;
    let promises: Vec<&str> = owed.iter().map(|c| c.head.name.text.as_str()).collect();
    let first = owed.first()?;
    let role = &model.roles[*first.actor.get()?];
    let mut out = Diagnostic::warning(
        RULE.name,
        format!("`{name}` owes {}, but is not a party to this agreement", names(&promises, "and")),
    )
    .at(first.sentence, format!("`{}` belongs to `{name}`", role.head.name));
    for other in owed.iter().skip(1).take(MOST_SHOWN) {
        out = out.also(other.sentence, "and this");
    }
    Some(
        out.also(model.agreement.head.name.span, "signed by others")
            .note("Nobody is bound by what others have signed: the first miss will be answered with that.")
            .help(format!("Add `{name}` to `parties`, or let a role of one of the parties owe it.")),
    )
}

/// So many promises are shown besides the first.
const MOST_SHOWN: usize = 6;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let parties = &model.agreement.parties;
    // A party that is still open may be this one.
    if parties.is_empty() || !parties.iter().all(Slot::is_set) {
        return;
    }
    let mut owed: BTreeMap<Id<Party>, Vec<&Commitment>> = BTreeMap::new();
    for commitment in model.commitments.values().filter(|c| c.strength != Strength::May) {
        if let Some(party) = party_of(model, commitment)
            && !parties.contains(&Slot::Set(party))
        {
            owed.entry(party).or_default().push(commitment);
        }
    }
    for (party, commitments) in owed {
        out.extend(does_not_sign(context, &model.parties[party], &commitments));
    }
}

fn party_of(model: &Model, commitment: &Commitment) -> Option<Id<Party>> {
    model.roles[*commitment.actor.get()?].party.as_ref()?.get().copied()
}
