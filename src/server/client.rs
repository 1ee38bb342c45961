//! The editor, as the server sees it: what it can do, and what is sent to it.

use super::place::Encoding;
use gen_lsp_types::{
    ClientCapabilities, LogMessageNotification, LogMessageParams, MessageType, Notification, PositionEncodingKind,
    Request,
};
use lsp_server::{ErrorCode, Message, RequestId, Response};
use serde_json::Value;
use std::io::{self, Write};

/// What an editor says that it can do, as far as it makes a difference.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Abilities {
    /// What its columns count.
    pub encoding: Encoding,
    /// Whether it asks for diagnostics, and can be told to ask anew; others are
    /// sent them.
    pub pulls: bool,
    /// Whether it can be told to ask for lenses anew.
    pub refreshes_lenses: bool,
    /// Whether it can be told to ask for hints anew.
    pub refreshes_hints: bool,
    /// Whether it shows progress.
    pub progress: bool,
    /// Whether it watches files when asked to.
    pub watches: bool,
    /// Whether it can be asked for settings.
    pub configuration: bool,
    /// Whether it tells of changed settings when asked to.
    pub configuration_changes: bool,
    /// Whether an edit can name the state of a text that it is for.
    pub edits_documents: bool,
    /// Whether it asks before it makes an edit that needs it.
    pub confirms: bool,
    /// Whether it has a command that shows places.
    pub shows_places: bool,
    /// Whether it shows the page of a code.
    pub pages: bool,
}

impl From<&ClientCapabilities> for Abilities {
    fn from(client: &ClientCapabilities) -> Self {
        let (text, workspace) = (client.text_document.as_ref(), client.workspace.as_ref());
        let encodings = client.general.as_ref().and_then(|general| general.position_encodings.as_ref());
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let diagnostic = text.and_then(|text| text.diagnostic.as_ref());
        let published = text.and_then(|text| text.publish_diagnostics.as_ref());
        let shown = diagnostic
            .map(|diagnostic| &diagnostic.diagnostics_capabilities)
            .or(published.map(|published| &published.diagnostics_capabilities));
        let is_yes = |answer: Option<bool>| answer == Some(true);
        Self {
            encoding: match encodings {
                Some(encodings) if encodings.contains(&PositionEncodingKind::UTF8) => Encoding::Utf8,
                _ => Encoding::Utf16,
            },
            pulls: diagnostic.is_some() && is_yes(workspace.and_then(|can| can.diagnostics.as_ref()?.refresh_support)),
            refreshes_lenses: is_yes(workspace.and_then(|can| can.code_lens.as_ref()?.refresh_support)),
            refreshes_hints: is_yes(workspace.and_then(|can| can.inlay_hint.as_ref()?.refresh_support)),
            progress: is_yes(client.window.as_ref().and_then(|window| window.work_done_progress)),
            watches: is_yes(workspace.and_then(|can| can.did_change_watched_files.as_ref()?.dynamic_registration)),
            configuration: is_yes(workspace.and_then(|can| can.configuration)),
            configuration_changes: is_yes(
                workspace.and_then(|can| can.did_change_configuration.as_ref()?.dynamic_registration),
            ),
            edits_documents: is_yes(edits.and_then(|edits| edits.document_changes)),
            confirms: edits
                .is_some_and(|edits| edits.change_annotation_support.is_some() && edits.document_changes == Some(true)),
            shows_places: client.experimental.as_ref().is_some_and(|can| can["showReferences"] == true),
            pages: is_yes(shown.and_then(|shown| shown.code_description_support)),
        }
    }
}

/// The way to the editor.
pub(crate) struct Client<'o> {
    out: &'o mut dyn Write,
    /// What it can do.
    pub can: Abilities,
    /// The number of the next question.
    next: i32,
}

impl<'o> Client<'o> {
    pub fn new(out: &'o mut dyn Write) -> Self {
        Self { out, can: Abilities::default(), next: 0 }
    }

    /// Answers a question.
    pub fn answer(&mut self, id: RequestId, result: Result<Value, (ErrorCode, String)>) -> io::Result<()> {
        let response = match result {
            Ok(result) => Response::new_ok(id, result),
            Err((code, message)) => Response::new_err(id, code as i32, message),
        };
        self.send(&response.into())
    }

    /// Tells something.
    pub fn tell<N: Notification>(&mut self, params: N::Params) -> io::Result<()> {
        self.send(&lsp_server::Notification::new(N::METHOD.to_string(), params).into())
    }

    /// Asks something; the number comes back with the answer.
    pub fn ask<R: Request>(&mut self, params: R::Params) -> io::Result<RequestId> {
        let id = RequestId::from(self.next);
        self.next = self.next.wrapping_add(1);
        self.send(&lsp_server::Request::new(id.clone(), R::METHOD.to_string(), params).into())?;
        Ok(id)
    }

    /// Writes to the log that the editor keeps.
    pub fn log(&mut self, message: impl Into<String>) -> io::Result<()> {
        self.tell::<LogMessageNotification>(LogMessageParams { kind: MessageType::Warning, message: message.into() })
    }

    fn send(&mut self, message: &Message) -> io::Result<()> {
        message.write(&mut self.out)?;
        self.out.flush()
    }
}
