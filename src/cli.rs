//! The command line: definitions only.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// Finds clinical statements that contradict: doses, onset times, numbers needed to treat, contraindications.
#[derive(Debug, Parser)]
#[command(name = "clinlint", version, arg_required_else_help = true, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// When to colour the output; `auto` colours on a terminal unless NO_COLOR is set
    #[arg(long, global = true, value_enum, default_value_t = When::Auto, value_name = "WHEN")]
    pub color: When,

    /// When to make places links to their files; `auto` on terminals that have links, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, default_value_t = When::Auto, value_name = "WHEN")]
    pub hyperlinks: When,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report statements that contradict, inside each article and between articles
    #[command(after_help = EXIT_STATUS)]
    Check(Check),
    /// List the statements that were understood
    Claims(Claims),
    /// Compare claims of other machines: sorted lines of `claims --stdin-jsonl` on standard input, findings as JSON lines
    #[command(after_help = EXIT_STATUS)]
    Compare(Compare),
    /// Print what every article says about a drug, with what disagrees; without a drug, list the drugs
    Facts(Facts),
    /// Write copies of Word documents with the findings as comments at their words
    Review(Review),
    /// Write a page for editors: what disagrees, the worst first, and what every article says about each drug
    Report(Report),
    /// List the statements that a change adds, removes or alters, and what each now disagrees with
    Diff(Diff),
    /// Remove what is kept of articles for the next run, or say where it is kept
    #[command(subcommand)]
    Cache(Cache),
    /// Write a commented clinlint.yml that fits the articles here
    Init {
        /// The folder that it is written to
        #[arg(value_name = "FOLDER", default_value = ".")]
        folder: PathBuf,
    },
    /// Print the settings that are in force for a file, and where each comes from
    Config(Config),
    /// Print the page of a lint: what it reports, why, and examples
    Explain {
        /// Code of the lint, such as dose/start
        code: String,

        /// What is read beside it.
        #[command(flatten)]
        beside: Beside,
    },
    /// Print a completion script
    Completions {
        /// The shell that reads it
        shell: Shell,
    },
    /// Print a man page
    Man {
        /// The command it is about; clinlint as a whole if not given
        command: Option<String>,
    },
    /// Serve an editor over standard input and output, by the Language Server Protocol
    Lsp {
        /// What editors pass to say how they talk; there is no other way
        #[arg(long, hide = true)]
        stdio: bool,
    },
    /// List the lints, or run the examples of your own
    Lints(Lints),
    /// Look up names in the vocabulary, or make vocabulary files of your own from other sources
    #[command(subcommand)]
    Vocabulary(Vocabulary),
}

const EXIT_STATUS: &str = "Exit status: 0 when nothing reaches the failing severity, 1 when something does, \
2 when a path could not be read or the run itself failed.";

const EXIT_STATUS_TEST: &str = "Exit status: 0 when every example holds, 1 when one fails, \
2 when a lint cannot be read or the run itself failed.";

const EXIT_STATUS_IMPORT: &str = "Exit status: 0 when the file could be read, broken lines apart, 2 when nothing of it could, or nothing be written.";

/// Which articles to read, and how.
#[derive(Args, Debug)]
pub struct Input {
    /// Articles, or folders of articles (.md, .markdown, .mdx, .html, .htm, .txt, .docx); if none is given, the paths of
    /// the configuration, else the working directory; `-` is an article on standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// What is read beside them.
    #[command(flatten)]
    pub beside: Beside,

    /// The path that the article on standard input is known by; its extension is its format
    #[arg(long, value_name = "PATH", conflicts_with = "stdin_jsonl")]
    pub stdin_filename: Option<PathBuf>,

    /// Read articles from standard input as JSON lines: {"path": "a.md", "text": "…"}
    #[arg(long)]
    pub stdin_jsonl: bool,

