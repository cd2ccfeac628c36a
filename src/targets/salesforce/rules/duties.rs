//! What no validation rule can say: promises about time and numbers, and what follows when they are broken.

use super::Builder;
use crate::model::{Form, Head};

pub(super) fn omissions(builder: &mut Builder<'_>) {
    let model = builder.model();
    for commitment in model.commitments.values() {
        let measured = "The queries of the `sql` target measure it, unless they list it as not measured.";
        let looked_at = "The documents say exactly what is agreed, and `clausal why` judges one record.";
        let (why, help) = match &commitment.form {
            Form::Turnaround(_) => {
                ("a deadline passes without anybody saving the record, and no rule is asked then", measured)
            }
            Form::Attempts(_) => {
                ("a rule does not count what was tried, and is asked by nobody when time is up", looked_at)
            }
            Form::Recurring(_) => ("it is due on days, and about no record", "The documents have the dates."),
            Form::LeadTime(_) => {
                ("a deadline passes without anybody saving the record, and no rule is asked then", looked_at)
            }
            Form::NotBefore(_) => ("a rule does not know how much working time has passed", looked_at),
            Form::Permission(_) => (
                "a rule sees neither who acts under a right nor the working time it is granted for",
                looked_at,
            ),
            Form::Quota(_) | Form::Share(_) => {
                ("it is about many records together, and a rule sees one", measured)
            }
            Form::Level(_) => (
                "it is about all the time of a period, and a rule sees one record",
                "The documents say exactly how it is measured.",
            ),
            Form::Prohibition(_) => continue,
        };
        omit(builder, &commitment.head, why, help);
    }
    for waiver in model.waivers.values() {
        let why = "leave is given for promises that no rule enforces";
        omit(builder, &waiver.head, why, "The documents say what is excused, for how long and by whom.");
    }
    for contingency in model.contingencies.values() {
        let why = "reminders, escalations and follow-up duties need a scheduled automation";
        let help = "Make it a flow, or leave it to the team. The documents say who is told, when and how.";
        omit(builder, &contingency.head, why, help);
    }
    for record in model.records.values() {
        let Some(parent) = record.parent() else { continue };
        let parent = &model.records[parent].head.name;
        let why =
            format!("each belongs to one `{parent}`, and the field that says to which is not made here");
        omit(
            builder,
            &record.head,
            &why,
            "Give the object a lookup or a master-detail field if it has none yet.",
        );
    }
    for score in model.scores.values() {
        let help = "Compute it in a flow or in your scoring tool. The documents have its table.";
        omit(builder, &score.head, "its points are no formula", help);
    }
    for routing in model.routings.values() {
        let why = "a rule refuses a record and never gives it to anybody";
        let help = "Enter the table as an assignment rule or a flow, row by row in its order.";
        omit(builder, &routing.head, why, help);
        if let Some(sticky) = &routing.sticky {
            let what = format!("`sticky` in `{}`: it depends on other records", routing.head.name);
            builder.omit(what, sticky.span, "It needs a flow that looks for the earlier record.");
        }
    }
    for dispute in model.disputes.values() {
        let why = "a dispute is raised and decided by people";
        omit(builder, &dispute.head, why, "The documents say who may raise it and who decides.");
    }
    for credit in model.credits.values() {
        let why = "a rule refuses a record and pays nobody";
        omit(
            builder,
            &credit.head,
            why,
            "The documents say what is paid for which result, and how it is claimed.",
        );
    }
    for incentive in model.incentives.values() {
        let why = "a rule refuses a record and never rewards anybody";
        omit(builder, &incentive.head, why, "The documents say what is earned for what.");
    }
    for goal in model.goals.values() {
        let why = "a goal is about many records together, and a rule sees one";
        omit(builder, &goal.head, why, "The documents show what it needs at each stage.");
    }
}

fn omit(builder: &mut Builder<'_>, head: &Head, why: &str, help: &str) {
    builder.omit(format!("`{}`: {why}", head.name), head.name.span, help);
}
