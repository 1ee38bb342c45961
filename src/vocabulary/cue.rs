//! What phrases do to a statement.

use super::keyword::keywords;

keywords! {
    /// What a cue phrase says about the statement around it.
    CueKind {
        /// The greatest amount: "maximum", "not exceeding".
        Maximum = "maximum",
        /// Turns a statement round: "not", "without".
        Negation = "negation",
        /// The first amount: "start", "initial dose".
        Start = "start",
    }
}