    /// Read every article anew, and keep nothing of it for the next run
    #[arg(long)]
    pub no_cache: bool,

    /// Threads that read articles; as many as there are processors if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
}

/// What is read beside the articles.
#[derive(Args, Debug)]
pub struct Beside {
    /// The configuration; the nearest clinlint.yml above the paths if not given
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// A folder of lints of your own beside those of the configuration; can be given several times
    #[arg(long, value_name = "FOLDER")]
    pub lints: Vec<PathBuf>,

    /// A folder of vocabulary files of your own beside those of the configuration; can be given several times
    #[arg(long, value_name = "FOLDER")]
    pub vocabulary: Vec<PathBuf>,
}

/// Arguments of `check`.
#[derive(Args, Debug)]
pub struct Check {
    /// Which articles.
    #[command(flatten)]
    pub input: Input,

    /// How to print the findings
    #[arg(long, value_enum, default_value_t = CheckFormat::Human, conflicts_with = "output")]
    pub format: CheckFormat,

    /// How to print the findings, into a file if one is named; can be given several times
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = Output::parse)]
    pub output: Vec<Output>,

    /// The least confidence of a finding to report it: low shows those, too, where the condition or the patients had to
    /// be guessed [default: what the configuration says, else medium]
    #[arg(long, value_enum)]
    pub confidence: Option<Confidence>,

    /// The least severity that makes the exit status 1 [default: what the configuration says, else warning]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,

    /// The least share, in percent, of the passages of an article that look like a dose, an NNT or a contraindication
    /// that has to be understood; less makes the exit status 1 [default: what the configuration says, else 0]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub least_understood: Option<u8>,

    /// Report only what a line that changed since this revision takes part in, still compared with everything
    #[arg(long, value_name = "REVISION")]
    pub since: Option<String>,

    /// Which findings were there before and are not reported.
    #[command(flatten)]
    pub baseline: Baseline,

    /// Make the edits that findings bring, which keep what a text means; each file is replaced whole, and none that
    /// changed since it was read
    #[arg(long, conflicts_with = "diff")]
    pub fix: bool,

    /// Show the edits that --fix would make, and nothing else on standard output
    #[arg(long)]
    pub diff: bool,

    /// Print how much each lint found
    #[arg(long)]
    pub statistics: bool,

    /// Print why the passages of each finding can be set against each other, and what was compared with what and what
    /// was not
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,

    /// Print why the statements on two lines are not reported against each other
    #[arg(long, num_args = 2, value_names = ["FILE:LINE", "FILE:LINE"], value_parser = Line::parse,
          conflicts_with_all = ["format", "output", "file", "write", "prune", "since", "statistics", "verbose", "fix", "diff"])]
    pub why_not: Vec<Line>,

    /// Print no progress and no closing summary
    #[arg(long, short)]
    pub quiet: bool,
}

/// Findings that were there before.
#[derive(Args, Debug)]
#[command(next_help_heading = "Baseline")]
pub struct Baseline {
    /// Report only what is not in this file [default: the baseline of the configuration]
    #[arg(long = "baseline", value_name = "FILE")]
    pub file: Option<PathBuf>,

    /// Write everything found to this file, so that from now on only new findings are reported
    #[arg(long = "write-baseline", value_name = "FILE", conflicts_with_all = ["file", "prune"])]
    pub write: Option<PathBuf>,

    /// Take out of the baseline what is fixed
    #[arg(long = "prune-baseline")]
    pub prune: bool,
}

/// What to do with what is kept of articles.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum Cache {
    /// Remove it
    Clean,
    /// Print the folder: CLINLINT_CACHE_DIR, or the usual place of caches
    Dir,
}

/// Arguments of `config`.
#[derive(Args, Debug)]
pub struct Config {
    /// The file
    #[arg(value_name = "FILE", required_unless_present = "schema")]
    pub file: Option<PathBuf>,

    /// What is read beside it.
    #[command(flatten)]
    pub beside: Beside,

