//! Components as files: fields, value sets, rules, permissions, and the manifest that lists them.

use std::collections::BTreeMap;

use super::names;
use super::org::{Object, Org, Origin, value_labels};
use super::rules::{self, Rule};
use super::xml::{self, Element};
use crate::model::record::Openness;
use crate::model::{Field, FieldType, Id, Record};

/// Longest label of a field or an object.
const LABEL: usize = 40;
/// Longest label of a permission set.
const SET_LABEL: usize = 80;

/// A component: something that is deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Its type in the manifest.
    pub kind: &'static str,
    /// Its name in the manifest.
    pub member: String,
    /// Its path below `force-app/main/default`.
    pub path: String,
    /// Its file.
    pub text: String,
}

/// A file of the tree says where it comes from.
pub fn remark(what: &str) -> String {
    format!("From {what}. Made by Clausal: change the agreement, not this file.")
}

fn component(kind: &'static str, member: String, path: String, root: &Element, from: &str) -> Component {
    Component { kind, member, path, text: xml::print(root, &remark(from)) }
}

/// Custom objects, fields and value sets of the records that are not bound.
pub fn records(org: &Org<'_>) -> Vec<Component> {
    let mut out = Vec::new();
    for (id, record) in org.model.records.iter() {
        let object = org.object(id);
        if object.origin == Origin::Made {
            out.push(custom_object(record, object));
        }
        for (field_id, field, column) in org.columns(id) {
            if column.origin == Origin::Bound {
                continue;
            }
            if field.ty.values().is_some() {
                out.push(value_set(org, id, field_id, &column.values));
            }
            out.push(custom_field(org, id, field_id));
        }
    }
    out
}

fn custom_object(record: &Record, object: &Object) -> Component {
    let label = record.head.label();
    let name = &record.head.name.text;
    let root = Element::of(
        "CustomObject",
        vec![
            Element::text("deploymentStatus", "Deployed"),
            Element::text("description", format!("Record `{name}` of the agreement. Made by Clausal.")),
            Element::text("label", names::shortened(&label, LABEL)),
            Element::of("nameField", vec![Element::text("label", "Name"), Element::text("type", "Text")]),
            Element::text(
                "pluralLabel",
                names::shortened(&crate::targets::docs::words::plural(&label), LABEL),
            ),
            Element::text("sharingModel", "ReadWrite"),
        ],
    );
    let path = format!("objects/{0}/{0}.object-meta.xml", object.api);
    component("CustomObject", object.api.clone(), path, &root, &format!("record {name}"))
}

fn value_set(org: &Org<'_>, id: Id<Record>, field: Id<Field>, values: &[(String, String)]) -> Component {
    let record = &org.model.records[id];
    let declared = &record.fields[field];
    let (record_name, name) = (&record.head.name.text, &declared.name.text);
    let mut children: Vec<Element> = values
        .iter()
        .zip(value_labels(values))
        .map(|((_, value), label)| {
            Element::of(
                "customValue",
                vec![
                    Element::text("fullName", value),
                    Element::flag("default", false),
                    Element::text("label", label),
                ],
            )
        })
        .collect();
    let label = format!("{} {} {}", org.prefix, record.head.label(), declared.label());
    children.extend([
        Element::text(
            "description",
            format!("Values of `{name}` of record `{record_name}`. Made by Clausal."),
        ),
        Element::text("masterLabel", names::shortened(&label, SET_LABEL)),
        Element::flag("sorted", false),
    ]);
    let set = org.value_set(id, field);
    let path = format!("globalValueSets/{set}.globalValueSet-meta.xml");
    let root = Element::of("GlobalValueSet", children);
    component("GlobalValueSet", set, path, &root, &format!("record {record_name}, field {name}"))
}

