//! What the documents say must be what the agreement says: sentences that were once read the wrong way, in both media.

use crate::support::{Documents, of_text};

/// What a reader sees of both documents, without links, marks and tags; each as one line.
fn seen(documents: &Documents) -> [String; 2] {
    let mut html = String::new();
    let main = documents.html.split("<main").nth(1).expect("the text");
    for part in main.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if !["a", "strong", "code", "em", "mark", "wbr"].contains(&name) {
            html.push(' ');
        }
        html.push_str(text);
    }
    let mut markdown = String::new();
    let mut rest = documents.markdown.as_str();
    while let Some(at) = rest.find("](#") {
        markdown.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = &rest[rest.find(')').expect("the end of a link") + 1..];
    }
    markdown.push_str(rest);
    let plain = |text: String| {
        let text = text.replace("&#39;", "'").replace("&amp;", "&");
        let text = text.replace(['[', '*', '`', '|', '\\'], " ").replace(" ,", ",").replace(" .", ".");
        text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" :", ":")
    };
    [plain(html), plain(markdown)]
}

/// The part of a text that begins like another one.
fn near<'t>(text: &'t str, this: &str) -> &'t str {
    let begins = (1..=this.len()).rev().find_map(|n| text.find(this.get(..n)?)).unwrap_or(0);
    let rest = text.get(begins..).unwrap_or_default();
    rest.char_indices().nth(400).and_then(|(end, _)| rest.get(..end)).unwrap_or(rest)
}

/// Both documents say all of these, and none of those.
fn say(agreement: &str, these: &[&str], not_those: &[&str]) {
    for text in seen(&of_text(agreement)) {
        for this in these {
            assert!(text.contains(this), "`{this}` is not in {}", near(&text, this));
        }
        for that in not_those {
            assert!(!text.contains(that), "`{that}` is in it");
        }
    }
}

const SUPPORT: &str = r#"
agreement a "A" { parties m, s  effective 2026-01-01 to 2027-12-31  zone UTC }
party m "M" {}
party s "S" {}
calendar always "Round the clock" { zone UTC  open all day  covers 2026 to 2028 }
calendar amer "Americas" { zone America/New_York  open mon-fri 08:00-20:00  covers 2026 to 2028 }
role support "Support" { party s  works amer }
record ticket "Ticket" {
  id           key
  severity     choice of s1, s2
  stars        integer 1..5  optional
  reason       text          optional
  opened_at    datetime
  asked_at     datetime  optional
  closed_at    datetime  optional
  answered_at  datetime  optional
}
definition bad "Bad ticket" { means ticket where severity = s1  since opened_at }
"#;

fn support(more: &str) -> String {
    format!("{SUPPORT}{more}")
}

#[test]
fn a_time_to_wait_is_forbidden_once_and_not_twice() {
    say(
        &support(
            "commitment wait { support must not close each ticket sooner than 5 business days after opened_at
             done at closed_at }",
        ),
        &[
            "S: must not close any Ticket sooner than 5 business days after Opened at.",
            "must not close any Ticket sooner than 5 business days after Opened at every item",
        ],
        &["not sooner than"],
    );
}

#[test]
fn a_prohibition_says_what_it_forbids_wherever_it_stands() {
    let condition = "must not close any Ticket when Closed at is filled, and it is not a Bad ticket";
    let documents = of_text(&support(
        "commitment no_close { support must not close a ticket when closed_at is set and not bad }",
    ));
    for text in seen(&documents) {
        // In the summary, in its table, and in the clause itself.
        assert_eq!(text.matches(condition).count(), 3);
        assert!(!text.contains("at all times"));
    }
    say(
        &support(
            "commitment no_close { support must not close a ticket without reason when closed_at is set }",
        ),
        &["must not close any Ticket without Reason when Closed at is filled"],
        &["without Reason.", "without Reason never"],
    );
}

#[test]
fn what_cannot_be_has_no_example() {
    let tiers = "commitment first {
      support must answer each ticket
      within 30 minutes of opened_at       when severity = s1
      within 2 business days of opened_at  otherwise
      met at  answered_at
      clock   always when severity = s1
      clock   amer otherwise
    }
    contingency late { for first  after deadline set reason to late }";
    say(
        &support(tiers),
        &[
            "Within 30 minutes, by Round the clock:",
            "Within 2 business days, by Americas:",
            "The dates are those of the first example under",
        ],
        &["Within 30 minutes, by Americas", "Within 2 business days, by Round the clock"],
    );
    // Where both may be, both are shown; so they are where nobody can tell.
    let clocks = "clock always when stars >= 3\n clock amer otherwise";
    let both = tiers.replace("clock   always when severity = s1\n      clock   amer otherwise", clocks);
    say(
        &support(&both),
        &[
            "Within 30 minutes, by Round the clock:",
            "Within 30 minutes, by Americas:",
            "Within 2 business days, by Round the clock:",
            "Within 2 business days, by Americas:",
        ],
        &[],
    );
    // A calendar that two rows name, and the hours of the role for the rest.
    let rest = "clock always when severity = s1\n clock always when stars = 5";
    let rest = tiers.replace("clock   always when severity = s1\n      clock   amer otherwise", rest);
    say(
        &support(&rest),
        &["Within 30 minutes, by Round the clock:", "Within 2 business days, by Americas:"],
        &["Within 30 minutes, by Americas"],
    );
}

