// A server with a connection of the protocol library that VS Code uses.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import protocol from "vscode-languageserver-protocol/node";

export { protocol };

const {
  ConfigurationRequest,
  createProtocolConnection,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} = protocol;

export const binary = process.env.CLINLINT;
if (!binary) {
  throw new Error("CLINLINT names no binary");
}

/** What an editor can do that is sent diagnostics. */
export const pushed = {
  textDocument: { publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true } },
};

/** What VS Code can do, as far as it makes a difference. */
export const pulling = {
  general: { positionEncodings: ["utf-16"] },
  textDocument: { diagnostic: { codeDescriptionSupport: true } },
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
  },
};

/** A folder with articles, by their names. It goes when the test does. */
export function folder(test, articles) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "clinlint-node-")));
  test.after(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(articles)) {
    writeFileSync(join(root, name), text);
  }
  return root;
}

export const uri = (...parts) => pathToFileURL(join(...parts)).href;

/** What comes of a kind, waited for by a test on it. */
class Inbox {
  #kept = [];
  #waiting = [];

  add(message) {
    const at = this.#waiting.findIndex(({ isIt }) => isIt(message));
    if (at < 0) {
      this.#kept.push(message);
    } else {
      this.#waiting.splice(at, 1)[0].take(message);
    }
  }

  async wait(isIt = () => true) {
    const at = this.#kept.findIndex(isIt);
    if (at >= 0) {
      return this.#kept.splice(at, 1)[0];
    }
    return new Promise((take) => this.#waiting.push({ isIt, take }));
  }
}

/** A session with a server on folders. It ends when the test does. */
export class Session {
  published = new Inbox();
  refreshed = new Inbox();
  progress = new Inbox();
  logged = new Inbox();
  registered = [];
  /** What the editor answers when it is asked for its settings. */
  settings = null;

  static async begin(test, roots, { capabilities = pulling, options } = {}) {
    const session = new Session();
    session.process = spawn(binary, ["lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    test.after(() => session.process.kill());
    const connection = createProtocolConnection(
      new StreamMessageReader(session.process.stdout),
      new StreamMessageWriter(session.process.stdin),
    );
    session.connection = connection;
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => session.published.add(params));
    connection.onNotification("window/logMessage", (params) => session.logged.add(params));
    connection.onNotification("$/progress", (params) => session.progress.add(params.value));
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.onRequest(DiagnosticRefreshRequest.type, () => session.refreshed.add(true));
    connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => session.settings));
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      session.registered.push(...registrations.map(({ method }) => method));
    });
    connection.listen();
    session.initialized = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities,
      initializationOptions: options,
      workspaceFolders: roots.map((root) => ({ uri: uri(root), name: root })),
    });
    await connection.sendNotification(InitializedNotification.type, {});
    return session;
  }

  ask(type, ...params) {
    return this.connection.sendRequest(type, ...params);
  }

  tell(type, params) {
    return this.connection.sendNotification(type, params);
  }

  open(of, text, languageId = "markdown") {
    return this.tell(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: of, languageId, version: 1, text },
    });
  }

  change(of, version, ...contentChanges) {
    return this.tell(DidChangeTextDocumentNotification.type, { textDocument: { uri: of, version }, contentChanges });
  }

  /** The codes of the diagnostics of an article, as the editor asks for them. */
  async codes(of) {
    const report = await this.ask("textDocument/diagnostic", { textDocument: { uri: of } });
    return report.items.map(({ code }) => code);
  }

  /** Waits until the codes of an article are these. */
  async until(of, ...codes) {
    for (;;) {
      const found = await this.codes(of);
      if (found.join() === codes.join()) {
        return;
      }
      await new Promise((wake) => setTimeout(wake, 20));
    }
  }

  /** Ends the session as the protocol asks for; gives the exit status. */
  async end() {
    await this.ask(ShutdownRequest.type);
    await this.tell(ExitNotification.type);
    return this.exit();
  }

  async exit() {
    const { process } = this;
    const [status] = process.exitCode === null ? await once(process, "exit") : [process.exitCode];
    return status;
  }
}
