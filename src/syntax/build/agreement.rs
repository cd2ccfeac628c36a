//! Clauses of `agreement`, `party`, `role` and `channel`.

use pest::iterators::Pair;

use super::values::weekday;
use super::{Builder, child};
use crate::syntax::ast::{AgreementClause, ChannelClause, OrTbd, PartyClause, RoleClause, Spanned};
use crate::syntax::grammar::Rule;
use crate::syntax::keywords::MONTHS;

impl Builder<'_> {
    pub(super) fn agreement(&mut self, pair: &Pair<'_, Rule>) -> Option<AgreementClause> {
        Some(match pair.as_rule() {
            Rule::parties => AgreementClause::Parties(self.references(pair)),
            Rule::effective => {
                let mut dates = self.values(pair, Rule::date).into_iter();
                AgreementClause::Effective(dates.next()?, dates.next())
            }
            Rule::purpose => AgreementClause::Purpose(self.text_value(pair)?),
            Rule::review => {
                let cadence = match child(pair, Rule::tbd) {
                    Some(tbd) => OrTbd::Tbd(self.tbd(&tbd)),
                    None => OrTbd::Known(self.cadence(&child(pair, Rule::cadence)?)?),
                };
                let led_by = child(pair, Rule::led_by).and_then(|p| self.reference(&p));
                let next = child(pair, Rule::next).and_then(|p| self.value(&p, Rule::date));
                AgreementClause::Review(cadence, led_by, next)
            }
            Rule::settled => {
                let within = child(pair, Rule::within).and_then(|p| self.duration_value(&p));
                AgreementClause::Settled(self.reference(pair)?, within)
            }
            Rule::version => {
                let word = child(pair, Rule::string)
                    .map(|s| self.string(&s))
                    .or_else(|| child(pair, Rule::version_text).map(|v| self.word(&v)))?;
                AgreementClause::Version(word)
            }
            Rule::zone => AgreementClause::Zone(self.value(pair, Rule::zone_name)?),
            Rule::fiscal => {
                let month = child(pair, Rule::month_name)?.as_str().to_ascii_lowercase();
                let index = MONTHS.iter().position(|m| *m == month)?;
                AgreementClause::FiscalYear(u8::try_from(index + 1).ok()?)
            }
            Rule::note => AgreementClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }

    pub(super) fn party(&mut self, pair: &Pair<'_, Rule>) -> Option<PartyClause> {
        Some(match pair.as_rule() {
            Rule::signatory => PartyClause::Signatory(self.value(pair, Rule::string)?),
            Rule::contact => PartyClause::Contact(self.string(&child(pair, Rule::string)?)),
            Rule::note => PartyClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }

    pub(super) fn role(&mut self, pair: &Pair<'_, Rule>) -> Option<RoleClause> {
        Some(match pair.as_rule() {
            Rule::of_party => RoleClause::Party(self.reference(pair)?),
            Rule::works => RoleClause::Works(self.reference(pair)?),
            Rule::member => {
                RoleClause::Member(self.string(&child(pair, Rule::string)?), self.reference(pair)?)
            }
            Rule::reports_to => RoleClause::ReportsTo(self.reference(pair)?),
            Rule::headcount => RoleClause::Headcount(self.value(pair, Rule::number)?),
            Rule::handles => {
                // The amount comes first: with two open points, the first is the amount.
                let mut parts = pair
                    .clone()
                    .into_inner()
                    .filter(|p| matches!(p.as_rule(), Rule::tbd | Rule::number | Rule::name));
                let amount = parts.next()?;
                let amount = match amount.as_rule() {
                    Rule::tbd => OrTbd::Tbd(self.tbd(&amount)),
                    _ => OrTbd::Known(self.word(&amount)),
                };
                let of = parts.next()?;
                let of = match of.as_rule() {
                    Rule::tbd => OrTbd::Tbd(self.tbd(&of)),
                    _ => OrTbd::Known(self.name(&of)),
                };
                RoleClause::Handles(amount, of, self.period(&child(pair, Rule::period)?)?)
            }
            Rule::on_call => RoleClause::OnCall(self.reference(pair)?),
            Rule::contact => RoleClause::Contact(self.string(&child(pair, Rule::string)?)),
            Rule::note => RoleClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }

    pub(super) fn channel(&mut self, pair: &Pair<'_, Rule>) -> Option<ChannelClause> {
        Some(match pair.as_rule() {
            Rule::by_medium => {
                let medium = match child(pair, Rule::tbd) {
                    Some(tbd) => OrTbd::Tbd(self.tbd(&tbd)),
                    None => OrTbd::Known(self.word(&child(pair, Rule::medium)?)),
                };
                ChannelClause::By(medium, child(pair, Rule::string).map(|s| self.string(&s)))
            }
            Rule::reaches => ChannelClause::Reaches(self.references(pair)),
            Rule::answered => ChannelClause::Answered(self.duration_value(pair)?),
            Rule::meets => {
                let on = match child(pair, Rule::meets_on) {
                    Some(on) => Some(weekday(child(&on, Rule::weekday)?.as_str())?),
                    None => None,
                };
                let at = child(pair, Rule::meets_at).and_then(|p| child(&p, Rule::time));
                let at = at.map(|t| Spanned::new(t.as_str().to_owned(), self.span(&t)));
                ChannelClause::Meets(self.cadence(&child(pair, Rule::cadence)?)?, on, at)
            }
            Rule::note => ChannelClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }
}
