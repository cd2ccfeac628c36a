//! The parser that pest makes of `grammar/clausal.pest`, and how its rules are called in front of a person.

use super::keywords::BlockWord;

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/clausal.pest"]
pub(super) struct Grammar;

/// What the end of the input is called. Never worth expecting aloud.
pub(super) const END: &str = "the end";

/// The entry point for one clause of a block.
pub(super) fn clause_rule(block: BlockWord) -> Rule {
    match block {
        BlockWord::Agreement => Rule::one_agreement_clause,
        BlockWord::Party => Rule::one_party_clause,
        BlockWord::Role => Rule::one_role_clause,
        BlockWord::Calendar => Rule::one_calendar_clause,
        BlockWord::Channel => Rule::one_channel_clause,
        BlockWord::Record => Rule::one_record_clause,
        BlockWord::Score => Rule::one_score_clause,
        BlockWord::Definition => Rule::one_definition_clause,
        BlockWord::Commitment => Rule::one_commitment_clause,
        BlockWord::Contingency => Rule::one_contingency_clause,
        BlockWord::Exception => Rule::one_exception_clause,
        BlockWord::Lifecycle => Rule::one_lifecycle_clause,
        BlockWord::Scenario => Rule::one_scenario_clause,
        BlockWord::Goal => Rule::one_goal_clause,
        BlockWord::Routing => Rule::one_routing_clause,
        BlockWord::Dispute => Rule::one_dispute_clause,
        BlockWord::Incentive => Rule::one_incentive_clause,
        BlockWord::Credit => Rule::one_credit_clause,
    }
}

/// What a rule is called in a message. `None`: not worth saying (the rule is never the one thing that is missing).
pub(super) fn human(rule: Rule) -> Option<String> {
    use Rule::*;
    let words = match rule {
        EOI => END,
        name | word | names => "a name",
        operand | bare_value => "a name or a value",
        value | values | stage => "a value such as `web` or `\"Closed Won\"`",
        string | title | prose | prose_line => "a text in quotes",
        number | level => "a number",
        points | signed => "points such as `+20`",
        percent => "a percentage such as `95%`",
        money => "an amount such as `$2M`",
        date => "a date such as `2026-03-31`",
        datetime => "a date and time such as `2026-03-06 17:55`",
        time => "a time such as `09:00`",
        year => "a year or a date",
        duration => "a duration such as `4 business hours`",
        unit | time_word => "a unit such as `business hours` or `calendar days`",
        period => "a period such as `per month`",
        period_word => "`day`, `week`, `month`, `quarter` or `year`",
        cadence | recurrence => "how often, such as `every quarter`",
        on_day | by_day | after_end => "when, such as `on monday` or `by the 2nd business day`",
        the_day => "a day such as `the 2nd business day`",
        numbered_day => "a day such as `day 15`",
        ordinal => "which one, such as `2nd`",
        at_time => "a time such as `at 10:00`",
        or_next | from_date => return None,
        weekday | weekday_range | weekdays => "days such as `mon-fri`",
        hours | time_range => "hours such as `09:00-17:30`",
        month_name => "a month such as `april`",
        zone_name => "a time zone such as `America/New_York`",
        version_text => "a version such as `1.2`",
        rule_name => "the name of a rule such as `bare-days`",
        medium => "a medium such as `slack` or `email`",
        field_type | ty_simple => "a type such as `text`, `integer` or `choice of a, b`",
        currency => "a currency such as `USD`",
        range | optional | ignoring_case | tbd | negative | negative_literal | true_false | present
        | at_least_of | blanks | least | most => return None,
        condition | paren | literal | arithmetic | arithmetic_paren => "a condition or a value",
        value_list => "a list such as `[US, CA]`",
        verb => "what is to be done (one word, or several in quotes)",
        modal => "`must`, `must not`, `should` or `may`",
        duty => "`must`, `must not` or `should`",
        article => "`each` or `a`",
        bound => "`at least` or `at most`",
        statistic => "`median`, or a percentile such as `p90`",
        field_path => "a field such as `lead.status`",
        assignment => "a value for a field, such as `country: US`",
        verdict => "a verdict such as `met`, `late` or `open`",
        l_brace => "`{`",
        r_brace => "`}`",
        l_paren => "`(`",
        r_paren => "`)`",
        l_bracket => "`[`",
        r_bracket => "`]`",
        comma => "`,`",
        colon => "`:`",
        arrow => "`->`",
        dash => "`-`",
        not => "`not`",
        or => "`or`",
        and => "`and`",
        equal | double_equal | not_equal | less_equal | greater_equal | less | greater => {
            "a comparison such as `>=`"
        }
        plus | minus | times => return None,
        is_blank | is_set => "`is blank` or `is set`",
        in_list | not_in => "`in [..]`",
        between | older | distance | starts | contains => return None,
        // Words that may as well be left out.
        kw_tbd | kw_from => return None,
        kw_cutoff => "`cutoff`",
        other => {
            let debug = format!("{other:?}");
            return debug.strip_prefix("kw_").map(|keyword| format!("`{keyword}`"));
        }
    };
    Some(words.to_owned())
}
