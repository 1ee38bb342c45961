//! The form of a vocabulary file: tab-separated columns under one header
//! line, `#` comments, `;` inside list cells, rows sorted by their first cell.

use std::fmt;
use std::str::FromStr;

/// What is wrong with a vocabulary file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VocabularyError {
    /// The name of the file.
    pub file: String,
    /// The line, from 1; 0 when the file is missing.
    pub line: usize,
    /// What is wrong, in one line without a full stop.
    pub message: String,
}

impl fmt::Display for VocabularyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for VocabularyError {}

/// The rows of one file.
pub(super) struct Table<'t> {
    pub rows: Vec<Row<'t>>,
}

/// One line of a file.
#[derive(Clone)]
pub(super) struct Row<'t> {
    file: &'t str,
    line: usize,
    cells: Vec<&'t str>,
}

impl<'t> Table<'t> {
    /// Reads a file that must have these columns, and whose rows must be
    /// sorted by the first of them, each one once.
    pub fn sorted(files: &[(&'t str, &'t str)], file: &'t str, columns: &[&str]) -> Result<Self, VocabularyError> {
        let table = Self::read(files, file, columns)?;
        for pair in table.rows.windows(2) {
            if pair[0].cells[0] >= pair[1].cells[0] {
                return Err(pair[1].error(format!("{:?} belongs before {:?}", pair[1].cells[0], pair[0].cells[0])));
            }
        }
        Ok(table)
    }

    /// Reads a file that must have these columns.
    pub fn read(files: &[(&'t str, &'t str)], file: &'t str, columns: &[&str]) -> Result<Self, VocabularyError> {
        let error = |line, message: String| VocabularyError { file: file.to_owned(), line, message };
        let Some((_, contents)) = files.iter().find(|(name, _)| *name == file) else {
            return Err(error(0, "the file is missing".to_owned()));
        };
        let lines = contents.lines().enumerate().map(|(index, text)| (index + 1, text));
        let mut lines = lines.filter(|(_, text)| !text.is_empty() && !text.starts_with('#'));
        let (header_line, header) = lines.next().ok_or_else(|| error(1, "the header line is missing".to_owned()))?;
        if !header.split('\t').eq(columns.iter().copied()) {
            return Err(error(header_line, format!("the columns are not {}", columns.join(", "))));
        }
        let mut rows = Vec::new();
        for (line, text) in lines {
            let cells: Vec<&str> = text.split('\t').collect();
            if cells.len() != columns.len() {
                return Err(error(line, format!("{} cells instead of {}", cells.len(), columns.len())));
            }
            if cells[0].is_empty() {
                return Err(error(line, "the first cell is empty".to_owned()));
            }
            rows.push(Row { file, line, cells });
        }
        Ok(Self { rows })
    }

    /// The first cells, in their order.
    pub fn names(&self) -> Vec<&'t str> {
        self.rows.iter().map(|row| row.cells[0]).collect()
    }
}

impl<'t> Row<'t> {
    /// The text of a cell.
    pub fn cell(&self, column: usize) -> &'t str {
        self.cells[column]
    }

    /// The parts of a list cell.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'t str> + use<'t> {
        self.cells[column].split(';').filter(|part| !part.is_empty())
    }

    /// The value that a cell stands for.
    pub fn value<T: FromStr>(&self, column: usize) -> Result<T, VocabularyError>
    where
        T::Err: fmt::Display,
    {
        let cell = self.cells[column];
        cell.parse().map_err(|problem| self.error(format!("{cell:?}: {problem}")))
    }

    /// The value that a cell stands for, if it holds one.
    pub fn optional<T: FromStr>(&self, column: usize) -> Result<Option<T>, VocabularyError>
    where
        T::Err: fmt::Display,
    {
        if self.cells[column].is_empty() { Ok(None) } else { self.value(column).map(Some) }
    }

    /// The place of a name in a sorted list of names.
    pub fn reference(&self, names: &[&str], name: &str) -> Result<u16, VocabularyError> {
        let place = names.binary_search(&name).map_err(|_| self.error(format!("nothing is called {name:?}")))?;
        u16::try_from(place).map_err(|_| self.error("too many entries".to_owned()))
    }

    /// An error about this line.
    pub fn error(&self, message: String) -> VocabularyError {
        VocabularyError { file: self.file.to_owned(), line: self.line, message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(contents: &str) -> String {
        match Table::sorted(&[("a.tsv", contents)], "a.tsv", &["name", "more"]) {
            Ok(_) => "none".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_broken_file_is_reported_with_its_line() {
        assert_eq!(problem("# about\nname\tmore\na\tx;y\nb\t\n"), "none");
        assert_eq!(problem("name\tless\n"), "a.tsv:1: the columns are not name, more");
        assert_eq!(problem("# about\nname\tmore\nb\t\na\t\n"), "a.tsv:4: \"a\" belongs before \"b\"");
        assert_eq!(problem("name\tmore\na\t\na\t\n"), "a.tsv:3: \"a\" belongs before \"a\"");
        assert_eq!(problem("name\tmore\na\n"), "a.tsv:2: 1 cells instead of 2");
    }
}
