//! The agreement's records in Salesforce: which object, which fields, which picklist values.
//!
//! What `clausal.yaml` binds is used as it is. Everything else is made, under names that follow a convention: the record
//! `lead` is the object `Lead` (a few names are standard objects), any other becomes a custom object; the field `mql_at`
//! becomes `SLA_MQL_At__c`.

use std::collections::BTreeMap;

use super::names;
use crate::config::{Config, SalesforceRecord};
use crate::diagnostic::Diagnostic;
use crate::model::{Field, FieldType, Id, Model, Name, Record, humanise};
use crate::source::Span;
use crate::yaml::CONFIG;

/// Records that are standard objects when nothing else is said.
const STANDARD: [(&str, &str); 6] = [
    ("account", "Account"),
    ("campaign", "Campaign"),
    ("case", "Case"),
    ("contact", "Contact"),
    ("lead", "Lead"),
    ("opportunity", "Opportunity"),
];

/// Fields that Salesforce fills itself: they do not change, and nobody can be asked to fill them.
const SYSTEM: [&str; 9] = [
    "Id",
    "CreatedById",
    "CreatedDate",
    "IsDeleted",
    "LastActivityDate",
    "LastModifiedById",
    "LastModifiedDate",
    "OwnerId",
    "SystemModstamp",
];

/// Longest value of a picklist.
const VALUE: usize = 255;

/// The records of an agreement in Salesforce.
#[derive(Debug)]
pub struct Org<'m> {
    /// The agreement.
    pub model: &'m Model,
    /// What the names of everything that is made begin with.
    pub prefix: &'m str,
    objects: Vec<Object>,
}

/// One record.
#[derive(Debug)]
pub struct Object {
    /// The API name.
    pub api: String,
    /// Whether it is ours.
    pub origin: Origin,
    columns: Vec<Column>,
}

/// One field.
#[derive(Debug)]
pub struct Column {
    /// The API name.
    pub api: String,
    /// Whether it is ours.
    pub origin: Origin,
    /// The picklist values, in order: the agreement's and Salesforce's.
    pub values: Vec<(String, String)>,
}

/// Where something comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It exists already.
    Bound,
    /// It is made.
    Made,
}

impl Column {
    /// The picklist value behind a value of the agreement.
    pub fn value<'a>(&'a self, value: &'a str) -> &'a str {
        self.values.iter().find(|(ours, _)| ours == value).map_or(value, |(_, theirs)| theirs)
    }

    /// True for fields that Salesforce fills itself.
    pub fn is_system(&self) -> bool {
        SYSTEM.contains(&self.api.as_str())
    }
}

impl<'m> Org<'m> {
    /// The records of an agreement, and what is wrong with their names.
    pub fn of(model: &'m Model, config: &'m Config) -> (Org<'m>, Vec<Diagnostic>) {
        let prefix = config.salesforce.prefix.value.as_str();
        let nothing = SalesforceRecord::default();
        let mut reader = Reader { prefix, diagnostics: Vec::new() };
        let objects = model.records.values().map(|record| {
            let bound = config.records.get(&record.head.name.text);
            reader.object(record, bound.map_or(&nothing, |b| &b.value.salesforce))
        });
        let objects = objects.collect();
        let org = Org { model, prefix, objects };
        reader.collisions(&org);
        (org, reader.diagnostics)
    }

    /// A record.
    pub fn object(&self, record: Id<Record>) -> &Object {
        &self.objects[record.index()]
    }

    /// A field.
    pub fn column(&self, record: Id<Record>, field: Id<Field>) -> &Column {
        &self.objects[record.index()].columns[field.index()]
    }

    /// Every field of a record.
    pub fn columns(&self, record: Id<Record>) -> impl Iterator<Item = (Id<Field>, &'m Field, &Column)> {
        let fields = self.model.records[record].fields.iter();
        fields.map(move |(id, field)| (id, field, self.column(record, id)))
    }

    /// The global value set of a choice that is made.
    pub fn value_set(&self, record: Id<Record>, field: Id<Field>) -> String {
        let record = &self.model.records[record];
        names::api(self.prefix, &[&record.head.name.text, &record.fields[field].name.text])
    }

    /// The custom permission that switches the rules off.
    pub fn bypass(&self) -> String {
        format!("{}_Bypass", self.prefix)
    }
}