#[test]
fn a_stretch_over_midnight_names_both_days() {
    say(
        &support(
            "commitment first { support must answer each ticket within 2 business hours of opened_at
             met at answered_at  clock always }",
        ),
        &["Thursday 1 to Friday 2 January 2026 23:30 to 01:30 2 hours"],
        &[],
    );
}

#[test]
fn times_of_another_zone_carry_it() {
    let member = r#"
agreement a "A" { parties m, s  effective 2026-01-01 to 2027-12-31  zone America/Denver }
party m "M" {}
party s "S" {}
calendar denver "Denver" { zone America/Denver  open mon-fri 08:00-17:00  covers 2026 to 2028 }
calendar london "London" { zone Europe/London  open mon-fri 09:00-17:30  covers 2026 to 2028 }
role boss "Boss" { party s  works london }
role ae "AE" { party m  works london }
channel handoffs "Slack" { by slack "h"  reaches ae }
record meeting "Meeting" { id key  held_at datetime  judged_at datetime optional }
commitment judge { ae must judge each meeting within 1 business day of held_at  met at judged_at  target 95% per month }
contingency silent { for judge  before deadline by 3 business hours  remind ae via handoffs }
contingency slump { when judge below 85% for 2 consecutive months  then boss must present "a plan" within 2 business days }
"#;
    say(
        member,
        &[
            "the clock starts Friday 2 January 2026 17:00 GMT",
            "Monday 5 January 2026 14:30 GMT",
            "The dates are those of the example under Judge, in London time (Europe/London).",
            "shows on Saturday 28 February 2026 24:00. What follows is due Tuesday 3 March 2026 17:30 GMT",
        ],
        &[],
    );
    let same = member.replace("Europe/London", "America/Denver");
    say(&same, &[], &["GMT", "MST", "MDT", ", in Denver time"]);
}

#[test]
fn the_summary_says_from_when_and_what_counts() {
    say(
        &support(
            "commitment reply { support must answer each ticket within 2 business days of asked_at  met at answered_at }
             commitment close { support must close each bad within 2 business days of opened_at  met at closed_at }
             commitment chase { support must chase each bad
               within 4 business hours of asked_at when stars = 1
               within 2 business days of asked_at otherwise  met at answered_at }
             commitment happy { support must close at least 90% of bad per month  met when stars >= 4 }
             commitment many { support must close at least 20 bad per month  met when stars >= 4 }
             commitment give { support may reopen a bad within 1 business day of closed_at with reason when stars = 1
               done at asked_at }",
        ),
        &[
            "answer each Ticket within 2 business days of Asked at;",
            "close each Bad ticket within 2 business days;",
            "chase each Bad ticket within 4 business hours or 2 business days of Asked at, by case;",
            "close at least 90% of all Bad tickets every month (met when Stars is at least 4);",
            "close at least 20 Bad tickets every month (counted when Stars is at least 4);",
            "may reopen any Bad ticket within 1 business day of Closed at with Reason filled when Stars is 1.",
        ],
        &[],
    );
}

#[test]
fn an_excuse_keeps_its_condition() {
    say(
        &support(
            "commitment reply { support must answer each ticket within 2 business days of opened_at  met at answered_at }
             exception fair \"Trade fair\" { excuses reply when severity = s2 and stars < 3  until 2026-03-01 }
             exception move \"The move\" { excuses reply  until 2026-02-01 }",
        ),
        &["Under Trade fair (only when Severity is s2, and Stars is less than 3) and The move."],
        &[],
    );
}

#[test]
fn only_days_that_a_month_may_lack_are_explained() {
    let hold = |day: &str| {
        support(&format!("commitment hold {{ support must hold \"a review\" every month on {day} }}"))
    };
    let lacks = "with fewer such days";
    for day in ["the 2nd tuesday", "the 4th friday", "day 15", "day 28"] {
        say(&hold(day), &[], &[lacks]);
    }
    for day in ["day 29", "day 31", "the 21st business day"] {
        say(&hold(day), &[lacks], &[]);
    }
}

#[test]
fn a_field_that_is_needed_is_named_once() {
    let steps = "record lead \"Lead\" { id key  status choice of new, lost  reason choice of price, no_response optional }
      lifecycle l of lead.status { start new  new -> lost by support requires reason reason in [no_response]  end lost }";
    say(&support(steps), &["Reason: no_response"], &["Reason and Reason"]);
}

#[test]
fn a_reward_over_another_period_says_what_makes_it() {
    let text = support(
        "commitment reply { support must answer each bad within 2 business days of opened_at  met at answered_at
           target 95% per month }
         commitment many { support must close at least 20 bad per month }
         incentive i { pays $500 per quarter when reply met  pays $100 per quarter when many met
           pays $50 per month when many met  pays $10 per quarter when reply at least 90% }",
    );
    say(
        &text,
        &[
            "Reply is met, over all that counts in the quarter, taken together",
            "Many is met in each month that ends in the quarter",
            "USD 50 per month Support Many is met USD 10",
            "at least 90% of Reply is met, over all that counts in the quarter, taken together",
        ],
        &[],
    );
}

#[test]
fn a_pattern_over_periods_says_what_is_counted() {
    say(
        &support(
            "commitment many { support must close at least 20 bad per month }
             contingency c { when many missed 2 times in a quarter  then support must present \"a plan\" within 5 business days }",
        ),
        &["Many is missed 2 times in a quarter; each month that ends in it counts once."],
        &[],
    );
}
