//! A progress bar for runs that turn out to be long.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Once;
use std::time::{Duration, Instant};

/// A progress bar that appears when a run turns out to be long.
pub(super) struct Progress {
    bar: ProgressBar,
    started: Instant,
    wanted: bool,
    shown: Once,
}

impl Progress {
    /// Shorter runs than this need no bar.
    const PATIENCE: Duration = Duration::from_secs(1);

    pub(super) fn new(wanted: bool) -> Self {
        Self { bar: ProgressBar::hidden(), started: Instant::now(), wanted, shown: Once::new() }
    }

    /// One of `files` files is done.
    pub(super) fn one_more(&self, files: usize) {
        if self.wanted && self.started.elapsed() > Self::PATIENCE {
            self.shown.call_once(|| self.show(files));
        }
        self.bar.inc(1);
    }

    fn show(&self, files: usize) {
        // A template that cannot be read falls back to the default bar.
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} articles, {eta} left") {
            self.bar.set_style(style);
        }
        self.bar.set_length(files as u64);
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
