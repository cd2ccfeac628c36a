//! From the file to the settings.

use std::collections::BTreeMap;

use super::format::{
    Entries, FileFormat, LevelFormat, SalesforceFormat, SalesforceRecordFormat, SqlRecordFormat,
};
use super::{
    Bindings, Bound, Config, Docs, RecordBinding, Salesforce, SalesforceRecord, Sql, SqlRecord, Times,
};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::FileId;
use crate::yaml::{self, CONFIG, Placed, Raw};

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
