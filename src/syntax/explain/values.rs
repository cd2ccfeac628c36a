//! Values as people write them elsewhere: what to try at the place where a text breaks.

use super::repair::{Broken, Repair};
use super::{amounts, dates};

/// Guesses at a value at the place where a text breaks, or right before it.
pub(super) fn guesses(broken: &Broken<'_>) -> Vec<Repair> {
    let index = broken.index();
    let mut out = Vec::new();
    out.extend(amounts::period(broken, index));
    out.extend(amounts::currency(broken));
    out.extend(dates::days(broken));
    for index in [Some(index), index.checked_sub(1), index.checked_sub(2)].into_iter().flatten() {
        let Some(token) = broken.token(index) else { continue };
        out.extend(dates::year(broken, token));
        out.extend(dates::date(broken, index, token));
        out.extend(dates::hours(token));
        out.extend(dates::time(broken, index, token));
        out.extend(amounts::money(broken, index, token));
        out.extend(amounts::percent(broken, index, token));
        out.extend(amounts::number(token));
        out.extend(amounts::duration(broken, index, token));
    }
    out
}