struct Reader<'c> {
    prefix: &'c str,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn object(&mut self, record: &Record, bound: &SalesforceRecord) -> Object {
        let name = record.head.name.text.as_str();
        let (api, origin) = match &bound.object {
            Some(object) => {
                self.check_name(&object.value, object.span, "an object");
                (object.value.clone(), Origin::Bound)
            }
            None => match STANDARD.iter().find(|(ours, _)| *ours == name) {
                Some((_, standard)) => ((*standard).to_owned(), Origin::Bound),
                None => (format!("{}__c", names::api(self.prefix, &[name])), Origin::Made),
            },
        };
        let columns: Vec<Column> = record.fields.values().map(|field| self.column(field, bound)).collect();
        if matches!(api.as_str(), "Task" | "Event") {
            self.no_fields_on_activities(record, &api, &columns);
        }
        Object { api, origin, columns }
    }

    fn column(&mut self, field: &Field, bound: &SalesforceRecord) -> Column {
        let (api, origin) = match bound.fields.get(&field.name.text) {
            Some(to) => {
                self.check_name(&to.to.value, to.to.span, "a field");
                (to.to.value.clone(), Origin::Bound)
            }
            None => (format!("{}__c", names::api(self.prefix, &[&field.name.text])), Origin::Made),
        };
        let mapped = bound.values.get(&field.name.text).map(|v| &v.value);
        let mut values = Vec::new();
        let mut places: BTreeMap<String, Span> = BTreeMap::new();
        for name in field.ty.values().map_or(&[][..], |v| &v.names) {
            let to = mapped.and_then(|m| m.get(&name.text));
            let (value, span) = to.map_or((&name.text, name.span), |to| (&to.to.value, to.to.span));
            self.check_value(value, span, field);
            if let Some(first) = places.insert(value.to_lowercase(), span) {
                self.diagnostics.push(
                    Diagnostic::error(
                        CONFIG,
                        format!("two values of `{}` are `{value}` in Salesforce", field.name),
                    )
                    .at(span, "the same, capitals aside")
                    .also(first, "first here")
                    .note("Salesforce could not tell records with one from records with the other.")
                    .help("Give each its own picklist value under `values:` in `clausal.yaml`."),
                );
            }
            values.push((name.text.clone(), value.clone()));
        }
        Column { api, origin, values }
    }

    fn check_name(&mut self, name: &str, span: Span, what: &str) {
        if names::is_api_name(name) {
            return;
        }
        let out = Diagnostic::error(CONFIG, format!("`{name}` cannot be the API name of {what}"));
        self.diagnostics.push(if name.contains('.') {
            out.at(span, "this names a field of another record")
                .note("Rules are asked when this record is saved, not when the other one changes.")
                .help("Bind a field of the object itself.")
        } else {
            out.at(span, "letters, digits and underscores, a letter first")
                .help("Copy the API name from Setup, Object Manager, Fields & Relationships.")
        });
    }

    fn check_value(&mut self, value: &str, span: Span, field: &Field) {
        let several = matches!(field.ty, FieldType::Choices(_));
        let fault = if names::units(value) > VALUE {
            "longer than 255 characters"
        } else if value.trim() != value || value.is_empty() {
            "spaces at its ends"
        } else if several && value.contains(';') {
            "`;` stands between the values of a multi-select picklist"
        } else {
            return;
        };
        self.diagnostics.push(
            Diagnostic::error(CONFIG, format!("`{value}` cannot be a picklist value"))
                .at(span, fault)
                .help("Give it another picklist value under `values:` in `clausal.yaml`."),
        );
    }

    /// Fields of tasks and events live on another object.
    fn no_fields_on_activities(&mut self, record: &Record, api: &str, columns: &[Column]) {
        let made = record.fields.values().zip(columns).find(|(_, c)| c.origin == Origin::Made);
        if let Some((field, _)) = made {
            self.diagnostics.push(
                Diagnostic::error(CONFIG, format!("a field cannot be made on `{api}`"))
                    .at(field.name.span, "not bound to an existing field")
                    .note("Custom fields of tasks and events belong to the object Activity.")
                    .help(
                        "Make the field on Activity in Setup, and bind it under `fields:` in `clausal.yaml`.",
                    ),
            );
        }
    }

    /// Two things that would be one in Salesforce.
    fn collisions(&mut self, org: &Org<'_>) {
        let mut fields: BTreeMap<(String, String), (&Field, Origin)> = BTreeMap::new();
        let mut objects: BTreeMap<String, (&Name, Origin)> = BTreeMap::new();
        let mut sets: BTreeMap<String, &Field> = BTreeMap::new();
        for (id, record) in org.model.records.iter() {
            let object = org.object(id);
            let name = &record.head.name;
            if let Some((first, origin)) = objects.insert(object.api.to_lowercase(), (name, object.origin))
                && (origin == Origin::Made || object.origin == Origin::Made)
            {
                self.collision(name, first, &object.api);
            }
            for (field_id, field, column) in org.columns(id) {
                let key = (object.api.to_lowercase(), column.api.to_lowercase());
                if let Some((first, origin)) = fields.insert(key, (field, column.origin))
                    && (origin == Origin::Made || column.origin == Origin::Made)
                {
                    self.collision(&field.name, &first.name, &format!("{}.{}", object.api, column.api));
                }
                if column.origin == Origin::Made && field.ty.values().is_some() {
                    let set = org.value_set(id, field_id);
                    if let Some(first) = sets.insert(set.to_lowercase(), field) {
                        self.collision(&field.name, &first.name, &set);
                    }
                }
            }
        }
    }

    fn collision(&mut self, name: &Name, first: &Name, api: &str) {
        let same = if name.text == first.text { "the other one" } else { &first.text };
        self.diagnostics.push(
            Diagnostic::error(CONFIG, format!("`{name}` and `{same}` would both be `{api}` in Salesforce"))
                .at(name.span, "the second")
                .also(first.span, "the first")
                .help("Bind one of them to a name of its own in `clausal.yaml`."),
        );
    }
}

/// The label of a picklist value: words for a bare name, a quoted value as it is.
pub fn value_labels(values: &[(String, String)]) -> Vec<String> {
    let label = |value: &str| {
        let bare = value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if bare { humanise(value) } else { value.to_owned() }
    };
    let labels: Vec<String> = values.iter().map(|(_, theirs)| label(theirs)).collect();
    let taken = |l: &String| labels.iter().filter(|o| o.to_lowercase() == l.to_lowercase()).count() > 1;
    // Labels must differ as well.
    labels
        .iter()
        .zip(values)
        .map(|(l, (_, value))| if taken(l) { value.clone() } else { l.clone() })
        .collect()
}
