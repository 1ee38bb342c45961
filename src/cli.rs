//! The command line: definitions only.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Finds clinical statements that contradict: doses, onset times, numbers needed to treat, contraindications.
#[derive(Debug, Parser)]
#[command(name = "clinlint", version, arg_required_else_help = true, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// When to colour the output; `auto` colours on a terminal unless NO_COLOR is set
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report statements that contradict, inside each article and between articles
    #[command(after_help = EXIT_STATUS)]
    Check(Check),
    /// List the statements that were understood
    Claims(Claims),
    /// Print the page of a lint: what it reports, why, and examples
    Explain {
        /// Code of the lint, such as dose/start
        code: String,
    },
    /// List the lints
    Lints {
        /// How to print them
        #[arg(long, value_enum, default_value_t = LintsFormat::Table)]
        format: LintsFormat,
    },
}

const EXIT_STATUS: &str = "Exit status: 0 when nothing reaches the failing severity, 1 when something does, \
2 when a path could not be read or the run itself failed.";

/// Which articles to read, and how.
#[derive(Args, Debug)]
pub struct Input {
    /// Articles, or folders of articles (.md, .markdown, .mdx, .html, .htm, .txt)
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// Threads that read articles; as many as there are processors if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
}

/// Arguments of `check`.
#[derive(Args, Debug)]
pub struct Check {
    /// Which articles.
    #[command(flatten)]
    pub input: Input,

    /// How to print the findings
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub format: CheckFormat,

    /// The least confidence of a finding to report it: low shows those, too, where the condition or the patients had to
    /// be guessed
    #[arg(long, value_enum, default_value_t = Confidence::Medium)]
    pub confidence: Confidence,

    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "SEVERITY")]
    pub fail_on: FailOn,

    /// Print no progress and no closing summary
    #[arg(long, short)]
    pub quiet: bool,
}

/// Arguments of `claims`.
#[derive(Args, Debug)]
pub struct Claims {
    /// Which articles.
    #[command(flatten)]
    pub input: Input,

    /// How to print the claims
    #[arg(long, value_enum, default_value_t = ClaimsFormat::Table)]
    pub format: ClaimsFormat,
}

/// Formats of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// Annotated passages
    Human,
    /// One object
    Json,
}

/// Formats of `claims`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ClaimsFormat {
    /// A table for each article
    Table,
    /// One JSON object a line
    Jsonl,
}

/// Formats of `lints`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LintsFormat {
    /// One lint a line
    Table,
    /// One array
    Json,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// In a file or pipe, too
    Always,
    /// Not at all
    Never,
}

/// Confidence as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Confidence {
    /// Something was guessed
    Low,
    /// Something is left unsaid
    Medium,
    /// Everything is said
    High,
}

/// Severity as it is typed, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Note,
    /// Nothing: the exit status is 0 whatever is found
    Never,
}
