//! From what was typed, and what the terminal is, to settings that need no
//! more questions.

use crate::cli::{
    self, ClaimsFormat, Cli, Command, DiffFormat, FactsFormat, Import, Line, Lints, LintsCommand, LintsFormat,
    LookupFormat, Output, Vocabulary, When,
};
use crate::finding::{Confidence, Severity};
use crate::knowledge::Folders;
use crate::report::human::Style;
use clap_complete::Shell;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

/// All that a run needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What to do.
    pub action: Action,
    /// How output looks.
    pub out: Style,
    /// How messages beside it look.
    pub err: Style,
    /// Whether a progress bar may be drawn.
    pub progress: bool,
}

/// What to do.
#[derive(Clone, Debug)]
pub enum Action {
    /// Report contradictions.
    Check(Check),
    /// Say why two lines are not reported against each other.
    WhyNot {
        /// Which articles.
        input: Input,
        /// The two lines.
        lines: Box<[Line; 2]>,
        /// The least confidence that is reported, if typed.
        confidence: Option<Confidence>,
    },
    /// List claims.
    Claims {
        /// Which articles.
        input: Input,
        /// How to print them.
        format: ClaimsFormat,
        /// Whether to list what became no claim instead.
        unread: bool,
    },
    /// Compare claims of other machines.
    Compare {
        /// What is read beside them.
        beside: Beside,
        /// The least confidence that is reported, if typed.
        confidence: Option<Confidence>,
        /// The least severity that fails the run, if typed; `Some(None)` never fails.
        fail_on: Option<Option<Severity>>,
    },
    /// Print what every article says about drugs, or list the drugs.
    Facts {
        /// Which articles; of its paths, those that are none are names of drugs.
        input: Input,
        /// Names of drugs, as typed.
        drugs: Vec<String>,
        /// How to print them.
        format: FactsFormat,
    },
    /// Write copies of Word documents with comments.
    Review(Review),
    /// Write a page of what disagrees and what is said of each drug.
    Report {
        /// Which articles.
        input: Input,
        /// The file that it is written to.
        output: PathBuf,
        /// The least confidence that is shown, if typed.
        confidence: Option<Confidence>,
    },
    /// List what a change does to the claims.
    Diff {
        /// The revision before it.
        revision: String,
        /// Which articles.
        input: Input,
        /// How to print them.
        format: DiffFormat,
    },
    /// Remove the caches, or say where they are.
    Cache(cli::Cache),
    /// Write a configuration into a folder.
    Init(PathBuf),
    /// Print the settings that are in force for a file.
    Config {
        /// The file.
        file: PathBuf,
        /// What is read beside it.
        beside: Beside,
    },
    /// Print the JSON Schema of the configuration.
    Schema,
    /// Print the page of a lint.
    Explain {
        /// Its code, as typed.
        code: String,
        /// What is read beside it.
        beside: Beside,
    },
    /// Print a completion script.
    Completions(Shell),
    /// Print a man page: of a command, or of the whole.
    Man(Option<String>),
    /// Serve an editor.
    Serve,
    /// List lints.
    Lints {
        /// How to print them.
        format: LintsFormat,
        /// What is read beside the built-in ones.
        beside: Beside,
    },
    /// Run the examples of the lints that are named beside the built-in ones.
    TestLints(Beside),
    /// Print what a name stands for.
    Lookup {
        /// The name, as typed.
        name: String,
        /// How to print it.
        format: LookupFormat,
        /// What is read beside the built-in files.
        beside: Beside,
    },
    /// Make a vocabulary file from a release of RxNorm.
    Rxnorm {
        /// The names of its concepts.
        file: PathBuf,
        /// The folder that is written to.
        output: PathBuf,
    },
    /// Print the JSON Schema of a lint file.
    LintSchema,
}

/// Which articles to read, and how.
#[derive(Clone, Debug)]
pub struct Input {
    /// Files and folders, as typed; empty where none is.
    pub paths: Vec<PathBuf>,
    /// What is on standard input, if it is to be read.
    pub stdin: Option<Stdin>,
    /// What is read beside them.
    pub beside: Beside,
    /// Whether what earlier runs understood may be used, and what this one does kept.
    pub cached: bool,
    /// How many threads; 0 leaves it to the machine.
    pub threads: usize,
}

