//! The program from outside, as a person or a script runs it.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    clippy::new_without_default,
    reason = "tests"
)]
#![expect(clippy::disallowed_methods, reason = "tests read and write their own files")]

#[path = "../common/fences.rs"]
mod fences;

mod build;
mod check;
mod fmt;
mod others;
mod test;
mod tour;
mod tutorial;
mod why;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run of the program came to.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A folder of its own for a test, with the program at hand.
pub struct Sandbox(tempfile::TempDir);

impl Sandbox {
    pub fn new() -> Sandbox {
        Sandbox(tempfile::tempdir().unwrap())
    }

    /// With some files in it.
    pub fn with(files: &[(&str, &str)]) -> Sandbox {
        let sandbox = Sandbox::new();
        for (path, text) in files {
            sandbox.write(path, text);
        }
        sandbox
    }

    /// With a copy of a shipped example.
    pub fn example(name: &str) -> Sandbox {
        fn copy(from: &Path, to: &Path) {
            fs::create_dir_all(to).unwrap();
            for entry in fs::read_dir(from).unwrap() {
                let entry = entry.unwrap().path();
                let target = to.join(entry.file_name().unwrap());
                let skip = ["build", "expected", "data"].iter().any(|n| entry.ends_with(n));
                if entry.is_dir() && !skip {
                    copy(&entry, &target);
                } else if entry.is_file() {
                    fs::copy(&entry, &target).unwrap();
                }
            }
        }
        let sandbox = Sandbox::new();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name), sandbox.path());
        sandbox
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    /// Replaces a text that stands once in a file.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "{from}");
        self.write(path, &text.replace(from, to));
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "", &[])
    }

    pub fn run_with(&self, args: &[&str], input: &str, env: &[(&str, &str)]) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_clausal"))
            .args(args)
            .current_dir(self.path())
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .envs(env.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The smallest agreement without a finding.
pub const SMALL: &str = "\
agreement small {
  parties    left, right
  effective  2026-01-01 to 2026-12-31
  review     every year
}

party left  {}
party right {}

role team { party left  works office }

calendar office {
  zone  Europe/Berlin
  open  mon-fri 09:00-17:00
}

channel mail { by email  reaches team }

record ticket {
  id        key
  opened    datetime
  answered  datetime  optional
}

commitment answer {
  team must answer each ticket within 4 business hours of opened
  met at    answered
}

contingency late {
  for answer
  after deadline  notify team via mail
}
";
