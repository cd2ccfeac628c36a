//! The cloud service's availability: nothing to be said of it, every example holds, and the borders of its table.

use std::path::PathBuf;

use clausal::model::Date;
use clausal::{check, project};

use crate::common::{Memory, compile, section};

const FOLDER: &str = "examples/availability";

#[test]
fn nothing_is_found_and_every_example_holds() {
    let workspace = project::load(&Memory::folder(FOLDER), &[PathBuf::from(".")]);
    // A scenario that fails would be found.
    let (_, found) = check::check(&workspace, Date { year: 2026, month: 6, day: 1 });
    assert_eq!(found, []);
}

#[test]
fn the_documents_show_where_the_border_lies() {
    let compiled = compile(&Memory::folder(FOLDER));
    let promises = section(&compiled, "Commitments");
    let border = "44 minutes down come to 99.9014% and keep the promise; 45 come to 99.8992% and break it.";
    assert!(promises.contains(border), "{promises}");
    let credits = section(&compiled, "What is paid");
    assert!(credits.contains("It can be claimed until Monday 2 March 2026 24:00"), "{credits}");
}
