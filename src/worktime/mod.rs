//! Stub until the real room arrives.
#![allow(missing_docs)]
pub mod civil {
    use crate::model::Date;
    use chrono::Datelike;
    pub fn date(year: i16, month: u8, day: u8) -> Option<Date> {
        let d = chrono::NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())?;
        (1900..=2200).contains(&d.year()).then_some(Date { year, month, day })
    }
}
pub mod zone {
    pub struct TimeZone(chrono_tz::Tz);
    impl TimeZone {
        pub fn find(name: &str) -> Option<TimeZone> {
            name.parse().ok().map(TimeZone)
        }
        pub fn names() -> impl Iterator<Item = &'static str> {
            chrono_tz::TZ_VARIANTS.iter().map(|z| z.name())
        }
        pub fn name(&self) -> &str {
            self.0.name()
        }
    }
}