/// What is read beside articles.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The configuration, if one is named.
    pub config: Option<PathBuf>,
    /// Folders that extend what is built in.
    pub folders: Folders,
}

/// What is on standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stdin {
    /// An article, known by this path.
    Article(PathBuf),
    /// Articles as JSON lines.
    Lines,
}

/// How to review Word documents.
#[derive(Clone, Debug)]
pub struct Review {
    /// Which articles.
    pub input: Input,
    /// The folder of the copies.
    pub folder: PathBuf,
    /// Whether copies that are there are replaced.
    pub force: bool,
    /// The least confidence that is commented on, if typed.
    pub confidence: Option<Confidence>,
}

/// How to check.
#[derive(Clone, Debug)]
pub struct Check {
    /// Which articles.
    pub input: Input,
    /// How to print findings, and where to; never empty.
    pub outputs: Vec<Output>,
    /// Whether to print how much each lint found.
    pub statistics: bool,
    /// The least confidence that is reported, if typed.
    pub confidence: Option<Confidence>,
    /// The least severity that fails the run, if typed; `Some(None)` never
    /// fails.
    pub fail_on: Option<Option<Severity>>,
    /// The least share of an article that has to be understood, in percent, if
    /// typed.
    pub least_understood: Option<u8>,
    /// Whether the edits that findings bring are made.
    pub fix: Fix,
    /// The revision since which something must have changed to be reported.
    pub since: Option<String>,
    /// What is done with the findings that were there before.
    pub baseline: Baseline,
    /// Whether the summary is left out.
    pub quiet: bool,
    /// Whether to print what was compared, and why.
    pub verbose: bool,
}

/// Whether the edits that findings bring are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    /// They are not.
    Leave,
    /// They are shown as lines that go and lines that come.
    Show,
    /// They are made.
    Make,
}

/// What is done with the findings that were there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// They are not reported. The file is the configuration's where none is
    /// typed; none there, either, leaves out nothing.
    Use {
        /// The file, if typed.
        file: Option<PathBuf>,
        /// Whether what is fixed is taken out of the file.
        prune: bool,
    },
    /// What is found is written to a file.
    Write(PathBuf),
}

impl Settings {
    /// Settles what was typed with the environment and the terminal.
    pub fn new(cli: Cli) -> Self {
        let terminal = Terminal::here();
        let quiet = matches!(&cli.command, Command::Check(check) if check.quiet);
        Self {
            out: Style {
                links: terminal.links(cli.hyperlinks, supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout)),
                ..terminal.style(cli.color, std::io::stdout().is_terminal())
            },
            err: terminal.style(cli.color, std::io::stderr().is_terminal()),
            progress: std::io::stderr().is_terminal() && !terminal.build_server && !quiet,
            action: cli.command.into(),
        }
    }
}

impl From<Command> for Action {
    fn from(command: Command) -> Self {
        match command {
            Command::Check(mut check) => match <[Line; 2]>::try_from(std::mem::take(&mut check.why_not)) {
                Ok(lines) => Self::WhyNot {
                    lines: Box::new(lines),
                    confidence: check.confidence.map(Confidence::from),
                    input: check.input.into(),
                },
                Err(_) => Self::Check(check.into()),
            },
            Command::Claims(cli::Claims { input, format, unread }) => {
                let usual = if input.stdin_jsonl { ClaimsFormat::Keyed } else { ClaimsFormat::Table };
                Self::Claims { input: input.into(), format: format.unwrap_or(usual), unread }
            }
            Command::Compare(compare) => Self::Compare {
                beside: compare.beside.into(),
                confidence: compare.confidence.map(Confidence::from),
                fail_on: compare.fail_on.map(Option::from),
            },
            Command::Facts(facts) => Self::Facts { input: facts.input.into(), drugs: facts.drug, format: facts.format },
            Command::Report(report) => Self::Report {
                input: report.input.into(),
                output: report.output,
                confidence: report.confidence.map(Confidence::from),
            },
            Command::Diff(diff) => {
                Self::Diff { revision: diff.revision, input: diff.input.into(), format: diff.format }
            }
            Command::Review(review) => Self::Review(Review {
                input: review.input.into(),
                folder: review.output_dir,
                force: review.force,
                confidence: review.confidence.map(Confidence::from),
            }),
            Command::Cache(cache) => Self::Cache(cache),
            Command::Init { folder } => Self::Init(folder),
            Command::Config(config) => match config.file {
                Some(file) => Self::Config { file, beside: config.beside.into() },
                None => Self::Schema,
            },
            Command::Explain { code, beside } => Self::Explain { code, beside: beside.into() },
            Command::Completions { shell } => Self::Completions(shell),
            Command::Man { command } => Self::Man(command),
            Command::Lsp { .. } => Self::Serve,
            Command::Lints(Lints { command: Some(LintsCommand::Test { folders, config, vocabulary }), .. }) => {
                Self::TestLints(Beside { config, folders: Folders { lints: folders, vocabulary } })
            }
            Command::Vocabulary(Vocabulary::Lookup { name, format, beside }) => {
                Self::Lookup { name, format, beside: beside.into() }
            }
            Command::Vocabulary(Vocabulary::Import(Import::Rxnorm { file, output })) => Self::Rxnorm { file, output },
            Command::Lints(Lints { schema: true, .. }) => Self::LintSchema,
            Command::Lints(Lints { format, beside, .. }) => Self::Lints { format, beside: beside.into() },
        }
    }
}