fn custom_field(org: &Org<'_>, id: Id<Record>, field_id: Id<Field>) -> Component {
    let (record, object, column) = (&org.model.records[id], org.object(id), org.column(id, field_id));
    let field = &record.fields[field_id];
    let (record_name, name) = (&record.head.name.text, &field.name.text);
    let label = field.label();
    let mut parts: Vec<(&'static str, String)> = vec![
        ("description", format!("`{name}` of record `{record_name}`: {label}. Made by Clausal.")),
        ("externalId", (field.ty == FieldType::Key).to_string()),
        ("label", names::shortened(&label, LABEL)),
        ("type", type_name(&field.ty).to_owned()),
    ];
    let number =
        |precision: u8, scale: u8| [("precision", precision.to_string()), ("scale", scale.to_string())];
    match &field.ty {
        FieldType::Integer => parts.extend(number(18, 0)),
        FieldType::Number | FieldType::Percent => parts.extend(number(18, 6)),
        FieldType::Money(_) => parts.extend(number(18, 2)),
        FieldType::Text => parts.push(("length", "255".to_owned())),
        FieldType::Boolean => parts.push(("defaultValue", "false".to_owned())),
        FieldType::Choices(_) => parts.push(("visibleLines", "4".to_owned())),
        FieldType::Key => parts.extend([
            ("caseSensitive", "true".to_owned()),
            ("length", "255".to_owned()),
            ("unique", "true".to_owned()),
        ]),
        FieldType::User => parts.extend(lookup(org, record, field, "User")),
        FieldType::Reference(to) => parts.extend(lookup(org, record, field, &org.object(*to).api)),
        FieldType::Date | FieldType::DateTime | FieldType::Choice(_) => {}
    }
    if field.ty != FieldType::Boolean {
        parts.push(("required", "false".to_owned()));
    }
    let mut children: BTreeMap<&str, Element> =
        parts.into_iter().map(|(name, text)| (name, Element::text(name, text))).collect();
    if let Some(values) = field.ty.values() {
        let restricted = values.openness == Openness::Closed;
        let set = vec![
            Element::flag("restricted", restricted),
            Element::text("valueSetName", org.value_set(id, field_id)),
        ];
        children.insert("valueSet", Element::of("valueSet", set));
    }
    // The name first, the rest in alphabetical order.
    let root = Element::of(
        "CustomField",
        [Element::text("fullName", &column.api)].into_iter().chain(children.into_values()).collect(),
    );
    let path = format!("objects/{}/fields/{}.field-meta.xml", object.api, column.api);
    let member = format!("{}.{}", object.api, column.api);
    component("CustomField", member, path, &root, &format!("record {record_name}, field {name}"))
}

fn lookup(org: &Org<'_>, record: &Record, field: &Field, to: &str) -> [(&'static str, String); 4] {
    let label = format!("{} ({})", record.head.label(), field.label());
    [
        ("deleteConstraint", "SetNull".to_owned()),
        ("referenceTo", to.to_owned()),
        ("relationshipLabel", names::shortened(&label, SET_LABEL)),
        ("relationshipName", names::api(org.prefix, &[&record.head.name.text, &field.name.text])),
    ]
}

fn type_name(ty: &FieldType) -> &'static str {
    match ty {
        FieldType::Key | FieldType::Text => "Text",
        FieldType::Integer | FieldType::Number => "Number",
        FieldType::Percent => "Percent",
        FieldType::Money(_) => "Currency",
        FieldType::Boolean => "Checkbox",
        FieldType::Date => "Date",
        FieldType::DateTime => "DateTime",
        FieldType::Choice(_) => "Picklist",
        FieldType::Choices(_) => "MultiselectPicklist",
        FieldType::User | FieldType::Reference(_) => "Lookup",
    }
}

/// A validation rule.
pub fn rule(org: &Org<'_>, rule: &Rule) -> Component {
    let object = &org.object(rule.record).api;
    let mut children = vec![
        Element::text("fullName", &rule.name),
        Element::flag("active", true),
        Element::text("description", rules::description(rule)),
        Element::text("errorConditionFormula", &rule.formula),
    ];
    children.extend(rule.display.as_ref().map(|field| Element::text("errorDisplayField", field)));
    children.push(Element::text("errorMessage", &rule.message));
    let path = format!("objects/{object}/validationRules/{}.validationRule-meta.xml", rule.name);
    let member = format!("{object}.{}", rule.name);
    component("ValidationRule", member, path, &Element::of("ValidationRule", children), &rule.clause)
}

