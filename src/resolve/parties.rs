//! The agreement, its parties, roles and channels.

use std::collections::BTreeMap;

use super::Resolver;
use super::calendars::TIMEZONE;
use super::clauses::Once;
use super::names::Entry;
use super::values::DurationUse;
use crate::diagnostic::{Applicability, Diagnostic, names, nearest};
use crate::model::agreement::{Capacity, Member};
use crate::model::channel::Meeting;
use crate::model::{
    Agreement, Channel, ClockRule, Effective, Id, Medium, Party, Review, Role, ScenarioStep, Settlement,
    Slot, Zone,
};
use crate::model::{Calendar, PassageKind};
use crate::source::Span;
use crate::syntax::ast::{
    self, AgreementClause, ChannelClause, OrTbd, PartyClause, RoleClause, Spanned, Word, WordValue,
};

impl Resolver<'_> {
    pub(super) fn parties(&mut self) {
        for entry in self.blocks.parties.clone() {
            let (mut signatory, mut contact) = (Once::new("signatory"), Once::new("contact"));
            for clause in &entry.block.clauses {
                match &clause.node {
                    PartyClause::Signatory(value) => {
                        let value = self.slot(value, |_, word| Some(word.node.clone()));
                        signatory.set(self, clause.span, value);
                    }
                    PartyClause::Contact(word) => contact.set(self, clause.span, word.node.clone()),
                    PartyClause::Note(_) => {}
                }
            }
            let head = self.head(entry, |c| match c {
                PartyClause::Note(prose) => Some(prose),
                _ => None,
            });
            self.parties.push(Party { head, signatory: signatory.get(), contact: contact.get() });
        }
    }

    pub(super) fn roles(&mut self) {
        for entry in self.blocks.roles.clone() {
            let role = self.role(entry);
            self.roles.push(role);
        }
        self.reporting_circles();
    }

    fn role(&mut self, entry: Entry<'_, RoleClause>) -> Role {
        let (mut party, mut works, mut reports_to) =
            (Once::new("party"), Once::new("works"), Once::new("reports to"));
        let (mut headcount, mut handles) = (Once::new("headcount"), Once::new("handles"));
        let (mut on_call, mut contact) = (Once::new("on call"), Once::new("contact"));
        let mut members = Vec::new();
        for clause in &entry.block.clauses {
            let span = clause.span;
            match &clause.node {
                RoleClause::Party(name) => {
                    let slot = self.find_slot(name);
                    party.set(self, span, slot);
                }
                RoleClause::Works(name) => {
                    let slot = self.find_slot(name);
                    works.set(self, span, slot);
                }
                RoleClause::Member(who, works) => self.member(who, works, span, &mut members),
                RoleClause::ReportsTo(name) => {
                    let slot = self.find_slot(name);
                    reports_to.set(self, span, slot);
                }
                RoleClause::Headcount(value) => {
                    let slot = self.count_slot(value);
                    headcount.set(self, span, slot);
                }
                RoleClause::Handles(amount, of, per) => {
                    let amount = self.slot(amount, Self::whole);
                    let of = match of {
                        OrTbd::Known(word) => self.find_subject(word),
                        OrTbd::Tbd(tbd) => Slot::Tbd(self.open_point(tbd)),
                    };
                    handles.set(self, span, Capacity { amount, of, per: per.node, span });
                }
                RoleClause::OnCall(name) => {
                    let slot = self.find_slot(name);
                    on_call.set(self, span, slot);
                }
                RoleClause::Contact(word) => contact.set(self, span, word.node.clone()),
                RoleClause::Note(_) => {}
            }
        }
        Role {
            head: self.head(entry, |c| match c {
                RoleClause::Note(prose) => Some(prose),
                _ => None,
            }),
            party: party.get(),
            works: works.get(),
            members,
            reports_to: reports_to.get(),
            headcount: headcount.get(),
            handles: handles.get(),
            contact: contact.get(),
            on_call: on_call.get(),
        }
    }

    /// `member "Ana Ruiz" works emea_office`.
    fn member(&mut self, who: &Word, works: &ast::Reference, span: Span, members: &mut Vec<Member>) {
        let works = self.find_slot(works);
        if who.node.trim().is_empty() {
            let help = Some(
                "Write the name as the CRM has it, such as `member \"Ana Ruiz\" works emea_office`.".into(),
            );
            return self.invalid(who.span, "this member has no name".into(), "empty", help);
        }
        if let Some(first) = members.iter().find(|member| member.name == who.node) {
            self.diagnostics.push(
                Diagnostic::error(
                    super::clauses::DUPLICATE_CLAUSE,
                    format!("the hours of `{}` stand here twice", who.node),
                )
                .at(span, "again here")
                .also(first.span, "first here")
                .help("Keep one of them."),
            );
            return;
        }
        members.push(Member { name: who.node.clone(), works, span });
    }

    /// A role that reports, by whatever way, to itself.
    fn reporting_circles(&mut self) {
        let above =
            |roles: &crate::model::Arena<Role>, id: Id<Role>| roles[id].reports_to.as_ref()?.get().copied();
        // From where each role was first met.
        let mut met: Vec<Option<Id<Role>>> = vec![None; self.roles.len()];
        for first in self.roles.ids() {
            let mut at = Some(first);
            while let Some(next) = at.filter(|role| met[role.index()].is_none()) {
                met[next.index()] = Some(first);
                at = above(&self.roles, next);
            }
            // Whoever is met again on the same way stands in a circle.
            let Some(again) = at.filter(|role| met[role.index()] == Some(first)) else { continue };
            let mut chain = vec![again];
            let mut at = above(&self.roles, again);
            while let Some(next) = at.filter(|next| *next != again) {
                chain.push(next);
                at = above(&self.roles, next);
            }
            // It is told from the one that was declared first.
            let earliest = chain.iter().enumerate().min_by_key(|(_, role)| **role).map_or(0, |(at, _)| at);
            chain.rotate_left(earliest);
            let start = chain[0];
            let name = |id: &Id<Role>| self.roles[*id].head.name.clone();
            let words: Vec<String> = chain.iter().map(|r| name(r).text).collect();
            let above = |i: usize| name(chain.get(i + 1).unwrap_or(&start));
            let message = match words.as_slice() {
                [one] => format!("`{one}` reports to itself"),
                many => format!("{} report to one another in a circle", names(many, "and")),
            };
            let mut out = Diagnostic::error("reporting-circle", message)
                .at(name(&start).span, format!("reports to `{}`", above(0)))
                .note("An escalation along this line would never reach anybody who can decide.")
                .help("Remove one `reports to`.");
            for (i, role) in chain.iter().enumerate().skip(1).take(super::order::MAX_SHOWN) {
                out = out.also(name(role).span, format!("reports to `{}`", above(i)));
            }
            self.diagnostics.push(out);
        }
    }

    pub(super) fn channels(&mut self) {
        for entry in self.blocks.channels.clone() {
            let channel = self.channel(entry);
            self.channels.push(channel);
        }
    }

    fn channel(&mut self, entry: Entry<'_, ChannelClause>) -> Channel {
        let (mut by, mut reaches) = (Once::new("by"), Once::new("reaches"));
        let (mut answered, mut meets) = (Once::new("answered"), Once::new("meets"));
        for clause in &entry.block.clauses {
            let span = clause.span;
            match &clause.node {
                ChannelClause::By(medium, address) => {
                    let medium = self.slot(medium, Self::medium);
                    by.set(self, span, (medium, address.as_ref().map(|a| a.node.clone())));
                }
                ChannelClause::Reaches(names) => {
                    let slots = self.find_slots(names);
                    reaches.set(self, span, slots);
                }
                ChannelClause::Answered(value) => {
                    let slot = self.duration_slot(value, DurationUse::Duty);
                    answered.set(self, span, slot);
                }
                ChannelClause::Meets(cadence, on, at) => {
                    let every = self.cadence(cadence);
                    let at = at.as_ref().and_then(|t| self.time(t));
                    if let Some(every) = every {
                        meets.set(self, span, Meeting { every, on: *on, at });
                    }
                }
                ChannelClause::Note(_) => {}
            }
        }
        let name = &entry.block.name;
        if !by.is_set() {
            self.missing(
                entry.state,
                name.span,
                format!("channel `{}` does not say how notices travel", name.node),
                "Add a `by` clause, such as `by slack \"#lead-alerts\"` or `by email`.",
            );
        }
        let (by, address) = by.get().unwrap_or((Slot::Broken, None));
        Channel {
            head: self.head(entry, |c| match c {
                ChannelClause::Note(prose) => Some(prose),
                _ => None,
            }),
            by,
            address,
            reaches: reaches.get().unwrap_or_default(),
            answered: answered.get(),
            meets: meets.get(),
        }
    }

    fn medium(&mut self, word: &Word) -> Option<Medium> {
        if let Some((medium, _)) = Medium::ALL.into_iter().find(|(_, name)| *name == word.node) {
            return Some(medium);
        }
        let known = Medium::ALL.map(|(_, name)| name);
        let out =
            Diagnostic::error(super::names::UNDEFINED, format!("there is no medium called `{}`", word.node));
        let near = match word.node.as_str() {
            "mail" | "e_mail" => Some("email"),
            "call" | "telephone" => Some("phone"),
            "msteams" => Some("teams"),
            other => nearest(other, known),
        };
        let out = if let Some(near) = near {
            out.at(word.span, format!("did you mean `{near}`?")).fix(
                format!("write `{near}`"),
                Applicability::Suggested,
                word.span,
                near,
            )
        } else {
            out.at(word.span, "not known").help(format!("Channels go by {}.", names(&known, "or")))
        };
        self.diagnostics.push(out);
        None
    }

    pub(super) fn agreement(&mut self) -> Option<Agreement> {
        let entry = self.blocks.agreements.first().copied()?;
        for other in self.blocks.agreements.clone().into_iter().skip(1) {
            self.second_agreement(&entry.block.name, &other.block.name);
        }
        let (mut parties, mut effective, mut purpose) =
            (Once::new("parties"), Once::new("effective"), Once::new("purpose"));
        let (mut review, mut settlement, mut version) =
            (Once::new("review"), Once::new("settled by"), Once::new("version"));
        let (mut zone, mut fiscal) = (Once::new("zone"), Once::new("fiscal year"));
        for clause in &entry.block.clauses {
            let span = clause.span;
            match &clause.node {
                AgreementClause::Parties(names) => {
                    let slots = self.find_slots(names);
                    parties.set(self, span, slots);
                }
                AgreementClause::Effective(from, to) => {
                    let value = self.effective(from, to.as_ref(), span);
                    effective.set(self, span, value);
                }
                AgreementClause::Purpose(value) => {
                    let slot = self.prose_slot(PassageKind::Purpose, entry.block.name.span, value);
                    purpose.set(self, span, slot);
                }
                AgreementClause::Review(every, led_by, next) => {
                    let every = self.slot(every, Self::cadence);
                    let led_by = led_by.as_ref().map(|name| self.find_slot(name));
                    let next = next.as_ref().map(|date| self.date_slot(date));
                    review.set(self, span, Review { every, led_by, next, span });
                }
                AgreementClause::Settled(by, within) => {
                    let by = self.find_slot(by);
                    let within = within.as_ref().map(|d| self.duration_slot(d, DurationUse::Duty));
                    settlement.set(self, span, Settlement { by, within, span });
                }
                AgreementClause::Version(word) => version.set(self, span, word.node.clone()),
                AgreementClause::Zone(value) => {
                    let slot = self.slot(value, Self::zone);
                    zone.set(self, span, slot);
                }
                AgreementClause::FiscalYear(month) => fiscal.set(self, span, *month),
                AgreementClause::Note(_) => {}
            }
        }
        if !parties.is_set() {
            self.missing(
                entry.state,
                entry.block.name.span,
                format!("agreement `{}` does not say who its parties are", entry.block.name.node),
                "Add `parties` with their names, such as `parties marketing, sales`.",
            );
        }
        let zone = match zone.with_span() {
            Some((slot, _)) => slot.get().cloned(),
            None => self.shared_zone(&entry.block.name),
        };
        Some(Agreement {
            head: self.head(entry, |c| match c {
                AgreementClause::Note(prose) => Some(prose),
                _ => None,
            }),
            parties: parties.get().unwrap_or_default(),
            effective: effective.get(),
            purpose: purpose.get(),
            review: review.get(),
            settlement: settlement.get(),
            version: version.get(),
            zone,
            fiscal_year_starts: fiscal.get().unwrap_or(1),
        })
    }

    fn second_agreement(&mut self, first: &Word, second: &Word) {
        let out = Diagnostic::error(
            super::clauses::DUPLICATE_CLAUSE,
            "there are two agreements where one is expected",
        )
        .at(second.span, "the second")
        .also(first.span, "the first");
        let out = if first.span.file == second.span.file {
            out.help("Put each agreement into a file of its own; what both need goes into a third one that they `use`.")
        } else {
            out.help(
                "A file with an agreement cannot be used by another. Move what both need into a file without one.",
            )
        };
        self.diagnostics.push(out);
    }

    fn effective(&mut self, from: &WordValue, to: Option<&WordValue>, span: Span) -> Effective {
        let from_slot = self.date_slot(from);
        let to_slot = to.map(|date| self.date_slot(date));
        if let (Some(first), Some(Some(last))) = (from_slot.get(), to_slot.as_ref().map(Slot::get))
            && self.ordered(*first, *last, span).is_none()
        {
            return Effective { from: from_slot, to: Some(Slot::Broken), span };
        }
        Effective { from: from_slot, to: to_slot, span }
    }

    /// The zone that every calendar the roles and commitments use is in. Reports when there are several.
    fn shared_zone(&mut self, name: &Word) -> Option<Zone> {
        let works = self.roles.values().flat_map(|r| r.works.iter().chain(&r.on_call));
        let members = self.roles.values().flat_map(|r| r.members.iter().map(|member| &member.works));
        let clocks = self.commitments.values().flat_map(|c| c.clock.calendars());
        let stated: Vec<&Slot<Id<Calendar>>> = works.chain(members).chain(clocks).collect();
        let used: Vec<Id<Calendar>> = stated.iter().filter_map(|slot| slot.get().copied()).collect();
        let mut zones: BTreeMap<Zone, Span> = BTreeMap::new();
        for calendar in &used {
            let calendar = &self.calendars[*calendar];
            if let Some(zone) = calendar.zone.get() {
                zones.entry(zone.clone()).or_insert(calendar.head.name.span);
            }
        }
        // A calendar that is open or broken has been spoken of, and its zone will be the agreement's.
        let all_known = used.len() == stated.len() && used.iter().all(|c| self.calendars[*c].zone.is_set());
        if zones.is_empty() && all_known && self.counts_days() && !self.awaits_a_calendar() {
            self.diagnostics.push(
                Diagnostic::error(
                    TIMEZONE,
                    format!(
                        "agreement `{}` does not say in which time zone its days and months are",
                        name.node
                    ),
                )
                .at(name.span, "no `zone`, and no calendar that has one")
                .note(
                    "A deadline late on the 31st counts in this month or in the next, depending on the zone.",
                )
                .help("Add a `zone` clause to the agreement, such as `zone America/New_York`."),
            );
        }
        if zones.len() > 1 {
            let mut out = Diagnostic::error(
                TIMEZONE,
                format!("agreement `{}` does not say in which time zone its days and months are", name.node),
            )
            .at(name.span, "its calendars are in several");
            for (zone, span) in &zones {
                out = out.also(*span, format!("this one is in {zone}"));
            }
            let first = zones.keys().next().map(ToString::to_string).unwrap_or_default();
            self.diagnostics.push(
                out.note(
                    "A deadline late on the 31st counts in this month or in the next, depending on the zone.",
                )
                .help(format!("Add a `zone` clause to the agreement, such as `zone {first}`.")),
            );
            return None;
        }
        zones.into_keys().next()
    }
}

