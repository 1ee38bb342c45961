// What happens around an editor: files, folders, settings, and what goes wrong.

import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { guideline, leaflet, monograph, place, three } from "./articles.mjs";
import { folder, protocol, pulling, pushed, Session, uri } from "./client.mjs";

const {
  CancellationTokenSource,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidCloseTextDocumentNotification,
  DidRenameFilesNotification,
  DidSaveTextDocumentNotification,
  ExitNotification,
  FileChangeType,
  HoverRequest,
  LSPErrorCodes,
} = protocol;

const told = (session, type, ...uris) =>
  session.tell(DidChangeWatchedFilesNotification.type, { changes: uris.map((uri) => ({ uri, type })) });

test("files that come, change and go on disk count", async (t) => {
  const root = folder(t, { "guideline.md": guideline });
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  assert.ok(session.registered.includes("workspace/didChangeWatchedFiles"));
  const of = uri(root, "guideline.md");
  await session.open(of, guideline);
  assert.deepEqual(await session.codes(of), []);
  writeFileSync(join(root, "monograph.md"), monograph);
  await told(session, FileChangeType.Created, uri(root, "monograph.md"));
  await session.until(of, "dose/start");
  writeFileSync(join(root, "monograph.md"), monograph.replace("10 mg", "50 mg"));
  await told(session, FileChangeType.Changed, uri(root, "monograph.md"));
  await session.until(of);
  mkdirSync(join(root, "old"));
  writeFileSync(join(root, "old", "leaflet.md"), leaflet);
  await told(session, FileChangeType.Created, uri(root, "old"));
  await session.until(of, "dose/start");
  rmSync(join(root, "old"), { recursive: true });
  await told(session, FileChangeType.Deleted, uri(root, "old"));
  await session.until(of);
  assert.equal(await session.end(), 0);
});

test("a renamed article is known by its new name", async (t) => {
  const root = folder(t, three);
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  const [old, renamed] = [uri(root, "guideline.md"), uri(root, "advice for nerve pain.md")];
  await session.open(old, guideline);
  renameSync(join(root, "guideline.md"), join(root, "advice for nerve pain.md"));
  await session.tell(DidRenameFilesNotification.type, { files: [{ oldUri: old, newUri: renamed }] });
  await session.tell(DidCloseTextDocumentNotification.type, { textDocument: { uri: old } });
  await session.open(renamed, guideline);
  await session.until(renamed, "dose/start");
  await session.until(old);
  const all = await session.ask("workspace/diagnostic", { previousResultIds: [] });
  assert.ok(all.items.some((item) => item.uri === renamed));
  assert.ok(!all.items.some((item) => item.uri === old));
  assert.equal(await session.end(), 0);
});

test("a file that vanishes while it is open ends nothing", async (t) => {
  const root = folder(t, three);
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  const of = uri(root, "guideline.md");
  await session.open(of, guideline);
  rmSync(join(root, "guideline.md"));
  await told(session, FileChangeType.Deleted, of);
  await session.until(of, "dose/start");
  await session.tell(DidSaveTextDocumentNotification.type, { textDocument: { uri: of } });
  await session.tell(DidCloseTextDocumentNotification.type, { textDocument: { uri: of } });
  await session.until(of);
  await session.until(uri(root, "monograph.md"));
  assert.equal(await session.end(), 0);
});

test("a text that was never saved counts", async (t) => {
  const root = folder(t, { "guideline.md": guideline });
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  await session.open(uri(root, "new.md"), monograph);
  await session.until(uri(root, "guideline.md"), "dose/start");
  await session.tell(DidCloseTextDocumentNotification.type, { textDocument: { uri: uri(root, "new.md") } });
  await session.until(uri(root, "guideline.md"));
  assert.equal(await session.end(), 0);
});

test("the configuration is edited live, right or wrong", async (t) => {
  const root = folder(t, { ...three, "clinlint.yml": "confidence: medium\n" });
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  const [of, config] = [uri(root, "guideline.md"), uri(root, "clinlint.yml")];
  assert.deepEqual(await session.codes(of), ["dose/start"]);
  await session.open(config, "confidence: medium\n", "yaml");
  await session.change(config, 2, { text: "lints: { dose/start: off }\n" });
  assert.deepEqual(await session.codes(of), []);
  await session.change(config, 3, { text: "lints: { dose/strat: off }\n" });
  const isWrong = ({ uri: of, diagnostics }) => of === config && diagnostics.length > 0;
  const { diagnostics } = await session.published.wait(isWrong);
  assert.match(diagnostics[0].message, /there is no lint and no group `dose\/strat`\ndid you mean `dose\/start`\?/);
  assert.equal(diagnostics[0].range.start.line, 0);
  assert.deepEqual(await session.codes(of), [], "the last right configuration holds");
  await session.change(config, 4, { text: "exclude: [guideline.md]\n" });
  await session.published.wait(({ uri: of, diagnostics }) => of === config && diagnostics.length === 0);
  await session.until(uri(root, "monograph.md"));
  await session.tell(DidCloseTextDocumentNotification.type, { textDocument: { uri: config } });
  await session.until(of, "dose/start");
  assert.equal(await session.end(), 0);
});

