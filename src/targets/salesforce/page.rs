//! The page for the admin: what is deployed, how, what each rule says, and what is not enforced.

use super::hours::BusinessHours;
use std::fmt::Write as _;

use super::metadata::{self, Component};
use super::org::{Org, Origin};
use super::rules::{Omission, Rule, Rules};
use crate::model::{FieldType, Id, Record};
use crate::targets::docs::document::{Block, Inline, Row, Say, Table, Text};
use crate::targets::docs::markdown;

/// The page.
pub fn print(org: &Org<'_>, rules: &Rules, calendars: &BusinessHours, components: &[Component]) -> String {
    let agreement = &org.model.agreement.head;
    let head = Say::new("The part of the agreement ")
        .code(agreement.name.text.clone())
        .words(" that Salesforce can hold, as source for Salesforce DX. Made by Clausal: change the agreement, not these files.");
    let mut out = page_title(&agreement.label());
    out.push_str(&markdown::text(&[head.paragraph()]));
    let mut section = |title: &str, blocks: Vec<Block>| {
        // Writing to a string does not fail.
        let _ = write!(out, "\n## {title}\n\n{}", markdown::text(&blocks));
    };
    section("Not enforced here", omissions(&rules.omissions));
    if components.is_empty() {
        section(
            "Nothing to deploy",
            vec![Block::words(
                "The agreement declares no record and no calendar that Salesforce could hold.",
            )],
        );
        return out;
    }
    section("Deploy", deploy(org, rules));
    section("Fields", fields(org));
    section("Rules", rule_blocks(org, &rules.rules));
    if !calendars.names.is_empty() || !calendars.left_out.is_empty() {
        section("Business hours", hours(calendars));
    }
    section("Take care", cares(org, components));
    out
}

fn page_title(label: &str) -> String {
    let title = markdown::text(&[Block::Paragraph(vec![Inline::Plain(label.to_owned())])]);
    format!("# Salesforce: {title}\n")
}

fn omissions(omissions: &[Omission]) -> Vec<Block> {
    if omissions.is_empty() {
        return vec![Block::words("Nothing: every clause of the agreement is a rule below.")];
    }
    let item = |left: &Omission| {
        vec![Say::default().text(coded(&left.what)).words(". ").text(coded(&left.help)).paragraph()]
    };
    vec![
        Block::words("Salesforce does not see to these. They hold all the same."),
        Block::List(omissions.iter().map(item).collect()),
    ]
}

fn deploy(org: &Org<'_>, rules: &Rules) -> Vec<Block> {
    let bypass = (!rules.rules.is_empty()).then(|| org.bypass());
    let access = metadata::access(org).map(|_| metadata::access_name(org));
    let mut out = vec![
        Block::words("Try it in a sandbox first. In this folder:"),
        Block::Code(
            "sf project deploy start --dry-run --manifest manifest/package.xml\nsf project deploy start --manifest manifest/package.xml"
                .to_owned(),
        ),
    ];
    if let Some(access) = access {
        let say =
            Say::new("Nobody sees the new fields until they have the permission set ").code(access.clone());
        out.push(say.words(":").paragraph());
        out.push(Block::Code(format!("sf org assign permset --name {access}")));
    }
    if let Some(bypass) = bypass {
        let say = Say::new("The rules do not apply to whoever has the permission set ").code(bypass);
        out.push(say.words(". Give it to integrations and data loads, and to nobody else.").paragraph());
    }
    out
}

fn fields(org: &Org<'_>) -> Vec<Block> {
    let mut out = Vec::new();
    if !org.model.records.is_empty() {
        let say = Say::new("What is made here is called by its name in words behind ")
            .code(format!("{}_", org.prefix));
        out.push(say.words(", and ends in a short hash where the name had to be changed to fit. Fields that exist already are named in ").code("clausal.yaml").words(".").paragraph());
    }
    for (id, record) in org.model.records.iter() {
        let object = org.object(id);
        let origin = match object.origin {
            Origin::Made => ", which is made here",
            Origin::Bound => "",
        };
        let say = Say::new("The record ").code(record.head.name.text.clone()).words(" is the object ");
        out.push(say.code(object.api.clone()).words(format!("{origin}.")).paragraph());
        out.push(Block::Table(Table::new(
            record.head.label(),
            vec!["Field", "In Salesforce", "Type", "Made here", "Values"],
            field_rows(org, id),
        )));
    }
    if out.is_empty() {
        out.push(Block::words("None."));
    }
    out
}

