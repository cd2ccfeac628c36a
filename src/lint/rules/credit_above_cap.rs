//! `credit-above-cap`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::credit::{Credit, CreditCap, CreditRow};
use crate::model::words::payment;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-above-cap",
    summary: "a credit that is never paid in full, for its cap is lower",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("credit_above_cap.md"),
};

fn never_in_full(credit: &Credit, row: &CreditRow, cap: &CreditCap, which: Which) -> Diagnostic {
    let name = &credit.head.name;
    let (pays, most) = (words(row), words_of_cap(cap));
    let message = match which {
        Which::All => format!("no credit of `{name}` is ever paid in full"),
        Which::Some => format!("`{name}` never pays {pays}: at most {most} are paid"),
    };
    Diagnostic::warning(RULE.name, message)
        .at(row.span, format!("pays {pays}"))
        .also(cap.span, format!("never more than {most}"))
        .note("Who signs for the credit reads the row, and who pays it reads the cap.")
        .help("Raise the cap, or write what is really paid.")
}

/// Whether all credits are above their cap, or only the larger ones.
#[derive(Clone, Copy)]
enum Which {
    All,
    Some,
}

fn words(row: &CreditRow) -> String {
    row.pays.amount().map_or_else(String::new, |(amount, _)| payment(&row.pays, amount))
}

fn words_of_cap(cap: &CreditCap) -> String {
    cap.most.amount().map_or_else(String::new, |(amount, _)| payment(&cap.most, amount))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for credit in context.model.credits.values() {
        let Some(cap) = &credit.cap else { continue };
        let above = |row: &&CreditRow| {
            let both = row.pays.amount().zip(cap.most.amount());
            both.is_some_and(|((pays, of), (most, whole))| of == whole && pays > most)
        };
        // Payments grow: if the first is too much, so are all.
        if let Some(row) = credit.rows.iter().find(above) {
            let which = if credit.rows.iter().all(|row| above(&row)) { Which::All } else { Which::Some };
            out.push(never_in_full(credit, row, cap, which));
        }
    }
}
