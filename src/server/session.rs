//! One session with an editor, from `initialize` to `exit`.

use super::capabilities::capabilities;
use super::client::{Abilities, Client};
use super::desk::Desk;
use super::options::{Options, SECTION};
use super::page::Pages;
use super::place::path_of;
use super::progress::Progress;
use super::publish::Published;
use super::requests;
use super::scan::News;
use super::transport::Event;
use gen_lsp_types::{
    CodeLensRefreshRequest, ConfigurationItem, ConfigurationParams, ConfigurationRequest, CreateFilesParams,
    DeleteFilesParams, DiagnosticRefreshRequest, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, FileSystemWatcher, GlobPattern, InitializeParams,
    InitializeResult, InlayHintRefreshRequest, LspNotificationMethod, LspRequestMethod, Registration,
    RegistrationParams, RegistrationRequest, RenameFilesParams, ServerInfo, Uri, WorkspaceFolders,
};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::mpsc::Sender;

/// The state of a session.
pub(crate) struct Session<'o> {
    client: Client<'o>,
    events: Sender<Event>,
    /// None before `initialize`.
    desk: Option<Desk>,
    is_down: bool,
    published: Published,
    pages: Pages,
    progress: Progress,
    /// The question for settings that is not answered yet.
    asked: Option<RequestId>,
    /// Whether the editor may have to be told something.
    is_behind: bool,
    /// Whether what changed is nothing that the editor did to a text.
    is_surprise: bool,
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// After `shutdown`.
    Orderly,
    /// Without it.
    Abrupt,
}

impl<'o> Session<'o> {
    pub fn new(client: Client<'o>, events: Sender<Event>) -> Self {
        Self {
            client,
            events,
            desk: None,
            is_down: false,
            published: Published::default(),
            pages: Pages::default(),
            progress: Progress::default(),
            asked: None,
            is_behind: false,
            is_surprise: false,
        }
    }

    /// Acts on an event; says how the session ended if it did.
    pub fn act(&mut self, event: Event) -> io::Result<Option<End>> {
        match event {
            Event::Message(Message::Request(request)) => self.request(request)?,
            Event::Message(Message::Response(response)) => self.response(response)?,
            Event::Message(Message::Notification(told)) if told.method == "exit" => return Ok(Some(self.end())),
            Event::Message(Message::Notification(told)) => self.notification(told)?,
            Event::Malformed(error) => self.client.log(format!("a message was not understood: {error}"))?,
            Event::Closed => return Ok(Some(self.end())),
            Event::Scan(news) => self.news(news)?,
        }
        Ok(None)
    }

    /// Refuses a request that was taken back before it was looked at.
    pub fn cancel(&mut self, id: RequestId) -> io::Result<()> {
        self.client.answer(id, Err((ErrorCode::RequestCanceled, "taken back".to_owned())))
    }

    /// Brings what is found up to date.
    pub fn settle(&mut self) -> io::Result<()> {
        let Some(desk) = &mut self.desk else { return Ok(()) };
        // What was found before stays where this fails.
        match panic::catch_unwind(AssertUnwindSafe(|| desk.settle())) {
            Ok(is_other) => self.is_behind |= is_other,
            Err(_) => self.client.log("the articles were not compared, which is an error of clinlint")?,
        }
        Ok(())
    }

    /// Tells the editor what it does not know yet.
    pub fn publish(&mut self) -> io::Result<()> {
        let Some(desk) = self.desk.as_ref().filter(|_| std::mem::take(&mut self.is_behind)) else { return Ok(()) };
        self.published.update(desk, &mut self.client, &self.pages)?;
        // After an edit the editor asks anyway.
        if std::mem::take(&mut self.is_surprise) {
            let can = self.client.can;
            if can.pulls {
                self.client.ask::<DiagnosticRefreshRequest>(())?;
            }
            if can.refreshes_lenses {
                self.client.ask::<CodeLensRefreshRequest>(())?;
            }
            if can.refreshes_hints {
                self.client.ask::<InlayHintRefreshRequest>(())?;
            }
        }
        Ok(())
    }

    fn end(&self) -> End {
        if self.is_down { End::Orderly } else { End::Abrupt }
    }

