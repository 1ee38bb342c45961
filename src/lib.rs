//! clinlint reads clinical articles, extracts their claims, and reports where
//! claims contradict.

pub mod problem;
pub mod span;
pub mod text;
pub mod vocabulary;
