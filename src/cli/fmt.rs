//! `clausal fmt`.

use super::Exit;
use super::args::FmtArgs;
use super::term::Term;

pub(super) fn run(_: &FmtArgs, term: &Term) -> Exit {
    term.complain("not yet\n");
    Exit::Trouble
}
