//! `clausal fmt`.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::Exit;
use super::args::FmtArgs;
use super::files::Disk;
use super::output::write;
use super::term::{Term, plural};
use crate::diagnostic::{self, Diagnostic};
use crate::project::{self, EXTENSION, Files as _, Kind, UNREADABLE};
use crate::source::{FileId, SourceFile, SourceMap, strip_bom};
use crate::syntax::format::{FormatError, format_checked};

pub(super) fn run(args: &FmtArgs, term: &Term) -> Exit {
    if args.paths == [Path::new("-")] {
        return from_stdin(args, term);
    }
    let mut run = Run { sources: SourceMap::new(), found: Vec::new(), changed: Vec::new(), same: 0 };
    for path in run.files(&args.paths) {
        run.file(&path, args.check);
    }
    run.report(args.check, term)
}

struct Run {
    sources: SourceMap,
    found: Vec<Diagnostic>,
    /// Files that were not in their canonical form.
    changed: Vec<PathBuf>,
    /// How many were.
    same: usize,
}

impl Run {
    /// The agreement files behind some paths, each once.
    fn files(&mut self, paths: &[PathBuf]) -> BTreeSet<PathBuf> {
        let mut out = BTreeSet::new();
        for path in paths {
            match Disk.kind(path) {
                Kind::Folder => match Disk.agreement_files(path) {
                    Ok(files) => out.extend(files),
                    Err(error) => self.unreadable(path, &error.to_string()),
                },
                Kind::File if path.extension().is_some_and(|e| e == EXTENSION) => {
                    out.insert(path.clone());
                }
                Kind::File => self.unreadable(path, &format!("agreement files end in `.{EXTENSION}`")),
                Kind::Missing => self.unreadable(path, "there is no such file or folder"),
            }
        }
        out
    }

    fn unreadable(&mut self, path: &Path, why: &str) {
        self.found.push(Diagnostic::error(UNREADABLE, why).in_file(path));
    }

    fn file(&mut self, path: &Path, check: bool) {
        let bytes = match Disk.read(path) {
            Ok(bytes) => bytes,
            Err(error) => return self.unreadable(path, &error.to_string()),
        };
        let text = match project::text(path, bytes) {
            Ok(text) => text,
            Err(diagnostic) => return self.found.push(*diagnostic),
        };
        match self.formatted(path, &text) {
            Some(formatted) if formatted == text => self.same += 1,
            Some(formatted) => {
                if !check && let Err(diagnostic) = write::replace(path, formatted.as_bytes()) {
                    return self.found.push(*diagnostic);
                }
                self.changed.push(path.to_owned());
            }
            None => {}
        }
    }

    /// The canonical form of a text, unless something is wrong with it.
    fn formatted(&mut self, path: &Path, text: &str) -> Option<String> {
        let id = FileId(u32::try_from(self.sources.iter().count()).unwrap_or(u32::MAX));
        match format_checked(id, text) {
            Ok(formatted) => Some(formatted),
            Err(FormatError::Syntax(diagnostics)) => {
                self.sources.add(SourceFile::new(path, strip_bom(text)));
                self.found.extend(diagnostics);
                None
            }
            Err(error @ FormatError::Changed(_)) => {
                self.found.push(
                    Diagnostic::error("syntax", format!("this file was left as it is: {error}"))
                        .in_file(path)
                        .help("This is a fault of the formatter. Please report it with the file."),
                );
                None
            }
        }
    }

    fn report(mut self, check: bool, term: &Term) -> Exit {
        diagnostic::sort(&mut self.found, &self.sources);
        term.complain(&term.findings(&self.found, &self.sources));
        for path in &self.changed {
            let verb = if check { "would change" } else { "formatted" };
            let line = format!("{verb} {}\n", path.display());
            if check { term.print(&line) } else { term.say(&line) }
        }
        let count = self.changed.len();
        if !check {
            term.say(&format!("{} changed, {} unchanged.\n", plural(count, "file"), self.same));
        } else if count > 0 {
            term.complain(&format!("{} not in canonical form: run `clausal fmt`.\n", plural(count, "file")));
        }
        let wrong = super::check::exit(&self.found, diagnostic::Severity::Error);
        wrong.max(if check && count > 0 { Exit::Findings } else { Exit::Fine })
    }
}

fn from_stdin(args: &FmtArgs, term: &Term) -> Exit {
    let mut bytes = Vec::new();
    if let Err(error) = std::io::stdin().read_to_end(&mut bytes) {
        term.complain(&format!("standard input cannot be read: {error}\n"));
        return Exit::Trouble;
    }
    let mut run = Run { sources: SourceMap::new(), found: Vec::new(), changed: Vec::new(), same: 0 };
    let path = Path::new("standard input");
    let text = match project::text(path, bytes) {
        Ok(text) => text,
        Err(diagnostic) => {
            run.found.push(*diagnostic);
            return run.report(true, term);
        }
    };
    let Some(formatted) = run.formatted(path, &text) else { return run.report(true, term) };
    if !args.check {
        term.print(&formatted);
        return Exit::Fine;
    }
    if formatted != text {
        run.changed.push(path.to_owned());
    }
    run.report(true, term)
}
