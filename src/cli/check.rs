//! `clausal check`.

use std::path::PathBuf;

use super::files::Disk;
use crate::diagnostic::human::{self, Characters, Colour, Style};
use crate::diagnostic::{self};
use crate::project;

pub fn run(paths: &[PathBuf]) -> i32 {
    let workspace = project::load(&Disk, paths);
    let mut all = workspace.diagnostics.clone();
    for project in &workspace.projects {
        for entry in &project.entries {
            let r = project.resolve(*entry);
            all.extend(r.diagnostics);
        }
    }
    diagnostic::sort(&mut all, &workspace.sources);
    let style = Style { width: 100, colour: Colour::Never, characters: Characters::Unicode };
    anstream::print!("{}", human::render(&all, &workspace.sources, style));
    anstream::println!("{} findings", all.len());
    i32::from(!all.is_empty())
}
