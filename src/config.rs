//! `clausal.yaml`: where artifacts go, which rules speak how loudly, and what the records are called outside.
//!
//! Every setting has a default; a project without the file is a project with all of them. Unknown settings are errors.
//! The serde structs here are the file's format and nothing else; [`Config`] is what the program uses. The same format
//! is described for editors in `editors/clausal.schema.json` (a test holds the two together).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::{Applicability, Diagnostic, Severity, nearest};
use crate::source::{FileId, Span};
use crate::yaml::{self, CONFIG, Placed, Raw};

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

// ------------------------------------------------------------------------------------------------- the file's format

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct FileFormat {
    out: Option<Raw<String>>,
    targets: Option<Vec<Target>>,
    rules: Entries<LevelFormat>,
    #[serde(default)]
    records: Entries<Option<RecordFormat>>,
    salesforce: Option<SalesforceFormat>,
    sql: Option<SqlFormat>,
    docs: Option<DocsFormat>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum LevelFormat {
    Error,
    Warning,
    Info,
    Off,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RecordFormat {
    salesforce: Option<SalesforceRecordFormat>,
    sql: Option<SqlRecordFormat>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct SalesforceRecordFormat {
    object: Option<Raw<String>>,
    #[serde(default)]
    fields: Entries<Raw<String>>,
    #[serde(default)]
    values: Entries<Entries<Raw<String>>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct SqlRecordFormat {
    table: Option<Raw<String>>,
    parent: Option<Raw<String>>,
    times: Option<Raw<String>>,
    #[serde(default)]
    columns: Entries<Raw<String>>,
    #[serde(default)]
    values: Entries<Entries<Raw<String>>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct SalesforceFormat {
    prefix: Option<Raw<String>>,
    api_version: Option<Raw<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct SqlFormat {
    dialects: Option<Vec<Dialect>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct DocsFormat {
    language: Option<Raw<String>>,
}

/// A mapping with the places of its keys, in the file's order.
struct Entries<V>(Vec<(Raw<String>, V)>);

impl<V> Default for Entries<V> {
    fn default() -> Self {
        Entries(Vec::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Entries<V> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<V>(std::marker::PhantomData<V>);
        impl<'de, V: Deserialize<'de>> serde::de::Visitor<'de> for Visitor<V> {
            type Value = Entries<V>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("names with values")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
            // A name with nothing behind it: `records:`.
            fn visit_none<E>(self) -> Result<Self::Value, E> {
                Ok(Entries::default())
            }
            fn visit_some<D: serde::Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Self::Value, D::Error> {
                deserializer.deserialize_map(self)
            }
        }
        deserializer.deserialize_option(Visitor(std::marker::PhantomData))
    }
}

// ------------------------------------------------------------------------------------------------------- file → config

/// Reads the settings. What cannot be read is reported, and defaults take its place.
pub fn read(file: FileId, text: &str) -> (Config, Vec<Diagnostic>) {
    match yaml::read::<Option<FileFormat>>(file, text) {
        Ok(format) => {
            let mut reader = Reader { file, diagnostics: Vec::new() };
            let config = reader.config(format.unwrap_or_default());
            (config, reader.diagnostics)
        }
        Err(diagnostic) => (Config::default(), vec![*diagnostic]),
    }
}

struct Reader {
    file: FileId,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn config(&mut self, format: FileFormat) -> Config {
        let default = Config::default();
        let rules = format.rules.0.into_iter().map(|(name, level)| {
            let level = match level {
                LevelFormat::Error => Some(Severity::Error),
                LevelFormat::Warning => Some(Severity::Warning),
                LevelFormat::Info => Some(Severity::Info),
                LevelFormat::Off => None,
            };
            let name = yaml::place(self.file, name);
            (name.value, Placed { value: level, span: name.span })
        });
        let rules = rules.collect();
        let records = format.records.0.into_iter().map(|(name, record)| {
            let (name, record) = (yaml::place(self.file, name), record.unwrap_or_default());
            let binding = RecordBinding {
                salesforce: self.salesforce_record(record.salesforce.unwrap_or_default()),
                sql: self.sql_record(record.sql.unwrap_or_default()),
            };
            (name.value, Placed { value: binding, span: name.span })
        });
        let records = records.collect();
        Config {
            out: self.out(format.out).unwrap_or(default.out),
            targets: format.targets.unwrap_or(default.targets),
            rules,
            records,
            salesforce: self.salesforce(format.salesforce.unwrap_or_default(), default.salesforce),
            sql: Sql { dialects: format.sql.and_then(|s| s.dialects).unwrap_or(default.sql.dialects) },
            docs: Docs { language: format.docs.and_then(|d| d.language).map(|l| l.value) },
        }
    }

    /// The folder for artifacts: below the root, and not the root itself.
    fn out(&mut self, raw: Option<Raw<String>>) -> Option<String> {
        let out = yaml::place(self.file, raw?);
        let path = std::path::Path::new(&out.value);
        let inside = !out.value.trim().is_empty()
            && path.components().all(|c| matches!(c, std::path::Component::Normal(_)));
        if !inside {
            self.diagnostics.push(
                Diagnostic::error(CONFIG, format!("`{}` is not a folder inside the project", out.value))
                    .at(out.span, "artifacts go below the folder of this file")
                    .help("Write a plain name such as `build`. On the command line `--out` may name any folder."),
            );
            return None;
        }
        Some(out.value)
    }

    fn bindings(&self, entries: Entries<Raw<String>>) -> Bindings {
        let bind = |(key, value)| {
            let key = yaml::place(self.file, key);
            (key.value, Bound { key: key.span, to: yaml::place(self.file, value) })
        };
        entries.0.into_iter().map(bind).collect()
    }

    fn values(&self, entries: Entries<Entries<Raw<String>>>) -> BTreeMap<String, Placed<Bindings>> {
        let bind = |(field, values)| {
            let field: Placed<String> = yaml::place(self.file, field);
            (field.value, Placed { value: self.bindings(values), span: field.span })
        };
        entries.0.into_iter().map(bind).collect()
    }

    fn salesforce_record(&self, format: SalesforceRecordFormat) -> SalesforceRecord {
        SalesforceRecord {
            object: format.object.map(|o| yaml::place(self.file, o)),
            fields: self.bindings(format.fields),
            values: self.values(format.values),
        }
    }

    fn sql_record(&self, format: SqlRecordFormat) -> SqlRecord {
        let times = match format.times.map(|t| yaml::place(self.file, t)) {
            None => Times::default(),
            Some(times) => match times.value.as_str() {
                "utc" => Times::Utc,
                "instant" => Times::Instant,
                _ => Times::Zone(times),
            },
        };
        SqlRecord {
            table: format.table.map(|t| yaml::place(self.file, t)),
            parent: format.parent.map(|p| yaml::place(self.file, p)),
            times,
            columns: self.bindings(format.columns),
            values: self.values(format.values),
        }
    }

    fn salesforce(&mut self, format: SalesforceFormat, default: Salesforce) -> Salesforce {
        let prefix = match format.prefix.map(|p| yaml::place(self.file, p)) {
            None => default.prefix,
            Some(prefix) if is_api_prefix(&prefix.value) => prefix,
            Some(prefix) => {
                self.diagnostics.push(
                    Diagnostic::error(CONFIG, format!("`{}` cannot begin a Salesforce name", prefix.value))
                        .at(prefix.span, "at most 10 letters and digits, a letter first")
                        .help("Write a short word such as `SLA`."),
                );
                default.prefix
            }
        };
        let api_version = match format.api_version.map(|v| yaml::place(self.file, v)) {
            None => default.api_version,
            Some(version) if is_api_version(&version.value) => version.value,
            Some(version) => {
                self.diagnostics.push(
                    Diagnostic::error(
                        CONFIG,
                        format!("`{}` is not a version of the Salesforce API", version.value),
                    )
                    .at(version.span, "a number such as 68.0")
                    .help("Write the number of a version, or leave this line out."),
                );
                default.api_version
            }
        };
        Salesforce { prefix, api_version }
    }
}

fn is_api_prefix(text: &str) -> bool {
    text.len() <= 10
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}

fn is_api_version(text: &str) -> bool {
    let Some((major, minor)) = text.split_once('.') else { return false };
    minor == "0" && (2..=3).contains(&major.len()) && major.bytes().all(|b| b.is_ascii_digit())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str) -> Vec<String> {
        read(FileId(0), text).1.into_iter().map(|d| d.message).collect()
    }

    #[test]
    fn nothing_means_the_defaults() {
        for text in
            ["", "# only a comment\n", "records:\n", "rules: {}\n", "sql:\ndocs:\nsalesforce:\nout:\n"]
        {
            assert_eq!(read(FileId(0), text), (Config::default(), vec![]), "{text:?}");
        }
    }

    #[test]
    fn bindings_keep_their_places() {
        let text =
            "records:\n  lead:\n    sql:\n      table: crm.leads\n      columns:\n        größe: size\n";
        let (config, diagnostics) = read(FileId(0), text);
        assert_eq!(diagnostics, vec![]);
        let bound = &config.records["lead"].value.sql.columns["größe"];
        assert_eq!(&text[bound.key.range()], "größe");
        assert_eq!(&text[bound.to.span.range()], "size");
    }

    #[test]
    fn what_is_wrong_is_said_at_its_place() {
        let text = "out: build\noput: x\n";
        let (_, diagnostics) = read(FileId(0), text);
        let label = diagnostics[0].primary.clone().unwrap();
        assert_eq!((&text[label.span.range()], label.text.as_str()), ("oput", "did you mean `out`?"));
        assert_eq!(errors("targets: [docs, pdf]\n"), ["`pdf` cannot be chosen here"]);
        assert_eq!(errors("out: a\nout: b\n"), ["this setting is given twice"]);
        assert_eq!(errors("out: ../other\n"), ["`../other` is not a folder inside the project"]);
        assert_eq!(errors("salesforce: { prefix: \"1x\" }\n").len(), 1);
        assert_eq!(errors("- a\n"), ["settings are needed here, each as `name: value`"]);
        assert_eq!(errors("out: [a\n").len(), 1);
        assert_eq!(errors(&"[".repeat(10_000)).len(), 1);
    }
}
