//! Channels: how notices travel.

use super::{Cadence, Duration, Head, Id, Role, Slot, TimeOfDay, Weekday};

/// A `channel` block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Name, title, place, notes.
    pub head: Head,
    /// The medium.
    pub by: Slot<Medium>,
    /// Where exactly: `#lead-alerts`, an address, a queue.
    pub address: Option<String>,
    /// Who is reached.
    pub reaches: Vec<Slot<Id<Role>>>,
    /// How soon a notice is answered.
    pub answered: Option<Slot<Duration>>,
    /// For meetings: when they are held.
    pub meets: Option<Meeting>,
}

/// The medium of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Medium {
    Slack,
    Teams,
    Email,
    Task,
    Phone,
    Meeting,
    Ticket,
    Dashboard,
}

impl Medium {
    /// Every medium with the word the language has for it.
    pub const ALL: [(Medium, &'static str); 8] = [
        (Medium::Slack, "slack"),
        (Medium::Teams, "teams"),
        (Medium::Email, "email"),
        (Medium::Task, "task"),
        (Medium::Phone, "phone"),
        (Medium::Meeting, "meeting"),
        (Medium::Ticket, "ticket"),
        (Medium::Dashboard, "dashboard"),
    ];

    /// The word the language has for it.
    pub fn word(self) -> &'static str {
        Medium::ALL[self as usize].1
    }

    /// The name to print in a document.
    pub fn label(self) -> &'static str {
        match self {
            Medium::Slack => "Slack",
            Medium::Teams => "Microsoft Teams",
            Medium::Email => "E-mail",
            Medium::Task => "CRM task",
            Medium::Phone => "Phone",
            Medium::Meeting => "Meeting",
            Medium::Ticket => "Ticket",
            Medium::Dashboard => "Dashboard",
        }
    }
}

/// `meets every week on monday at 10:00`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// How often.
    pub every: Cadence,
    /// On which weekday, if stated.
    pub on: Option<Weekday>,
    /// At what time, if stated.
    pub at: Option<TimeOfDay>,
}

impl std::fmt::Display for Meeting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.every)?;
        if let Some(on) = self.on {
            write!(f, " on {}", on.name())?;
        }
        self.at.map_or(Ok(()), |at| write!(f, " at {at}"))
    }
}