impl From<cli::Beside> for Beside {
    fn from(beside: cli::Beside) -> Self {
        let folders = Folders { lints: beside.lints, vocabulary: beside.vocabulary };
        Self { config: beside.config, folders }
    }
}

impl From<cli::Input> for Input {
    fn from(input: cli::Input) -> Self {
        let is_stdin = |path: &PathBuf| path.as_os_str() == "-";
        let stdin = match input.stdin_filename {
            _ if input.stdin_jsonl => Some(Stdin::Lines),
            Some(path) => Some(Stdin::Article(path)),
            None => input.paths.iter().any(is_stdin).then(|| Stdin::Article(PathBuf::from("stdin.md"))),
        };
        Self {
            paths: input.paths.into_iter().filter(|path| !is_stdin(path)).collect(),
            stdin,
            beside: input.beside.into(),
            cached: !input.no_cache,
            threads: input.threads.map_or(0, usize::from),
        }
    }
}

impl From<cli::Check> for Check {
    fn from(check: cli::Check) -> Self {
        Self {
            input: check.input.into(),
            outputs: match check.output {
                outputs if outputs.is_empty() => vec![Output { format: check.format, file: None }],
                outputs => outputs,
            },
            statistics: check.statistics,
            confidence: check.confidence.map(Confidence::from),
            fail_on: check.fail_on.map(Option::from),
            least_understood: check.least_understood,
            fix: match (check.fix, check.diff) {
                (true, _) => Fix::Make,
                (_, true) => Fix::Show,
                _ => Fix::Leave,
            },
            since: check.since,
            baseline: match check.baseline {
                cli::Baseline { write: Some(file), .. } => Baseline::Write(file),
                cli::Baseline { file, prune, .. } => Baseline::Use { file, prune },
            },
            quiet: check.quiet,
            verbose: check.verbose,
        }
    }
}

impl From<cli::Confidence> for Confidence {
    fn from(confidence: cli::Confidence) -> Self {
        match confidence {
            cli::Confidence::Low => Self::Low,
            cli::Confidence::Medium => Self::Medium,
            cli::Confidence::High => Self::High,
        }
    }
}

impl From<cli::FailOn> for Option<Severity> {
    fn from(fail_on: cli::FailOn) -> Self {
        match fail_on {
            cli::FailOn::Error => Some(Severity::Error),
            cli::FailOn::Warning => Some(Severity::Warning),
            cli::FailOn::Note => Some(Severity::Note),
            cli::FailOn::Never => None,
        }
    }
}

/// What the environment says of the terminal.
#[derive(Clone, Copy, Debug)]
struct Terminal {
    width: usize,
    unicode: bool,
    color: bool,
    /// Whether output that is no terminal is coloured, too.
    force: bool,
    build_server: bool,
}

impl Terminal {
    /// Where the output is no terminal: wide enough for a table.
    const WIDTH: usize = 160;
    /// Less than this leaves no room for a passage with its label.
    const NARROWEST: usize = 60;