fn field_rows(org: &Org<'_>, id: Id<Record>) -> Vec<Row> {
    let dash = || Say::new("–").end();
    let row = |(_, field, column): (_, &crate::model::Field, &super::org::Column)| {
        let values: Vec<Text> = column
            .values
            .iter()
            .filter(|(ours, theirs)| ours != theirs)
            .map(|(ours, theirs)| Say::default().code(ours).words(" is ").code(theirs).end())
            .collect();
        let values =
            if values.is_empty() { dash() } else { crate::targets::docs::document::listed(values, "and") };
        Row::new(vec![
            Say::default().code(field.name.text.clone()).end(),
            Say::default().code(column.api.clone()).end(),
            Say::new(field.ty.words()).end(),
            Say::new(if column.origin == Origin::Made { "yes" } else { "no" }).end(),
            values,
        ])
    };
    org.columns(id).map(row).collect()
}

fn rule_blocks(org: &Org<'_>, rules: &[Rule]) -> Vec<Block> {
    if rules.is_empty() {
        return vec![Block::words("None.")];
    }
    let mut out = vec![Block::words(
        "A record is refused when one of these is broken. A rule is only asked about a new record or a change that concerns it, so old records stay editable.",
    )];
    for (id, record) in org.model.records.iter() {
        let of_record: Vec<&Rule> = rules.iter().filter(|r| r.record == id).collect();
        if of_record.is_empty() {
            continue;
        }
        let row = |rule: &&Rule| {
            Row::new(vec![
                Say::default().code(rule.name.clone()).end(),
                Say::new(rule.clause.clone()).end(),
                Say::new(rule.sentence.clone()).end(),
            ])
        };
        out.push(Say::new("On ").code(org.object(id).api.clone()).words(":").paragraph());
        out.push(Block::Table(Table::new(
            record.head.label(),
            vec!["Rule", "Clause", "What the agreement says"],
            of_record.iter().map(row).collect(),
        )));
    }
    out
}

fn hours(calendars: &BusinessHours) -> Vec<Block> {
    let row = |(ours, theirs): &(String, String)| {
        Row::new(vec![Say::default().code(ours).end(), Say::new(theirs.clone()).end()])
    };
    let mut out = vec![Block::words(
        "Calendars with their holidays, for whoever needs them, such as entitlements. No rule depends on them.",
    )];
    if !calendars.names.is_empty() {
        let rows = calendars.names.iter().map(row).collect();
        out.push(Block::Table(Table::new("Business hours", vec!["Calendar", "Business hours"], rows)));
    }
    if !calendars.left_out.is_empty() {
        out.push(Block::words("What business hours cannot hold:"));
        let items = calendars.left_out.iter().map(|text| vec![Block::Paragraph(coded(text))]);
        out.push(Block::List(items.collect()));
    }
    out
}

fn cares(org: &Org<'_>, components: &[Component]) -> Vec<Block> {
    let mut items = Vec::new();
    let mut item = |text: Text| items.push(vec![Block::Paragraph(text)]);
    if components.iter().any(|c| c.member == "LeadConfig") {
        item(coded(
            "Converting a lead is asked by the rules as well: the setting `LeadConfig` sees to that, for the whole org.",
        ));
    }
    let types = || org.model.records.values().flat_map(|r| r.fields.values()).map(|f| &f.ty);
    if types().any(|ty| matches!(ty, FieldType::Choice(_) | FieldType::Choices(_))) {
        item(coded(
            "A field that is bound to a `choice` must be a picklist there, and one bound to `choices` a multi-select picklist, with the values named above.",
        ));
    }
    if types().any(|ty| *ty == FieldType::Boolean) {
        item(coded("A checkbox is always ticked or not: a `boolean` field is never blank in Salesforce."));
    }
    if types().any(|ty| matches!(ty, FieldType::Money(_))) {
        item(coded(
            "Amounts are compared as they stand: an org with several currencies must keep each field in its own.",
        ));
    }
    if types().any(|ty| *ty == FieldType::Key) {
        item(coded(
            "A `key` that is made here is an external id. No rule asks for it, because Salesforce has ids of its own.",
        ));
    }
    let columns = org.model.records.ids().flat_map(|id| org.columns(id));
    if columns.into_iter().any(|(_, _, column)| column.is_system()) {
        item(coded(
            "What Salesforce fills itself, such as `CreatedDate`, is still blank while a new record is checked.",
        ));
    }
    item(coded(
        "The rules hold from the day on which they are deployed until they are removed, whatever the term of the agreement.",
    ));
    vec![Block::List(items)]
}

/// Words with names between backticks.
fn coded(text: &str) -> Text {
    let pieces = text.split('`').enumerate();
    pieces
        .fold(Say::default(), |say, (i, piece)| if i % 2 == 0 { say.words(piece) } else { say.code(piece) })
        .end()
}
