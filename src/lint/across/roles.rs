//! What two agreements state of one role.

use crate::model::{Id, Model, Role, Slot};

/// What both state of a role, and state differently: in the words of each.
pub(in crate::lint) fn facts(model: &Model, roles: [Id<Role>; 2]) -> Vec<[String; 2]> {
    let [first, second] = roles.map(|id| &model.roles[id]);
    let stated = |of: fn(&Model, &Role) -> Option<String>| {
        let words = [of(model, first)?, of(model, second)?];
        (words[0] != words[1]).then_some(words)
    };
    [stated(party), stated(headcount), stated(handles), stated(reports_to)].into_iter().flatten().collect()
}

fn party(model: &Model, role: &Role) -> Option<String> {
    let party = role.party.as_ref()?.get()?;
    Some(format!("of `{}`", model.parties[*party].head.name))
}

fn reports_to(model: &Model, role: &Role) -> Option<String> {
    let above = role.reports_to.as_ref()?.get()?;
    Some(format!("reports to `{}`", model.roles[*above].head.name))
}

fn headcount(_: &Model, role: &Role) -> Option<String> {
    match role.headcount.as_ref()?.get()? {
        1 => Some("1 person".into()),
        people => Some(format!("{people} people")),
    }
}

fn handles(model: &Model, role: &Role) -> Option<String> {
    let capacity = role.handles.as_ref()?;
    let (Slot::Set(amount), Slot::Set(of)) = (&capacity.amount, &capacity.of) else { return None };
    Some(format!("each handles {amount} {} per {}", model.subject_head(*of).name, capacity.per))
}
