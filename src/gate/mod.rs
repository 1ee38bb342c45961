//! Which findings are reported: articles are held to references, what is
//! suppressed or was there before is left out, and so is what no change touches.

mod baseline;
mod pass;
mod reference;
mod suppress;
mod touched;
mod understood;

pub use baseline::{Baseline, Fixed};
pub use pass::{held, pass, unsuppressed};
pub use reference::hold;
pub use suppress::{Suppressed, suppress};
pub use touched::touched;
pub use understood::too_little_understood;
