//! `clausal init`: a small agreement that works, commented for somebody who has never seen one.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::Exit;
use super::args::InitArgs;
use super::term::Term;

const FILES: [(&str, &str); 2] =
    [("agreement.clause", include_str!("agreement.clause")), ("clausal.yaml", include_str!("clausal.yaml"))];

pub(super) fn run(args: &InitArgs, term: &Term) -> Exit {
    let taken: Vec<String> = FILES
        .iter()
        .map(|(name, _)| args.dir.join(name))
        .filter(|path| fs::symlink_metadata(path).is_ok())
        .map(|path| path.display().to_string())
        .collect();
    if !taken.is_empty() {
        term.complain(&format!(
            "{} there already; nothing was written. Name another folder: `clausal init my-agreement`.\n",
            match taken.as_slice() {
                [one] => format!("{one} is"),
                many => format!("{} are", many.join(" and ")),
            }
        ));
        return Exit::Trouble;
    }
    for (name, text) in FILES {
        let path = args.dir.join(name);
        if let Err(error) = write_new(&path, text) {
            term.complain(&format!("{} cannot be written: {error}\n", path.display()));
            return Exit::Trouble;
        }
        term.say(&format!("wrote {}\n", path.display()));
    }
    let arg = if args.dir == Path::new(".") { String::new() } else { format!(" {}", args.dir.display()) };
    term.say(&format!(
        "\nRead agreement.clause from top to bottom, change it to say what you agreed, then:\n  \
         clausal check{arg}    finds what is ambiguous or missing\n  \
         clausal build{arg}    writes the documents, CRM rules and queries\n"
    ));
    Exit::Fine
}

/// Writes a file that must not exist yet.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}