    fn here() -> Self {
        let columns = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Self::new(columns, |name| std::env::var_os(name).filter(|value| !value.is_empty()))
    }

    fn new(columns: Option<usize>, variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let dumb = variable("TERM").is_some_and(|term| term == "dumb");
        // The first of these that is set counts; where none is, UTF-8 is the rule.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(&variable);
        let utf8 = locale.is_none_or(|locale| {
            let locale = locale.to_string_lossy().to_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        });
        Self {
            width: columns.unwrap_or(Self::WIDTH).max(Self::NARROWEST),
            unicode: utf8 && !dumb,
            color: !dumb && variable("NO_COLOR").is_none(),
            force: variable("CLICOLOR_FORCE").is_some_and(|force| force != "0") && variable("NO_COLOR").is_none(),
            build_server: variable("CI").is_some(),
        }
    }

    fn style(self, color: When, is_terminal: bool) -> Style {
        let color = match color {
            When::Always => true,
            When::Never => false,
            When::Auto => self.force || (is_terminal && self.color),
        };
        Style { color, unicode: self.unicode, width: self.width, links: false }
    }

    /// Whether places are links, where the terminal is known to have them or not.
    fn links(self, when: When, has_links: bool) -> bool {
        match when {
            When::Always => true,
            When::Never => false,
            When::Auto => self.color && has_links,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{CommandFactory, Parser};

    fn terminal(columns: Option<usize>, variables: &[(&str, &str)]) -> Terminal {
        Terminal::new(columns, |name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_definitions_hold_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn what_is_typed_arrives() {
        let action = Action::from(Cli::parse_from(["clinlint", "check", "--fail-on", "never", "a", "b"]).command);
        let Action::Check(check) = action else { panic!("not a check") };
        assert_eq!(check.input.paths, [PathBuf::from("a"), PathBuf::from("b")]);
        assert_eq!((check.fail_on, check.confidence), (Some(None), None));
        let stdin = Action::from(Cli::parse_from(["clinlint", "claims", "-", "b"]).command);
        let Action::Claims { input, .. } = stdin else { panic!("not claims") };
        assert_eq!(input.stdin, Some(Stdin::Article(PathBuf::from("stdin.md"))));
        assert_eq!(input.paths, [PathBuf::from("b")]);
        let here = Action::from(Cli::parse_from(["clinlint", "claims"]).command);
        assert!(matches!(here, Action::Claims { input, .. } if input.paths.is_empty()));
    }

    #[test]
    fn color_is_for_terminals_that_want_it() {
        let plain = terminal(Some(80), &[("NO_COLOR", "1")]);
        assert!(!plain.style(When::Auto, true).color);
        assert!(plain.style(When::Always, false).color);
        let bright = terminal(Some(80), &[]);
        assert!(bright.style(When::Auto, true).color && !bright.style(When::Auto, false).color);
        let forced = terminal(Some(80), &[("CLICOLOR_FORCE", "1")]);
        assert!(forced.style(When::Auto, false).color && !forced.style(When::Never, true).color);
        assert!(!terminal(Some(80), &[("CLICOLOR_FORCE", "0")]).style(When::Auto, false).color);
        assert!(!terminal(Some(80), &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).style(When::Auto, false).color);
    }

    #[test]
    fn links_are_for_terminals_that_have_them() {
        let (bright, plain) = (terminal(Some(80), &[]), terminal(Some(80), &[("NO_COLOR", "1")]));
        assert!(bright.links(When::Auto, true) && !bright.links(When::Auto, false));
        assert!(!plain.links(When::Auto, true) && plain.links(When::Always, false));
        assert!(!bright.links(When::Never, true));
        assert!(!terminal(Some(80), &[("TERM", "dumb")]).links(When::Auto, true));
    }

    #[test]
    fn width_and_frames_follow_the_terminal() {
        assert_eq!(terminal(None, &[]).width, 160);
        assert_eq!(terminal(Some(300), &[]).width, 300);
        assert_eq!(terminal(Some(20), &[]).width, 60);
        assert!(terminal(None, &[("LANG", "de_DE.UTF-8")]).unicode);
        assert!(!terminal(None, &[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]).unicode);
        assert!(!terminal(None, &[("TERM", "dumb")]).unicode);
    }
}
