//! Showing how far the first reading has come.

use super::client::Client;
use super::scan::News;
use gen_lsp_types::{
    ProgressNotification, ProgressParams, ProgressToken, WorkDoneProgressBegin, WorkDoneProgressCreateParams,
    WorkDoneProgressCreateRequest, WorkDoneProgressEnd, WorkDoneProgressReport,
};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Fewer articles are read before anybody could see it.
const FEW: usize = 50;

/// What is shown of each reading that is under way.
#[derive(Default)]
pub(crate) struct Progress {
    shown: BTreeMap<PathBuf, (String, u32)>,
    next: usize,
}

impl Progress {
    /// Shows what is new, where the editor can show it.
    pub fn report(&mut self, news: &News, client: &mut Client<'_>) -> io::Result<()> {
        if !client.can.progress {
            return Ok(());
        }
        match news {
            News::Progress { root, done, all } if *all >= FEW => self.reached(root, *done, *all, client),
            News::Progress { .. } => Ok(()),
            News::Done { root, .. } => match self.shown.remove(root) {
                Some((token, _)) => tell(client, token, "end", &WorkDoneProgressEnd { message: None }),
                None => Ok(()),
            },
        }
    }

    fn reached(&mut self, root: &Path, done: usize, all: usize, client: &mut Client<'_>) -> io::Result<()> {
        let percentage = u32::try_from(done * 100 / all).unwrap_or(100);
        let message = Some(format!("{done} of {all} articles"));
        if let Some((token, shown)) = self.shown.get_mut(root) {
            // Threads do not report in order.
            if percentage <= *shown {
                return Ok(());
            }
            *shown = percentage;
            let report = WorkDoneProgressReport { cancellable: None, message, percentage: Some(percentage) };
            return tell(client, token.clone(), "report", &report);
        }
        self.next += 1;
        let token = format!("clinlint/{}", self.next);
        self.shown.insert(root.to_owned(), (token.clone(), percentage));
        let create = WorkDoneProgressCreateParams { token: ProgressToken::String(token.clone()) };
        client.ask::<WorkDoneProgressCreateRequest>(create)?;
        let begin = WorkDoneProgressBegin {
            title: "clinlint: reading articles".to_owned(),
            cancellable: Some(false),
            message,
            percentage: Some(percentage),
        };
        tell(client, token, "begin", &begin)
    }
}

fn tell(client: &mut Client<'_>, token: String, kind: &str, value: &impl Serialize) -> io::Result<()> {
    let mut value = serde_json::to_value(value).unwrap_or_default();
    value["kind"] = json!(kind);
    client.tell::<ProgressNotification>(ProgressParams { token: ProgressToken::String(token), value })
}