/// The permission that switches the rules off, and the set that grants it.
pub fn bypass(org: &Org<'_>) -> [Component; 2] {
    let name = org.bypass();
    let label = format!("{} Bypass", org.prefix);
    let permission = Element::of(
        "CustomPermission",
        vec![
            Element::text(
                "description",
                "Whoever has it is not asked by the validation rules that Clausal makes.",
            ),
            Element::flag("isLicensed", false),
            Element::text("label", &label),
        ],
    );
    let set = Element::of(
        "PermissionSet",
        vec![
            Element::of(
                "customPermissions",
                vec![Element::flag("enabled", true), Element::text("name", &name)],
            ),
            Element::text(
                "description",
                "For integrations and data loads: the validation rules of the agreements do not apply.",
            ),
            Element::flag("hasActivationRequired", false),
            Element::text("label", &label),
        ],
    );
    let from = "the settings of the project";
    [
        component(
            "CustomPermission",
            name.clone(),
            format!("customPermissions/{name}.customPermission-meta.xml"),
            &permission,
            from,
        ),
        component(
            "PermissionSet",
            name.clone(),
            format!("permissionsets/{name}.permissionset-meta.xml"),
            &set,
            from,
        ),
    ]
}

/// The set that lets people see and edit the fields that are made. `None`: nothing is made.
pub fn access(org: &Org<'_>) -> Option<Component> {
    let agreement = &org.model.agreement.head;
    let mut fields = Vec::new();
    let mut objects = Vec::new();
    for id in org.model.records.ids() {
        let object = org.object(id);
        if object.origin == Origin::Made {
            objects.push(object_access(&object.api));
        }
        for (_, _, column) in org.columns(id).filter(|(_, _, c)| c.origin == Origin::Made) {
            fields.push(Element::of(
                "fieldPermissions",
                vec![
                    Element::flag("editable", true),
                    Element::text("field", format!("{}.{}", object.api, column.api)),
                    Element::flag("readable", true),
                ],
            ));
        }
    }
    if fields.is_empty() && objects.is_empty() {
        return None;
    }
    let label = format!("{} {}", org.prefix, agreement.label());
    let mut children = vec![Element::text(
        "description",
        format!("The fields of agreement `{}`. Made by Clausal.", agreement.name),
    )];
    children.extend(fields);
    children.extend([
        Element::flag("hasActivationRequired", false),
        Element::text("label", names::shortened(&label, SET_LABEL)),
    ]);
    children.extend(objects);
    let name = access_name(org);
    let path = format!("permissionsets/{name}.permissionset-meta.xml");
    let root = Element::of("PermissionSet", children);
    Some(component("PermissionSet", name, path, &root, &format!("agreement {}", agreement.name)))
}

/// The name of the set that gives access to the fields.
pub fn access_name(org: &Org<'_>) -> String {
    names::api(org.prefix, &[&org.model.agreement.head.name.text, "fields"])
}

fn object_access(api: &str) -> Element {
    let allowed = |name: &str, value| Element::flag(name, value);
    Element::of(
        "objectPermissions",
        vec![
            allowed("allowCreate", true),
            allowed("allowDelete", false),
            allowed("allowEdit", true),
            allowed("allowRead", true),
            allowed("modifyAllRecords", false),
            Element::text("object", api),
            allowed("viewAllRecords", false),
        ],
    )
}

/// Lead conversion is asked as well: without this setting it passes by every rule.
pub fn lead_conversion() -> Component {
    let root =
        Element::of("LeadConfigSettings", vec![Element::flag("shouldLeadConvertRequireValidation", true)]);
    let path = "settings/LeadConfig.settings-meta.xml".to_owned();
    component("Settings", "LeadConfig".to_owned(), path, &root, "the lifecycles of leads")
}

/// The manifest.
pub fn package(components: &[Component], version: &str, agreement: &str) -> String {
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for component in components {
        kinds.entry(component.kind).or_default().push(&component.member);
    }
    let types = kinds.into_iter().map(|(kind, mut members)| {
        members.sort_unstable();
        let members = members.into_iter().map(|m| Element::text("members", m));
        Element::of("types", members.chain([Element::text("name", kind)]).collect())
    });
    let root = Element::of("Package", types.chain([Element::text("version", version)]).collect());
    xml::print(&root, &remark(&format!("agreement {agreement}")))
}
