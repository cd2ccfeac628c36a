//! The format of the file, as serde reads it.

use serde::Deserialize;

use super::{Dialect, Target};
use crate::yaml::Raw;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct FileFormat {
    pub out: Option<Raw<String>>,
    pub targets: Option<Vec<Target>>,
    pub rules: Entries<LevelFormat>,
    #[serde(default)]
    pub records: Entries<Option<RecordFormat>>,
    pub salesforce: Option<SalesforceFormat>,
    pub sql: Option<SqlFormat>,
    pub docs: Option<DocsFormat>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum LevelFormat {
    Error,
    Warning,
    Info,
    Off,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordFormat {
    pub salesforce: Option<SalesforceRecordFormat>,
    pub sql: Option<SqlRecordFormat>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct SalesforceRecordFormat {
    pub object: Option<Raw<String>>,
    #[serde(default)]
    pub fields: Entries<Raw<String>>,
    #[serde(default)]
    pub values: Entries<Entries<Raw<String>>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct SqlRecordFormat {
    pub table: Option<Raw<String>>,
    pub parent: Option<Raw<String>>,
    pub times: Option<Raw<String>>,
    #[serde(default)]
    pub columns: Entries<Raw<String>>,
    #[serde(default)]
    pub values: Entries<Entries<Raw<String>>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct SalesforceFormat {
    pub prefix: Option<Raw<String>>,
    pub api_version: Option<Raw<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct SqlFormat {
    pub dialects: Option<Vec<Dialect>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct DocsFormat {
    pub language: Option<Raw<String>>,
}

/// A mapping with the places of its keys, in the file's order.
pub(super) struct Entries<V>(pub Vec<(Raw<String>, V)>);

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