impl Resolver<'_> {
    /// Whether a promise in business time has no calendar yet: that will be said, and the calendar brings its zone.
    fn awaits_a_calendar(&self) -> bool {
        self.commitments.values().any(|c| {
            let by_business = c.tiers().iter().filter_map(|t| t.limit.get()).any(|l| l.unit.is_business());
            let works = c.actor.get().is_some_and(|role| self.roles[*role].works.is_some());
            by_business && matches!(c.clock, ClockRule::Role | ClockRule::Member(_)) && !works
        })
    }

    /// Whether anything in the agreement depends on where a day begins.
    fn counts_days(&self) -> bool {
        !self.commitments.is_empty()
            || self.definitions.values().any(|d| d.condition.counts_time())
            || self.scores.values().any(crate::model::Score::counts_time)
            || self
                .routings
                .values()
                .flat_map(|r| &r.routes)
                .filter_map(|r| r.when.as_ref())
                .any(crate::model::Predicate::counts_time)
            || self.scenarios.values().any(|s| s.steps.iter().any(|s| matches!(s, ScenarioStep::Now(..))))
    }
}

/// A word and its place, for values read from parts of a clause.
pub(super) fn word_at(text: &str, span: Span) -> Word {
    Spanned::new(text.to_owned(), span)
}
