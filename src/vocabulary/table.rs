//! The form of a vocabulary file: tab-separated columns under one header
//! line, `#` comments, `;` inside list cells. The rows of a built-in file are
//! sorted by their first cell; those of a user's file extend them in any order.

use super::columns::Columns;
use crate::nearest::nearest;
use std::fmt;
use std::str::FromStr;

/// What is wrong with a vocabulary file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VocabularyError {
    /// The file, as it is shown.
    pub file: String,
    /// The line, from 1; 0 when the file is missing.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, in one line without a full stop.
    pub message: String,
    /// What a person can do about it.
    pub help: Option<String>,
}

impl VocabularyError {
    /// Adds what a person can do about it.
    pub(super) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for VocabularyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for VocabularyError {}

/// A vocabulary file with its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct File<'f> {
    /// Which of the files it is: `drugs.tsv`.
    pub name: &'f str,
    /// How it is shown.
    pub path: &'f str,
    pub text: &'f str,
    /// Whether a user wrote it.
    pub is_own: bool,
}

/// The entries of the files of one name.
pub(super) struct Table<'t> {
    pub rows: Vec<Row<'t>>,
}

/// One entry: a line, and the lines of a user that add to it.
#[derive(Clone)]
pub(super) struct Row<'t> {
    pub line: Line<'t>,
    added: Vec<Line<'t>>,
}

/// One line of a file.
#[derive(Clone)]
pub(super) struct Line<'t> {
    file: File<'t>,
    number: usize,
    text: &'t str,
    cells: Vec<&'t str>,
}

impl<'t> Table<'t> {
    /// Reads the files of a name, which must have these columns. The rows of
    /// the built-in one must be sorted by the first of them, each one once;
    /// others add to those of the same name. The rows are sorted.
    pub fn sorted(files: &[File<'t>], columns: Columns) -> Result<Self, Vec<VocabularyError>> {
        let mut rows: Vec<Row> = Vec::new();
        let mut own = Vec::new();
        for line in lines(files, columns)? {
            if line.file.is_own {
                own.push(line);
                continue;
            }
            if let Some(last) = rows.last()
                && last.name() >= line.cells[0]
            {
                let message = format!("{:?} belongs before {:?}", line.cells[0], last.name());
                return Err(vec![line.error(line.cells[0], message)]);
            }
            rows.push(Row { line, added: Vec::new() });
        }
        // Stable, so that the lines of one entry stay in the order of the files.
        own.sort_by_key(|line| line.cells[0]);
        let built_in = rows.len();
        for line in own {
            match rows[..built_in].binary_search_by_key(&line.cells[0], Row::name) {
                Ok(at) => rows[at].added.push(line),
                Err(_) => match rows[built_in..].last_mut() {
                    Some(last) if last.name() == line.cells[0] => last.added.push(line),
                    _ => rows.push(Row { line, added: Vec::new() }),
                },
            }
        }
        rows.sort_by_key(Row::name);
        Ok(Self { rows })
    }

    /// Reads the files of a name, which must have these columns, line by line.
    pub fn read(files: &[File<'t>], columns: Columns) -> Result<Self, Vec<VocabularyError>> {
        let rows = lines(files, columns)?.into_iter().map(|line| Row { line, added: Vec::new() });
        Ok(Self { rows: rows.collect() })
    }

    /// The first cells, in their order.
    pub fn names(&self) -> Vec<&'t str> {
        self.rows.iter().map(Row::name).collect()
    }

    /// What each row stands for, or all that is wrong with them.
    pub fn map<T>(
        &self,
        mut read: impl FnMut(u16, &Row<'t>) -> Result<T, VocabularyError>,
    ) -> Result<Vec<T>, Vec<VocabularyError>> {
        let (mut values, mut errors) = (Vec::with_capacity(self.rows.len()), Vec::new());
        for (index, row) in self.rows.iter().enumerate() {
            let index = u16::try_from(index).map_err(|_| vec![row.error("too many entries".to_owned())])?;
            match read(index, row) {
                Ok(value) => values.push(value),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(values) } else { Err(errors) }
    }
}

/// The lines of the files of a name, or all that is wrong with their form.
fn lines<'t>(files: &[File<'t>], (name, columns): Columns) -> Result<Vec<Line<'t>>, Vec<VocabularyError>> {
    let mut found = Vec::new();
    let mut errors = Vec::new();
    let mut missing = true;
    for file in files.iter().filter(|file| file.name == name) {
        missing &= file.is_own;
        lines_of(*file, columns, &mut found, &mut errors);
    }
    if missing {
        let message = "the file is missing".to_owned();
        errors.push(VocabularyError { file: name.to_owned(), line: 0, column: 1, message, help: None });
    }
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

fn lines_of<'t>(file: File<'t>, columns: &[&str], found: &mut Vec<Line<'t>>, errors: &mut Vec<VocabularyError>) {
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(file.text);
    let lines = text.lines().enumerate();
    let lines = lines.map(|(index, text)| Line { file, number: index + 1, text, cells: text.split('\t').collect() });
    let mut lines = lines.filter(|line| !line.text.trim().is_empty() && !line.text.starts_with('#'));
    let order = match lines.next() {
        None if file.is_own => return,
        None => {
            let empty = Line { file, number: 1, text: "", cells: Vec::new() };
            errors.push(empty.error("", "the header line is missing".to_owned()));
            return;
        }
        Some(header) => match order(&header, columns) {
            Ok(order) => order,
            Err(error) => {
                errors.push(error);
                return;
            }
        },
    };
    for mut line in lines {
        // What a user leaves out at the end of a line is empty.
        let fits = if file.is_own { line.cells.len() <= order.len() } else { line.cells.len() == columns.len() };
        if !fits {
            errors.push(line.error(line.text, format!("{} cells instead of {}", line.cells.len(), order.len())));
            continue;
        }
        if file.is_own {
            let mut cells = vec![""; columns.len()];
            order.iter().zip(&line.cells).for_each(|(column, cell)| cells[*column] = cell.trim());
            line.cells = cells;
        }
        if line.cells[0].is_empty() {
            errors.push(line.error(line.text, "the first cell is empty".to_owned()));
        } else {
            found.push(line);
        }
    }
}