    /// Print the JSON Schema of the configuration
    #[arg(long, conflicts_with_all = ["file", "config", "lints", "vocabulary"])]
    pub schema: bool,
}

/// Arguments of `lints`.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Lints {
    /// What to do with them; list them if not given.
    #[command(subcommand)]
    pub command: Option<LintsCommand>,

    /// How to print them
    #[arg(long, value_enum, default_value_t = LintsFormat::Table)]
    pub format: LintsFormat,

    /// What is read beside the built-in ones.
    #[command(flatten)]
    pub beside: Beside,

    /// Print the JSON Schema of a lint file
    #[arg(long, conflicts_with_all = ["format", "config", "lints", "vocabulary"])]
    pub schema: bool,
}

/// What to do with the vocabulary.
#[derive(Debug, Subcommand)]
pub enum Vocabulary {
    /// Print what a name stands for: drug, class, condition, its other names, and where each comes from
    Lookup {
        /// A name, synonym, brand or abbreviation
        name: String,

        /// How to print it
        #[arg(long, value_enum, default_value_t = LookupFormat::Text)]
        format: LookupFormat,

        /// What is read beside the built-in files.
        #[command(flatten)]
        beside: Beside,
    },
    /// Make a folder for --vocabulary from a source that you have a licence of
    #[command(subcommand)]
    Import(Import),
}

/// Sources of vocabulary files.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Take the ingredients, synonyms and brands of an RxNorm release that the built-in vocabulary does not know
    #[command(after_help = EXIT_STATUS_IMPORT)]
    Rxnorm {
        /// RXNCONSO.RRF of the release
        #[arg(value_name = "FILE")]
        file: PathBuf,

        /// The folder that drugs.tsv is written to; it is made if it is not there
        #[arg(long, value_name = "FOLDER")]
        output: PathBuf,
    },
}

/// Formats of `vocabulary lookup`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LookupFormat {
    /// Lines for people
    Text,
    /// One array
    Json,
}

/// What to do with lints.
#[derive(Debug, Subcommand)]
pub enum LintsCommand {
    /// Run the examples of lints of your own: what must be found has to be found exactly where it is marked, and
    /// nothing else may be
    #[command(after_help = EXIT_STATUS_TEST)]
    Test {
        /// Folders of lints; those of the configuration if none is given
        #[arg(value_name = "FOLDER")]
        folders: Vec<PathBuf>,

        /// The configuration; the nearest clinlint.yml above the working directory if not given
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,

        /// A folder of vocabulary files of your own beside those of the configuration; can be given several times
        #[arg(long, value_name = "FOLDER")]
        vocabulary: Vec<PathBuf>,
    },
}

/// Arguments of `claims`.
#[derive(Args, Debug)]
pub struct Claims {
    /// Which articles.
    #[command(flatten)]
    pub input: Input,

    /// How to print the claims [default: keyed for --stdin-jsonl, else table]
    #[arg(long, value_enum)]
    pub format: Option<ClaimsFormat>,

    /// List what looks like a dose, an NNT or a contraindication and was not understood, and the share of each article
    /// that was
    #[arg(long)]
    pub unread: bool,
}

/// Arguments of `compare`.
#[derive(Args, Debug)]
pub struct Compare {
    /// What is read beside the claims.
    #[command(flatten)]
    pub beside: Beside,

    /// The least confidence of a finding to report it [default: what the configuration says, else medium]
    #[arg(long, value_enum)]
    pub confidence: Option<Confidence>,

    /// The least severity that makes the exit status 1 [default: what the configuration says, else warning]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
}

/// Arguments of `facts`.
#[derive(Args, Debug)]
#[command(mut_arg("paths", |paths| paths.value_name("DRUG|PATH").help(
    "Drugs, by any of their names, and articles or folders: what lies on the disk is a path, everything else a drug"
)))]
pub struct Facts {
    /// Which articles.
    #[command(flatten)]
    pub input: Input,

