//! Why something cannot be evaluated (yet).

use crate::model::{Slot, Tbd};

/// What is missing before a commitment can be measured, in words that follow "because".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    what: String,
    /// Whether the authors left it open; otherwise an error has been reported.
    open_point: Option<Tbd>,
}

impl Gap {
    pub(super) fn new(what: impl Into<String>) -> Gap {
        Gap { what: what.into(), open_point: None }
    }

    /// The gap that a slot without a value leaves.
    pub(super) fn of<T>(slot: &Slot<T>, what: &str) -> Gap {
        match slot.tbd() {
            Some(tbd) if tbd.what.is_empty() => {
                Gap { what: format!("{what} is still to be decided"), open_point: Some(tbd.clone()) }
            }
            Some(tbd) => Gap {
                what: format!("{what} is still to be decided ({})", tbd.what),
                open_point: Some(tbd.clone()),
            },
            None => Gap::new(format!("{what} is not known")),
        }
    }

    /// The point the authors left open, if that is why.
    pub fn open_point(&self) -> Option<&Tbd> {
        self.open_point.as_ref()
    }
}

impl std::fmt::Display for Gap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Gap {}

/// The value of a slot, or what is missing.
pub(super) fn known<'a, T>(slot: &'a Slot<T>, what: &str) -> Result<&'a T, Gap> {
    slot.get().ok_or_else(|| Gap::of(slot, what))
}
