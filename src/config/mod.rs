//! `clausal.yaml`: where artifacts go, which rules speak how loudly, and what the records are called outside.
//!
//! Every setting has a default; a project without the file is a project with all of them. Unknown settings are errors.
//! The serde structs in `format` are the file's format and nothing else; [`Config`] is what the program uses. The same
//! format is described for editors in `editors/clausal.schema.json` (a test holds the two together).

mod format;
mod read;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::{Applicability, Diagnostic, Severity, nearest};
use crate::source::Span;
use crate::yaml::{CONFIG, Placed};

pub use read::read;

/// The name of the file.
pub const FILE_NAME: &str = "clausal.yaml";

/// The settings of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The folder for artifacts, relative to the project's root.
    pub out: String,
    /// Which targets `build` makes when none are named.
    pub targets: Vec<Target>,
    /// How loudly rules speak: `None` is `off`.
    pub rules: BTreeMap<String, Placed<Option<Severity>>>,
    /// What records are called outside.
    pub records: BTreeMap<String, Placed<RecordBinding>>,
    /// Settings of the Salesforce target.
    pub salesforce: Salesforce,
    /// Settings of the SQL target.
    pub sql: Sql,
    /// Settings of the document target.
    pub docs: Docs,
}

/// A kind of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// Markdown and HTML.
    Docs,
    /// Salesforce DX source.
    Salesforce,
    /// Queries and calendar tables.
    Sql,
}

impl Target {
    /// Every target.
    pub const ALL: [Target; 3] = [Target::Docs, Target::Salesforce, Target::Sql];

    /// Its name on the command line, in `clausal.yaml` and as a folder.
    pub fn name(self) -> &'static str {
        match self {
            Target::Docs => "docs",
            Target::Salesforce => "salesforce",
            Target::Sql => "sql",
        }
    }
}

/// What one record is called outside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordBinding {
    /// In Salesforce.
    pub salesforce: SalesforceRecord,
    /// In the database.
    pub sql: SqlRecord,
}

/// A record in Salesforce.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SalesforceRecord {
    /// API name of the object, such as `Lead` or `Deal__c`. `None`: the standard object of that name, else a custom one.
    pub object: Option<Placed<String>>,
    /// Field by field, the API name of a field that exists already. Fields that are not listed are created.
    pub fields: Bindings,
    /// Field by field, the picklist value behind each value of the agreement.
    pub values: BTreeMap<String, Placed<Bindings>>,
}

/// A record in the database.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SqlRecord {
    /// `schema.table` or `table`. `None`: the record's own name.
    pub table: Option<Placed<String>>,
    /// Of a child record, the column that holds its parent's key. `None`: the parent's name with `_id` behind it.
    pub parent: Option<Placed<String>>,
    /// How its moments are stored.
    pub times: Times,
    /// Field by field, the column. Fields that are not listed are in columns of their own names.
    pub columns: Bindings,
    /// Field by field, the stored value behind each value of the agreement.
    pub values: BTreeMap<String, Placed<Bindings>>,
}

/// Names of the agreement and what they are called outside, in the file's order.
pub type Bindings = BTreeMap<String, Bound>;

/// One name outside, with both places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Where the agreement's name stands.
    pub key: Span,
    /// The name outside.
    pub to: Placed<String>,
}

/// How the moments of a table are stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Times {
    /// As moments that know their zone (`timestamptz`, or text with an offset).
    Instant,
    /// Without a zone, in UTC.
    #[default]
    Utc,
    /// Without a zone, on the wall clock of this IANA zone.
    Zone(Placed<String>),
}

/// Settings of the Salesforce target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salesforce {
    /// What the names of everything it makes begin with.
    pub prefix: Placed<String>,
    /// Version of the metadata format.
    pub api_version: String,
}

/// Settings of the SQL target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sql {
    /// For which databases queries are written.
    pub dialects: Vec<Dialect>,
}

/// A database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// PostgreSQL.
    Postgres,
    /// DuckDB.
    Duckdb,
    /// SQLite.
    Sqlite,
}

impl Dialect {
    /// Every database.
    pub const ALL: [Dialect; 3] = [Dialect::Postgres, Dialect::Duckdb, Dialect::Sqlite];

    /// Its name in `clausal.yaml` and as a folder.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Postgres => "postgres",
            Dialect::Duckdb => "duckdb",
            Dialect::Sqlite => "sqlite",
        }
    }
}

/// Settings of the document target.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Docs {
    /// BCP 47 tag of the language the texts are in, for screen readers.
    pub language: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        let prefix = Placed { value: "SLA".to_owned(), span: Span::default() };
        Config {
            out: "build".to_owned(),
            targets: Target::ALL.to_vec(),
            rules: BTreeMap::new(),
            records: BTreeMap::new(),
            salesforce: Salesforce { prefix, api_version: "68.0".to_owned() },
            sql: Sql { dialects: Dialect::ALL.to_vec() },
            docs: Docs::default(),
        }
    }
}

impl Config {
    /// Reports rules in the settings that do not exist.
    pub fn unknown_rules(&self, known: &[&str]) -> Vec<Diagnostic> {
        let unknown = self.rules.iter().filter(|(name, _)| !known.contains(&name.as_str()));
        unknown
            .map(|(name, level)| {
                let out = Diagnostic::error(CONFIG, format!("there is no rule `{name}`"));
                match nearest(name, known.iter().copied()) {
                    Some(near) => out.at(level.span, format!("did you mean `{near}`?")).fix(
                        format!("write `{near}`"),
                        Applicability::Suggested,
                        level.span,
                        near,
                    ),
                    None => out.at(level.span, "not known").help("`clausal explain` lists every rule."),
                }
            })
            .collect()
    }
}