    /// A drug whose name is a file's or folder's, too
    #[arg(long, value_name = "NAME")]
    pub drug: Vec<String>,

    /// How to print the facts
    #[arg(long, value_enum, default_value_t = FactsFormat::Table)]
    pub format: FactsFormat,
}

/// Arguments of `review`.
#[derive(Args, Debug)]
pub struct Review {
    /// Which articles: documents to review, and others to set them against.
    #[command(flatten)]
    pub input: Input,

    /// The folder that the copies are written to; it is made if it is not there
    #[arg(long, value_name = "FOLDER")]
    pub output_dir: PathBuf,

    /// Replace copies that are there; a document that is reviewed is never replaced
    #[arg(long)]
    pub force: bool,

    /// The least confidence of a finding to comment on it [default: what the configuration says, else medium]
    #[arg(long, value_enum)]
    pub confidence: Option<Confidence>,
}

/// Arguments of `report`.
#[derive(Args, Debug)]
pub struct Report {
    /// Which articles.
    #[command(flatten)]
    pub input: Input,

    /// The file that the page is written to
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,

    /// The least confidence of a finding to show it [default: what the configuration says, else medium]
    #[arg(long, value_enum)]
    pub confidence: Option<Confidence>,
}

/// Arguments of `diff`.
#[derive(Args, Debug)]
pub struct Diff {
    /// The revision before the change, such as main or HEAD
    #[arg(value_name = "REVISION")]
    pub revision: String,

    /// Which articles.
    #[command(flatten)]
    pub input: Input,

    /// How to print the changes
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
}

/// Formats of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// Annotated passages
    Human,
    /// One line a finding
    Short,
    /// One object
    Json,
    /// The Static Analysis Results Interchange Format
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// Code Quality of GitLab
    Gitlab,
    /// A test report
    Junit,
    /// A summary for a pull request
    Markdown,
}

/// A line of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The article.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

impl Line {
    /// Reads `articles/a.md:12`.
    fn parse(text: &str) -> Result<Self, String> {
        let place = text.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
        match place {
            Some((file, line)) if !file.is_empty() && line > 0 => Ok(Self { file: PathBuf::from(file), line }),
            _ => Err("write it as file and line: articles/a.md:12".to_owned()),
        }
    }
}

/// A format and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// How findings are printed.
    pub format: CheckFormat,
    /// The file; standard output if there is none.
    pub file: Option<PathBuf>,
}

impl Output {
    /// Reads `sarif` or `sarif=out.sarif`.
    fn parse(text: &str) -> Result<Self, String> {
        let (format, file) = match text.split_once('=') {
            Some((_, "")) => return Err("a file name is missing after `=`".to_owned()),
            Some((format, file)) => (format, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let format = CheckFormat::from_str(format, false).map_err(|_| {
            let known = CheckFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            let known: Vec<String> = known.map(|value| value.get_name().to_owned()).collect();
            format!("there is no format `{format}`, known are {}", known.join(", "))
        })?;
        Ok(Self { format, file })
    }
}

/// Formats of `claims`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ClaimsFormat {
    /// A table for each article
    Table,
    /// One JSON object a line
    Jsonl,
    /// What each article says about each drug, one JSON object a line: for `clinlint compare`, once sorted
    Keyed,
}

/// Formats of `facts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FactsFormat {
    /// A table for people
    Table,
    /// Rows for a spreadsheet
    Csv,
    /// One object
    Json,
    /// A page for a browser
    Html,
}

/// Formats of `diff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Lines for people
    Text,
    /// One object
    Json,
    /// A table for a pull request
    Markdown,
}

/// Formats of `lints`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LintsFormat {
    /// One lint a line
    Table,
    /// One array
    Json,
    /// The page of every lint
    Markdown,
}

/// When to colour, or to make links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
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
