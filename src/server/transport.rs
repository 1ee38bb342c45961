//! Reading messages from the editor, in a thread of its own.

use super::scan::News;
use lsp_server::Message;
use std::io::{self, BufRead};
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::Sender;
use std::thread;

/// What the server acts on.
pub(crate) enum Event {
    /// The editor sent something.
    Message(Message),
    /// The editor sent something that is no message of the protocol.
    Malformed(String),
    /// Nothing more will come from the editor.
    Closed,
    /// Articles were read.
    Scan(News),
}

/// Passes on what the editor sends until there is no more of it.
pub(crate) fn listen(mut input: impl BufRead + Send + 'static, events: Sender<Event>) {
    thread::spawn(move || {
        loop {
            // A length that no memory has room for makes the library panic.
            let read = panic::catch_unwind(AssertUnwindSafe(|| Message::read(&mut input)));
            let event = match read {
                Ok(Ok(Some(message))) => Event::Message(message),
                // The bytes of the message are read, so the next one can be.
                Ok(Err(error)) if error.kind() == io::ErrorKind::InvalidData => Event::Malformed(error.to_string()),
                Ok(Ok(None) | Err(_)) | Err(_) => Event::Closed,
            };
            let is_last = matches!(event, Event::Closed);
            if events.send(event).is_err() || is_last {
                return;
            }
        }
    });
}