    fn request(&mut self, request: Request) -> io::Result<()> {
        let method = LspRequestMethod::from(request.method.as_str());
        if self.is_down {
            let error = (ErrorCode::InvalidRequest, "the server is shut down".to_owned());
            return self.client.answer(request.id, Err(error));
        }
        match (method, self.desk.is_some()) {
            (LspRequestMethod::Initialize, false) => return self.initialize(request),
            (LspRequestMethod::Initialize, true) => {
                let error = (ErrorCode::InvalidRequest, "the server is initialized".to_owned());
                return self.client.answer(request.id, Err(error));
            }
            (_, false) => {
                let error = (ErrorCode::ServerNotInitialized, "the server is not initialized".to_owned());
                return self.client.answer(request.id, Err(error));
            }
            (LspRequestMethod::Shutdown, true) => {
                self.is_down = true;
                return self.client.answer(request.id, Ok(Value::Null));
            }
            _ => {}
        }
        self.settle()?;
        let Some(desk) = &self.desk else { return Ok(()) };
        let Request { id, method, params } = request;
        let answer = panic::catch_unwind(AssertUnwindSafe(|| requests::answer(desk, &self.pages, &method, params)));
        let failed = |_| Err((ErrorCode::InternalError, format!("clinlint failed on {method}")));
        self.client.answer(id, answer.unwrap_or_else(failed))
    }

