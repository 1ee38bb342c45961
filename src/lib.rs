//! clinlint reads clinical articles, extracts their claims, and reports where
//! claims contradict.

pub mod claim;
pub mod compare;
pub mod finding;
pub mod lint;
pub mod problem;
pub mod report;
pub mod span;
pub mod text;