test("settings are asked for again when they change", async (t) => {
  const root = folder(t, { ...three, "strict.yml": "lints: { dose/start: off }\n" });
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  assert.ok(session.registered.includes("workspace/didChangeConfiguration"));
  const of = uri(root, "guideline.md");
  assert.deepEqual(await session.codes(of), ["dose/start"]);
  session.settings = { config: "strict.yml" };
  await session.tell(DidChangeConfigurationNotification.type, { settings: null });
  await session.until(of);
  session.settings = { diagnostics: "everything" };
  await session.tell(DidChangeConfigurationNotification.type, { settings: null });
  assert.match((await session.logged.wait()).message, /unknown variant `everything`/);
  assert.equal(await session.end(), 0);
});

test("all articles are shown to an editor that wants them", async (t) => {
  const root = folder(t, three);
  const session = await Session.begin(t, [root], { capabilities: pushed, options: { diagnostics: "workspace" } });
  for (const name of Object.keys(three)) {
    await session.published.wait(({ uri: of, diagnostics }) => of === uri(root, name) && diagnostics.length === 1);
  }
  assert.equal(await session.end(), 0);
});

test("folders come and go, each with its own articles", async (t) => {
  const [one, other] = [folder(t, { "guideline.md": guideline }), folder(t, three)];
  const session = await Session.begin(t, [one]);
  await session.refreshed.wait();
  const folders = (added, removed) => ({
    event: {
      added: added.map((root) => ({ uri: uri(root), name: root })),
      removed: removed.map((root) => ({ uri: uri(root), name: root })),
    },
  });
  await session.tell(DidChangeWorkspaceFoldersNotification.type, folders([other], []));
  await session.until(uri(other, "guideline.md"), "dose/start");
  assert.deepEqual(await session.codes(uri(one, "guideline.md")), [], "folders are not compared with each other");
  await session.tell(DidChangeWorkspaceFoldersNotification.type, folders([], [other]));
  await session.until(uri(other, "guideline.md"));
  assert.equal(await session.end(), 0);
});

test("an article in no folder is checked by itself", async (t) => {
  const text = guideline.replace("50 mg", "50.0 mg");
  const root = folder(t, { "a.md": text, "b.md": leaflet });
  const session = await Session.begin(t, []);
  await session.open(uri(root, "a.md"), text);
  await session.until(uri(root, "a.md"), "notation/trailing-zero");
  assert.equal(await session.end(), 0);
});

/** Many articles, so that the first reading takes a while. */
const many = () =>
  Object.fromEntries(Array.from({ length: 300 }, (_, number) => [`article-${number}.md`, monograph.repeat(20)]));

test("the first reading shows how far it is, and editing goes on meanwhile", async (t) => {
  const root = folder(t, { ...many(), "guideline.md": guideline });
  const capabilities = { ...pulling, window: { workDoneProgress: true } };
  const session = await Session.begin(t, [root], { capabilities });
  const of = uri(root, "guideline.md");
  await session.open(of, guideline);
  await session.change(of, 2, { range: { start: place(guideline, "50"), end: place(guideline, " mg at") }, text: "40" });
  const hover = await session.ask(HoverRequest.type, { textDocument: { uri: of }, position: place(guideline, "mg at") });
  assert.match(hover.contents.value, /40 mg/);
  const begin = await session.progress.wait(({ kind }) => kind === "begin");
  assert.equal(begin.title, "clinlint: reading articles");
  await session.progress.wait(({ kind }) => kind === "end");
  assert.deepEqual(await session.codes(of), ["dose/start"]);
  assert.equal(await session.end(), 0);
});

test("a request that waits can be taken back", async (t) => {
  const root = folder(t, three);
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  const large = uri(root, "large.md");
  await session.open(large, `${guideline}\n`.repeat(500));
  const at = { textDocument: { uri: large }, position: { line: 2, character: 3 } };
  const busy = session.ask(HoverRequest.type, at);
  const source = new CancellationTokenSource();
  const asked = session.ask(HoverRequest.type, at, source.token);
  source.cancel();
  await assert.rejects(asked, { code: LSPErrorCodes.RequestCancelled });
  await busy;
  assert.equal(await session.end(), 0);
});

test("what is not understood is answered or noted, and the session goes on", async (t) => {
  const root = folder(t, three);
  const session = await Session.begin(t, [root]);
  session.process.stdin.write("Content-Length: 12\r\n\r\n{\"jsonrpc\": ");
  assert.match((await session.logged.wait()).message, /not understood/);
  await assert.rejects(session.ask("clinlint/unheardOf", {}), { code: -32601 });
  await assert.rejects(session.ask("textDocument/hover", { textDocument: 1 }), { code: -32602 });
  await session.tell("textDocument/didChange", { nothing: true });
  assert.match((await session.logged.wait()).message, /textDocument\/didChange was not understood/);
  assert.equal(await session.end(), 0);
});

test("to end without a word is status 1", async (t) => {
  const session = await Session.begin(t, [folder(t, three)]);
  await session.tell(ExitNotification.type);
  assert.equal(await session.exit(), 1);
});