    fn initialize(&mut self, request: Request) -> io::Result<()> {
        let params: InitializeParams = match serde_json::from_value(request.params) {
            Ok(params) => params,
            Err(error) => {
                return self.client.answer(request.id, Err((ErrorCode::InvalidParams, error.to_string())));
            }
        };
        let can = Abilities::from(&params.capabilities);
        self.client.can = can;
        let options = Options::read(params.initialization_options.clone().unwrap_or_default());
        let (options, wrong) = match options {
            Ok(options) => (options, None),
            Err(wrong) => (Options::default(), Some(wrong)),
        };
        let result = InitializeResult {
            capabilities: capabilities(&can, &options),
            server_info: Some(ServerInfo {
                name: "clinlint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        let mut desk = Desk::new(can, options, self.events.clone());
        self.client.answer(request.id, to_value(&result))?;
        for folder in folders(&params) {
            desk.add_folder(folder);
        }
        self.desk = Some(desk);
        wrong.map_or(Ok(()), |wrong| self.client.log(wrong))
    }

    /// Asks the editor to watch files, and for settings.
    fn initialized(&mut self) -> io::Result<()> {
        let mut registrations = Vec::new();
        if self.client.can.watches {
            // What a file is can change which articles there are, so all are watched.
            let watchers =
                vec![FileSystemWatcher { glob_pattern: GlobPattern::Pattern("**/*".to_owned()), kind: None }];
            let options = DidChangeWatchedFilesRegistrationOptions { watchers };
            registrations.push(registration(
                LspNotificationMethod::WorkspaceDidChangeWatchedFiles,
                serde_json::to_value(options).unwrap_or_default(),
            ));
        }
        if self.client.can.configuration_changes {
            let options = json!({ "section": SECTION });
            registrations.push(registration(LspNotificationMethod::WorkspaceDidChangeConfiguration, options));
        }
        if !registrations.is_empty() {
            self.client.ask::<RegistrationRequest>(RegistrationParams { registrations })?;
        }
        self.ask_for_settings()
    }

    fn ask_for_settings(&mut self) -> io::Result<()> {
        if self.client.can.configuration {
            let items = vec![ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) }];
            self.asked = Some(self.client.ask::<ConfigurationRequest>(ConfigurationParams { items })?);
        }
        Ok(())
    }

    fn response(&mut self, response: Response) -> io::Result<()> {
        if self.asked.as_ref() != Some(&response.id) {
            return Ok(());
        }
        self.asked = None;
        match response.response_result {
            // Nothing set leaves what `initialize` brought.
            Ok(mut settings) => match settings.get_mut(0).map(Value::take) {
                Some(settings) if !settings.is_null() => self.set(settings),
                _ => Ok(()),
            },
            Err(error) => self.client.log(format!("the settings could not be read: {}", error.message)),
        }
    }

    fn set(&mut self, settings: Value) -> io::Result<()> {
        let Some(desk) = &mut self.desk else { return Ok(()) };
        match Options::read(settings) {
            Ok(options) if options == desk.options => Ok(()),
            Ok(options) => {
                desk.set(options);
                self.is_surprise = true;
                Ok(())
            }
            Err(wrong) => self.client.log(wrong),
        }
    }

    fn notification(&mut self, told: Notification) -> io::Result<()> {
        if self.desk.is_none() || self.is_down {
            return Ok(());
        }
        let method = told.method.clone();
        match self.tell(told) {
            Ok(()) => Ok(()),
            Err(Wrong::Params(error)) => self.client.log(format!("{method} was not understood: {error}")),
            Err(Wrong::Output(error)) => Err(error),
        }
    }

    fn tell(&mut self, told: Notification) -> Result<(), Wrong> {
        let Some(desk) = &mut self.desk else { return Ok(()) };
        match LspNotificationMethod::from(told.method.as_str()) {
            LspNotificationMethod::Initialized => return Ok(self.initialized()?),
            LspNotificationMethod::TextDocumentDidOpen => {
                let document = params::<DidOpenTextDocumentParams>(told)?.text_document;
                desk.open(document.uri, document.version, document.text);
            }
            LspNotificationMethod::TextDocumentDidChange => {
                let params = params::<DidChangeTextDocumentParams>(told)?;
                let document = params.text_document;
                desk.change(&document.text_document_identifier.uri, document.version, params.content_changes);
            }
            LspNotificationMethod::TextDocumentDidClose => {
                desk.close(&params::<DidCloseTextDocumentParams>(told)?.text_document.uri);
            }
            LspNotificationMethod::WorkspaceDidChangeWatchedFiles => {
                let changes = params::<DidChangeWatchedFilesParams>(told)?.changes;
                let paths: Vec<PathBuf> = changes.iter().filter_map(|change| path_of(&change.uri)).collect();
                desk.files_changed(&paths);
                self.is_surprise = true;
            }
            LspNotificationMethod::WorkspaceDidCreateFiles => {
                self.files(params::<CreateFilesParams>(told)?.files.into_iter().map(|file| file.uri));
            }
            LspNotificationMethod::WorkspaceDidDeleteFiles => {
                self.files(params::<DeleteFilesParams>(told)?.files.into_iter().map(|file| file.uri));
            }
            LspNotificationMethod::WorkspaceDidRenameFiles => {
                let files = params::<RenameFilesParams>(told)?.files;
                self.files(files.into_iter().flat_map(|file| [file.old_uri, file.new_uri]));
            }
            LspNotificationMethod::WorkspaceDidChangeWorkspaceFolders => {
                let event = params::<DidChangeWorkspaceFoldersParams>(told)?.event;
                event
                    .removed
                    .iter()
                    .filter_map(|folder| path_of(&folder.uri))
                    .for_each(|path| desk.remove_folder(&path));
                event.added.iter().filter_map(|folder| path_of(&folder.uri)).for_each(|path| desk.add_folder(path));
                self.is_surprise = true;
            }
            LspNotificationMethod::WorkspaceDidChangeConfiguration => {
                let settings = params::<DidChangeConfigurationParams>(told)?.settings;
                if self.client.can.configuration {
                    self.ask_for_settings()?;
                } else {
                    self.set(settings)?;
                }
            }
            // Nothing that makes a difference: saving, tracing, what is not for
            // this server. What takes a request back was looked at before.
            _ => {}
        }
        Ok(())
    }

    fn files(&mut self, uris: impl Iterator<Item = Uri>) {
        let paths: Vec<PathBuf> = uris.filter_map(|uri| path_of(&uri)).collect();
        if let Some(desk) = &mut self.desk {
            desk.files_changed(&paths);
            self.is_surprise = true;
        }
    }

    fn news(&mut self, news: News) -> io::Result<()> {
        let Some(desk) = &mut self.desk else { return Ok(()) };
        self.progress.report(&news, &mut self.client)?;
        if let News::Done { found, .. } = &news {
            for problem in &found.problems {
                self.client.log(format!("{}: {}", problem.path, problem.message))?;
            }
            self.is_surprise = true;
        }
        desk.take(news);
        Ok(())
    }
}

/// Why something that the editor told could not be acted on.
enum Wrong {
    Params(serde_json::Error),
    Output(io::Error),
}

impl From<serde_json::Error> for Wrong {
    fn from(error: serde_json::Error) -> Self {
        Self::Params(error)
    }
}

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn params<P: DeserializeOwned>(told: Notification) -> Result<P, serde_json::Error> {
    serde_json::from_value(told.params)
}

fn to_value(result: &impl serde::Serialize) -> Result<Value, (ErrorCode, String)> {
    serde_json::to_value(result).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}

fn registration(method: LspNotificationMethod<'_>, options: Value) -> Registration {
    let method = method.to_string();
    Registration { id: method.clone(), method, register_options: Some(options) }
}

/// The folders that the editor has open.
#[allow(deprecated, reason = "older editors send `rootUri` only")]
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    match &params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolders::WorkspaceFolderList(folders)) => {
            folders.iter().filter_map(|folder| path_of(&folder.uri)).collect()
        }
        _ => params.root_uri.as_ref().and_then(path_of).into_iter().collect(),
    }
}
