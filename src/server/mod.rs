//! The server for editors: the same engine, live, over a whole workspace.
//!
//! One thread holds everything (`desk`) and acts on one event after the other
//! (`session`), so that no answer is about a text that is half changed. Two
//! others feed it: one reads what the editor sends (`transport`), one reads
//! articles from disk (`scan`). Nothing is told to the editor while there is
//! something left to act on, so what it is told is never out of date.
//!
//! Only this folder knows the protocol; bytes become lines and columns in
//! `place`, at the edge.

mod actions;
mod capabilities;
mod client;
mod comparison;
mod desk;
mod diagnostics;
mod fact;
mod hints;
mod hover;
mod lens;
mod navigation;
mod options;
mod page;
mod place;
mod progress;
mod publish;
mod requests;
mod scan;
mod session;
mod shelf;
mod symbols;
mod transport;
mod workspace;

use client::Client;
use lsp_server::{Message, RequestId};
use session::{End, Session};
use std::collections::VecDeque;
use std::io::{self, BufRead, Write};
use std::sync::mpsc;
use transport::Event;

/// Serves one editor until it ends the session. Says whether it did so in the
/// order that the protocol asks for.
///
/// # Errors
///
/// When the editor does not take what it is sent.
pub fn serve(input: impl BufRead + Send + 'static, out: &mut dyn Write) -> io::Result<bool> {
    let (sender, events) = mpsc::channel();
    transport::listen(input, sender.clone());
    let mut session = Session::new(Client::new(out), sender);
    let mut waiting: VecDeque<Event> = VecDeque::new();
    loop {
        waiting.extend(events.try_iter());
        let Some(event) = waiting.pop_front() else {
            session.settle()?;
            waiting.extend(events.try_iter());
            if waiting.is_empty() {
                session.publish()?;
                // The session holds a sender, so there is always somebody who may send.
                waiting.extend(events.recv());
            }
            continue;
        };
        match &event {
            Event::Message(Message::Request(request)) if is_cancelled(&request.id, &waiting) => {
                session.cancel(request.id.clone())?;
            }
            _ => {
                if let Some(end) = session.act(event)? {
                    return Ok(end == End::Orderly);
                }
            }
        }
    }
}

/// Whether a request was taken back while it waited.
fn is_cancelled(id: &RequestId, waiting: &VecDeque<Event>) -> bool {
    waiting.iter().any(|event| match event {
        Event::Message(Message::Notification(told)) if told.method == "$/cancelRequest" => {
            let cancelled = told.params.get("id").cloned().and_then(|id| serde_json::from_value(id).ok());
            cancelled.as_ref() == Some(id)
        }
        _ => false,
    })
}