/// Which column each cell of a line belongs to. A user may leave out columns,
/// but not the first.
fn order(header: &Line, columns: &[&str]) -> Result<Vec<usize>, VocabularyError> {
    let all = format!("the columns are not {}", columns.join(", "));
    if !header.file.is_own {
        return if header.cells == columns { Ok((0..columns.len()).collect()) } else { Err(header.error("", all)) };
    }
    let mut order = Vec::new();
    for cell in &header.cells {
        match columns.iter().position(|column| *column == cell.trim()) {
            Some(column) if order.contains(&column) => {
                return Err(header.error(cell, format!("the column {cell:?} stands here twice")));
            }
            Some(column) => order.push(column),
            None => {
                let error = header.error(cell, format!("{cell:?} is no column of {}", header.file.name));
                let help = nearest(cell, columns.iter().map(|column| (*column, *column))).map_or_else(
                    || format!("the first line names the columns, with tabs between: {}", columns.join(", ")),
                    |near| format!("did you mean {near:?}?"),
                );
                return Err(error.with_help(help));
            }
        }
    }
    if order.contains(&0) {
        Ok(order)
    } else {
        Err(header.error("", format!("the column {:?} is missing", columns[0])))
    }
}

impl<'t> Row<'t> {
    /// The first cell.
    pub fn name(&self) -> &'t str {
        self.line.cells[0]
    }

    /// The lines of the entry, the one that makes it first.
    pub fn lines(&self) -> impl Iterator<Item = &Line<'t>> {
        std::iter::once(&self.line).chain(&self.added)
    }

    /// The parts of a list cell, each with the line it stands on.
    pub fn parts(&self, column: usize) -> impl Iterator<Item = (&Line<'t>, &'t str)> {
        self.lines().flat_map(move |line| line.list(column).map(move |part| (line, part)))
    }

    /// The parts of a list cell.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'t str> {
        self.parts(column).map(|(_, part)| part)
    }

    /// The text of a cell. A line that adds to the entry may say what the cell
    /// leaves open, but nothing else than it says.
    pub fn cell(&self, column: usize) -> Result<&'t str, VocabularyError> {
        self.said(column).map(|(_, cell)| cell)
    }

    fn said(&self, column: usize) -> Result<(&Line<'t>, &'t str), VocabularyError> {
        let mut said = (&self.line, self.line.cells[column]);
        for line in &self.added {
            let cell = line.cells[column];
            if said.1.is_empty() {
                said = (line, cell);
            } else if !cell.is_empty() && cell != said.1 {
                let message = format!("{:?} has {:?} here already", self.name(), said.1);
                return Err(line.error(cell, message).with_help("leave the cell empty to add to the entry"));
            }
        }
        Ok(said)
    }

    /// The value that a cell stands for.
    pub fn value<T: FromStr>(&self, column: usize) -> Result<T, VocabularyError>
    where
        T::Err: fmt::Display,
    {
        let (line, cell) = self.said(column)?;
        let shown = || if cell.is_empty() { "an empty cell".to_owned() } else { format!("{cell:?}") };
        cell.parse().map_err(|problem| line.error(cell, format!("{}: {problem}", shown())))
    }

    /// The value that a cell stands for, if it holds one.
    pub fn optional<T: FromStr>(&self, column: usize) -> Result<Option<T>, VocabularyError>
    where
        T::Err: fmt::Display,
    {
        if self.cell(column)?.is_empty() { Ok(None) } else { self.value(column).map(Some) }
    }

    /// The place of the name in a cell in a sorted list of names, if the cell
    /// holds one.
    pub fn reference(&self, column: usize, names: &[&str]) -> Result<Option<u16>, VocabularyError> {
        let (line, name) = self.said(column)?;
        if name.is_empty() { Ok(None) } else { line.reference(names, name).map(Some) }
    }

    /// The places of the names in a list cell in a sorted list of names.
    pub fn references(&self, column: usize, names: &[&str]) -> Result<Vec<u16>, VocabularyError> {
        self.parts(column).map(|(line, name)| line.reference(names, name)).collect()
    }

    /// An error about this entry.
    pub fn error(&self, message: String) -> VocabularyError {
        self.line.error(self.name(), message)
    }
}

