//! Links in a terminal (OSC 8).

use crate::paths;
use std::path::Path;
use std::sync::LazyLock;

/// The machine that the files are on: a terminal may show another one.
static HOST: LazyLock<String> = LazyLock::new(|| {
    let host = gethostname::gethostname().to_string_lossy().into_owned();
    let is_plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    if is_plain { host } else { String::new() }
});

/// A text, fit for a terminal, as a link to a file.
pub(super) fn link(path: &str, text: &str) -> String {
    let address = paths::in_uri(&paths::absolute(Path::new(path)));
    format!("\u{1b}]8;;file://{}{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\", *HOST)
}
