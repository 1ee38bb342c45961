//! The command line.

use clap::Parser;
use clinlint::cli::Cli;
use clinlint::run::run;
use clinlint::settings::Settings;
use std::io::{BufWriter, stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let settings = Settings::new(Cli::parse());
    run(&settings, &mut BufWriter::new(stdout().lock()), &mut stderr()).into()
}
