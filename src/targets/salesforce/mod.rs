//! Salesforce: an SFDX source tree for each agreement, with a page for the admin who deploys it.
//!
//! `org` decides what records and fields are called there, `formula` says conditions in the language of formulas, `rules`
//! makes validation rules of clauses, `metadata` and `hours` print components. What a rule cannot say is listed on the page
//! and reported. A later kind of clause is a file in `rules` that makes rules, or gaps, or both.
//!
//! A component that several agreements share (a field, a value set, the bypass) has the same name and the same bytes in
//! each of their trees; [`clashes`] reports where it has not.

mod formula;
mod hours;
mod metadata;
mod names;
mod org;
mod page;
mod rules;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use super::{Artifact, Output};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Model;
use crate::yaml::CONFIG;
use hours::BusinessHours;
use metadata::Component;
use org::Org;
use rules::Rules;

/// Where components lie.
const SOURCE: &str = "force-app/main/default";

/// Makes the source tree of an agreement, in a folder with its name.
pub fn generate(model: &Model, config: &Config) -> Output {
    let (org, mut diagnostics) = Org::of(model, config);
    if diagnostics.iter().any(|d| d.severity == Severity::Error) {
        return Output { artifacts: Vec::new(), diagnostics };
    }
    let rules = Rules::of(&org);
    diagnostics.extend(rules.diagnostics(&org));
    let hours = BusinessHours::of(model, org.prefix);
    let components = components(&org, &rules, &hours);
    diagnostics.extend(doubles(model, &components));
    let page = page::print(&org, &rules, &hours, &components);
    Output { artifacts: tree(model, config, &components, page), diagnostics }
}

/// Everything that is deployed.
fn components(org: &Org<'_>, rules: &Rules, hours: &BusinessHours) -> Vec<Component> {
    let mut out = metadata::records(org);
    out.extend(rules.rules.iter().map(|rule| metadata::rule(org, rule)));
    out.extend(metadata::access(org));
    if !rules.rules.is_empty() {
        out.extend(metadata::bypass(org));
    }
    let lifecycles = org.model.lifecycles.values().filter_map(|l| l.record.get());
    if lifecycles.into_iter().any(|record| org.object(*record).api == "Lead") {
        out.push(metadata::lead_conversion());
    }
    out.extend(hours.component());
    out
}

/// Two components with one name: possible only where the hashes of two names begin alike.
fn doubles(model: &Model, components: &[Component]) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for component in components {
        if !seen.insert(component.path.to_lowercase()) {
            let message = format!("two things would be `{}` in Salesforce", component.member);
            out.push(
                Diagnostic::error(CONFIG, message)
                    .at(model.agreement.head.name.span, "in this agreement")
                    .help("Rename one of the two things it is named after."),
            );
        }
    }
    out
}

fn tree(model: &Model, config: &Config, components: &[Component], page: String) -> Vec<Artifact> {
    let name = &model.agreement.head.name.text;
    let mut out = vec![Artifact::text(format!("{name}/README.md"), page)];
    if !components.is_empty() {
        let version = &config.salesforce.api_version;
        let package = metadata::package(components, version, name);
        out.push(Artifact::text(format!("{name}/manifest/package.xml"), package));
        out.push(Artifact::text(format!("{name}/sfdx-project.json"), project(name, version)));
        let files =
            components.iter().map(|c| Artifact::text(format!("{name}/{SOURCE}/{}", c.path), c.text.as_str()));
        out.extend(files);
    }
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

/// `sfdx-project.json`.
fn project(name: &str, version: &str) -> String {
    let project = serde_json::json!({
        "packageDirectories": [{ "path": "force-app", "default": true }],
        "name": name,
        "namespace": "",
        "sfdcLoginUrl": "https://login.salesforce.com",
        "sourceApiVersion": version,
    });
    format!("{project:#}\n")
}

/// Components that two agreements share and make in different ways. Business hours are added to one another when they are
/// deployed, so only they may differ.
pub fn clashes(made: &[(&Model, &Output)]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, (&Model, &[u8])> = BTreeMap::new();
    let mut out = Vec::new();
    for (model, output) in made {
        for artifact in &output.artifacts {
            let Some((_, path)) = artifact.path.split_once(&format!("/{SOURCE}/")) else { continue };
            if path == "settings/BusinessHours.settings-meta.xml" {
                continue;
            }
            match seen.get(&path.to_lowercase()) {
                Some((first, bytes)) if **bytes != *artifact.bytes => out.push(clash(path, model, first)),
                Some(_) => {}
                None => {
                    seen.insert(path.to_lowercase(), (model, &artifact.bytes));
                }
            }
        }
    }
    out
}

fn clash(path: &str, model: &Model, first: &Model) -> Diagnostic {
    let (name, other) = (&model.agreement.head.name, &first.agreement.head.name);
    let file = path.rsplit('/').next().unwrap_or(path);
    let what = file.split('.').next().unwrap_or(file);
    Diagnostic::error(CONFIG, format!("`{name}` and `{other}` each make `{what}` in Salesforce, in different ways"))
        .at(name.span, "one of the two")
        .also(other.span, "the other")
        .note("There is one such thing in Salesforce: whoever deploys last would change it for the other agreement.")
        .help("Declare the record in a file that both agreements `use`, or bind the field in `clausal.yaml`.")
}
