// Starts `clinlint lsp` and keeps it in step with the settings. All else is
// done by the server.

import * as vscode from "vscode";
import { LanguageClient, type Location, type Position } from "vscode-languageclient/node";
import { look } from "./binary";
import { showPlaces, showsPlaces } from "./places";

/** Settings that a running server cannot take over. */
const FIXED = ["clinlint.path", "clinlint.diagnostics"];

const INSTRUCTIONS = "Install clinlint, or set the path of the program.";
const SETTING = "Set the Path";
const RESTART = "Restart";

/** What the server is told of. */
const ARTICLES = [
  { scheme: "file", language: "markdown" },
  { scheme: "file", language: "html" },
  { scheme: "file", language: "plaintext" },
  { scheme: "file", pattern: "**/*.mdx" },
  { scheme: "file", pattern: "**/clinlint.yml" },
];

let client: LanguageClient | undefined;
/** The end of what was asked for last: a server stops before another starts. */
let last: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext) {
  const log = vscode.window.createOutputChannel("clinlint", { log: true });
  const restart = () => (last = last.then(stop).then(() => start(log)));
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("clinlint.restart", restart),
    vscode.commands.registerCommand("clinlint.showLog", () => log.show()),
    vscode.commands.registerCommand(
      "clinlint.showReferences",
      async (uri: string, at: Position, places: Location[]) => client && showPlaces(client, uri, at, places),
    ),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (FIXED.some((setting) => change.affectsConfiguration(setting))) {
        await restart();
      }
    }),
    // The path that a folder sets counts from then on.
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
  );
  await restart();
}

export function deactivate(): Promise<void> {
  return last.then(stop);
}

async function start(log: vscode.LogOutputChannel) {
  const path = vscode.workspace.getConfiguration("clinlint").get("path", "clinlint");
  const found = await look(path);
  if ("problem" in found) {
    log.error(found.problem);
    // Nobody waits for the answer.
    void complain(`${found.problem} ${INSTRUCTIONS}`);
    return;
  }
  log.info(`clinlint ${found.version}, started as ${path}`);
  const server = new LanguageClient(
    "clinlint",
    "clinlint",
    { command: path, args: ["lsp"] },
    { documentSelector: ARTICLES, outputChannel: log, diagnosticCollectionName: "clinlint" },
  );
  server.registerFeature(showsPlaces);
  try {
    await server.start();
    client = server;
  } catch (error) {
    log.error(String(error));
    await server.dispose().catch(() => {});
    void complain(`The server of clinlint does not start: ${String(error)}`);
  }
}

async function stop() {
  const server = client;
  client = undefined;
  // One that has ended by itself cannot be stopped.
  await server?.dispose().catch(() => {});
}

async function complain(message: string) {
  const chosen = await vscode.window.showErrorMessage(message, SETTING, RESTART);
  if (chosen === SETTING) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "clinlint.path");
  } else if (chosen === RESTART) {
    await vscode.commands.executeCommand("clinlint.restart");
  }
}