impl<'t> Line<'t> {
    /// The text of a cell.
    pub fn cell(&self, column: usize) -> &'t str {
        self.cells[column]
    }

    /// The parts of a list cell.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'t str> + use<'t> {
        self.cells[column].split(';').map(str::trim).filter(|part| !part.is_empty())
    }

    /// Whether a user wrote it.
    pub fn is_own(&self) -> bool {
        self.file.is_own
    }

    /// Where it stands: `words/drugs.tsv:3`, or "built in".
    pub fn place(&self) -> String {
        if self.file.is_own { format!("{}:{}", self.file.path, self.number) } else { "built in".to_owned() }
    }

    /// The place of a name in a sorted list of names.
    pub fn reference(&self, names: &[&str], name: &str) -> Result<u16, VocabularyError> {
        match names.binary_search(&name) {
            Ok(place) => u16::try_from(place).map_err(|_| self.error(name, "too many entries".to_owned())),
            Err(_) => {
                let error = self.error(name, format!("nothing is called {name:?}"));
                let near = nearest(name, names.iter().map(|name| (*name, *name)));
                Err(near.map_or(error.clone(), |near| error.with_help(format!("did you mean {near:?}?"))))
            }
        }
    }

    /// An error about a part of this line.
    pub fn error(&self, part: &str, message: String) -> VocabularyError {
        // A part is a slice of the line; anything else stands at its beginning.
        let offset = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize);
        let before = offset.and_then(|offset| self.text.get(..offset)).unwrap_or_default();
        let (file, column) = (self.file.path.to_owned(), before.chars().count() + 1);
        VocabularyError { file, line: self.number, column, message, help: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(built_in: &str, own: &str) -> Result<Vec<Vec<String>>, String> {
        let built_in = File { name: "a.tsv", path: "a.tsv", text: built_in, is_own: false };
        let own = File { name: "a.tsv", path: "own/a.tsv", text: own, is_own: true };
        let table =
            Table::sorted(&[built_in, own], ("a.tsv", &["name", "more", "kind"])).map_err(|errors| shown(&errors))?;
        let row = |row: &Row| {
            let cells = [row.name(), row.cell(2)?].map(str::to_owned);
            Ok(cells.into_iter().chain(row.list(1).map(str::to_owned)).collect())
        };
        table.map(|_, each| row(each)).map_err(|errors| shown(&errors))
    }

    fn shown(errors: &[VocabularyError]) -> String {
        let help = |error: &VocabularyError| error.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        let line = |error: &VocabularyError| {
            format!("{}:{}:{} {}{}", error.file, error.line, error.column, error.message, help(error))
        };
        errors.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    const BUILT_IN: &str = "# about\nname\tmore\tkind\na\tx;y\tone\nc\t\t\n";

    #[test]
    fn a_broken_file_is_reported_with_its_line() {
        let problem = |text: &str| table(text, "").unwrap_err();
        assert!(table(BUILT_IN, "").is_ok());
        assert_eq!(problem("name\tless\n"), "a.tsv:1:1 the columns are not name, more, kind");
        assert_eq!(problem("# about\nname\tmore\tkind\nb\t\t\na\t\t\n"), "a.tsv:4:1 \"a\" belongs before \"b\"");
        assert_eq!(problem("name\tmore\tkind\na\t\t\na\t\t\n"), "a.tsv:3:1 \"a\" belongs before \"a\"");
        assert_eq!(problem("name\tmore\tkind\na\t\n"), "a.tsv:2:1 2 cells instead of 3");
        assert_eq!(problem(""), "a.tsv:1:1 the header line is missing");
    }

    #[test]
    fn lines_of_a_user_add_entries_and_add_to_entries_in_any_order() {
        let own = "\u{feff}kind\tname\tmore\r\n\r\n# ours\r\n\tc\t z; w\r\n\ta\tv\r\ntwo\tb\r\none\ta\tu\r\n";
        let rows = table(BUILT_IN, own).unwrap();
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        assert_eq!(rows, [vec!["a", "one", "x", "y", "v", "u"], vec!["b", "two"], vec!["c", "", "z", "w"]]);
        assert_eq!(table(BUILT_IN, "").unwrap().len(), 2, "a file of comments adds nothing");
    }

    #[test]
    fn everything_that_is_wrong_with_a_user_s_file_is_named() {
        let problem = |text: &str| table(BUILT_IN, text).unwrap_err();
        assert_eq!(problem("name\tmor\n"), "own/a.tsv:1:6 \"mor\" is no column of a.tsv; did you mean \"more\"?");
        assert_eq!(problem("more\n"), "own/a.tsv:1:1 the column \"name\" is missing");
        assert_eq!(problem("name\tname\n"), "own/a.tsv:1:6 the column \"name\" stands here twice");
        assert_eq!(
            problem("name\tmore\na\tb\tc\n\tb\n"),
            "own/a.tsv:2:1 3 cells instead of 2\nown/a.tsv:3:1 the first cell is empty"
        );
        assert_eq!(
            problem("name\tkind\na\ttwo\n"),
            "own/a.tsv:2:3 \"a\" has \"one\" here already; leave the cell empty to add to the entry"
        );
    }
}
