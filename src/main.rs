//! The `clausal` command.

fn main() {
    let paths: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    std::process::exit(clausal::cli::check::run(&paths));
}
