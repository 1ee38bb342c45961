// What an editor shows of facts: diagnostics, hover, definition, references,
// symbols, lenses, hints, code actions.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { edited, guideline, monograph, place, three } from "./articles.mjs";
import { folder, protocol, pulling, pushed, Session, uri } from "./client.mjs";

const {
  CodeActionRequest,
  CodeLensRequest,
  CodeLensResolveRequest,
  DefinitionRequest,
  DidChangeConfigurationNotification,
  DocumentDiagnosticRequest,
  DocumentSymbolRequest,
  HoverRequest,
  InlayHintRequest,
  ReferencesRequest,
  WorkspaceDiagnosticRequest,
  WorkspaceSymbolRequest,
} = protocol;

test("diagnostics are sent at both ends, with the others and the page of the lint", async (t) => {
  const root = folder(t, three);
  const session = await Session.begin(t, [root], { capabilities: pushed });
  assert.equal(session.initialized.serverInfo.name, "clinlint");
  assert.equal(session.initialized.capabilities.positionEncoding, "utf-16");
  await session.open(uri(root, "guideline.md"), guideline);
  const isFound = ({ uri: of, diagnostics }) => of === uri(root, "guideline.md") && diagnostics.length > 0;
  const { diagnostics } = await session.published.wait(isFound);
  const [one] = diagnostics;
  assert.equal(one.code, "dose/start");
  assert.equal(one.severity, 1);
  assert.deepEqual(one.range.start, place(guideline, "50 mg"));
  assert.deepEqual(
    one.relatedInformation.map(({ location }) => location),
    [
      { uri: uri(root, "leaflet.md"), range: one.relatedInformation[0].location.range },
      { uri: uri(root, "monograph.md"), range: one.relatedInformation[1].location.range },
    ],
  );
  assert.deepEqual(one.relatedInformation[1].location.range.start, place(monograph, "10 mg"));
  const page = readFileSync(fileURLToPath(one.codeDescription.href), "utf8");
  assert.match(page, /^# dose\/start: /);
  assert.equal(await session.end(), 0);
});

test("diagnostics are asked for, of one article and of all", async (t) => {
  const root = folder(t, three);
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  const textDocument = { uri: uri(root, "guideline.md") };
  await session.open(textDocument.uri, guideline);
  const first = await session.ask(DocumentDiagnosticRequest.type, { textDocument });
  assert.equal(first.kind, "full");
  assert.deepEqual(first.items.map(({ code }) => code), ["dose/start"]);
  const params = { textDocument, previousResultId: first.resultId };
  assert.deepEqual(await session.ask(DocumentDiagnosticRequest.type, params), {
    kind: "unchanged",
    resultId: first.resultId,
  });
  await session.change(textDocument.uri, 2, { text: guideline.replace("50 mg", "10 mg") });
  const mended = await session.ask(DocumentDiagnosticRequest.type, params);
  assert.deepEqual([mended.kind, mended.items], ["full", []]);
  await session.change(textDocument.uri, 3, { text: guideline });
  const all = await session.ask(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
  assert.deepEqual(all.items.map((item) => [item.uri, item.items.length]), [
    [uri(root, "guideline.md"), 1],
    [uri(root, "leaflet.md"), 1],
    [uri(root, "monograph.md"), 1],
  ]);
  const previousResultIds = all.items.map(({ uri, resultId: value }) => ({ uri, value }));
  const again = await session.ask(WorkspaceDiagnosticRequest.type, { previousResultIds });
  assert.deepEqual(again.items.map(({ kind }) => kind), ["unchanged", "unchanged", "unchanged"]);
  assert.equal(await session.end(), 0);
});

test("an editor that asks once and cannot be told to ask again is sent diagnostics", async (t) => {
  const root = folder(t, three);
  const { diagnostics, ...workspace } = pulling.workspace;
  const session = await Session.begin(t, [root], { capabilities: { ...pulling, workspace } });
  // It would show them twice.
  assert.equal(session.initialized.capabilities.diagnosticProvider, undefined);
  await session.open(uri(root, "guideline.md"), guideline);
  await session.published.wait(({ uri: of, diagnostics: [one] }) => of === uri(root, "guideline.md") && one);
  assert.equal(await session.end(), 0);
});

test("columns count bytes where the editor does", async (t) => {
  const root = folder(t, three);
  const capabilities = { ...pulling, general: { positionEncodings: ["utf-8", "utf-16"] } };
  const session = await Session.begin(t, [root], { capabilities });
  assert.equal(session.initialized.capabilities.positionEncoding, "utf-8");
  await session.refreshed.wait();
  const report = await session.ask(DocumentDiagnosticRequest.type, {
    textDocument: { uri: uri(root, "guideline.md") },
  });
  const line = guideline.split("\n")[2];
  const bytes = Buffer.byteLength(line.slice(0, line.indexOf("50 mg")));
  assert.deepEqual(report.items[0].range.start, { line: 2, character: bytes });
  assert.equal(await session.end(), 0);
});

test("a fact is shown, and its statements are found", async (t) => {
  const root = folder(t, { ...three, "clinlint.yml": "references: [monograph.md]\n" });
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  await session.open(uri(root, "guideline.md"), guideline);
  const at = { textDocument: { uri: uri(root, "guideline.md") }, position: place(guideline, "mg at") };
  const hover = await session.ask(HoverRequest.type, at);
  assert.equal(hover.contents.kind, "markdown");
  assert.match(hover.contents.value, /^\*\*amitriptyline: 50 mg/);
  assert.match(hover.contents.value, /Contradicted by:\n\n- 10 mg.*leaflet\.md:3.*\n- 10 mg.*monograph\.md:3.*\(reference\)/);
  assert.deepEqual(hover.range.start, place(guideline, "50 mg"));
  const [definition, ...more] = await session.ask(DefinitionRequest.type, at);
  assert.deepEqual([definition.uri, more], [uri(root, "monograph.md"), []]);
  assert.deepEqual(definition.range.start, place(monograph, "10 mg"));
  const all = await session.ask(ReferencesRequest.type, { ...at, context: { includeDeclaration: true } });
  assert.equal(all.length, 3);
  const others = await session.ask(ReferencesRequest.type, { ...at, context: { includeDeclaration: false } });
  assert.equal(others.length, 2);
  const nowhere = { ...at, position: { line: 0, character: 3 } };
  assert.equal(await session.ask(HoverRequest.type, nowhere), null);
  assert.equal(await session.end(), 0);
});

test("without a reference, the definition is what most articles say", async (t) => {
  const root = folder(t, three);
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  const at = { textDocument: { uri: uri(root, "guideline.md") }, position: place(guideline, "mg at") };
  const locations = await session.ask(DefinitionRequest.type, at);
  assert.deepEqual(locations.map((location) => location.uri), [uri(root, "leaflet.md"), uri(root, "monograph.md")]);
  assert.equal(await session.end(), 0);
});

test("symbols list statements by drug", async (t) => {
  const root = folder(t, three);
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  const textDocument = { uri: uri(root, "monograph.md") };
  const [drug] = await session.ask(DocumentSymbolRequest.type, { textDocument });
  assert.equal(drug.name, "amitriptyline");
  assert.match(drug.children[0].name, /^10 mg/);
  const found = await session.ask(WorkspaceSymbolRequest.type, { query: "Amitrip 50" });
  assert.deepEqual(found.map(({ containerName }) => containerName), ["guideline.md"]);
  assert.deepEqual(await session.ask(WorkspaceSymbolRequest.type, { query: "gabapentin" }), []);
  assert.equal(await session.end(), 0);
});

test("lenses count the others, and open them where the editor can", async (t) => {
  const root = folder(t, three);
  const capabilities = { ...pulling, experimental: { showReferences: true } };
  const session = await Session.begin(t, [root], { capabilities });
  await session.refreshed.wait();
  const textDocument = { uri: uri(root, "monograph.md") };
  const [lens] = await session.ask(CodeLensRequest.type, { textDocument });
  const { command } = await session.ask(CodeLensResolveRequest.type, lens);
  assert.equal(command.title, "agrees with 1, contradicts 1");
  assert.equal(command.command, "clinlint.showReferences");
  assert.equal(command.arguments[2].length, 2);
  assert.equal(await session.end(), 0);
});

test("hints are off until the settings ask for them", async (t) => {
  const text = "# Pain\n\nThe usual dose of gabapentin is 300 mg three times a day.\n";
  const root = folder(t, { "a.md": text });
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
  const params = { textDocument: { uri: uri(root, "a.md") }, range };
  assert.equal(await session.ask(InlayHintRequest.type, params), null);
  session.settings = { inlayHints: true, confidence: "low" };
  await session.tell(DidChangeConfigurationNotification.type, { settings: null });
  await session.refreshed.wait();
  const [hint] = await session.ask(InlayHintRequest.type, params);
  assert.equal(hint.label, "= 900 mg a day");
  assert.equal(await session.end(), 0);
});

async function actions(session, of, range, only) {
  return session.ask(CodeActionRequest.type, { textDocument: { uri: of }, range, context: { diagnostics: [], only } });
}

test("an amount is adopted here or everywhere, after a look at each change", async (t) => {
  const copy = guideline.replace("Nerve pain", "Another page");
  const root = folder(t, { ...three, "copy.md": copy, "clinlint.yml": "references: [monograph.md]\n" });
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  await session.open(uri(root, "guideline.md"), guideline);
  const at = place(guideline, "mg at");
  const range = { start: at, end: at };
  const [here, everywhere] = await actions(session, uri(root, "guideline.md"), range, ["quickfix"]);
  assert.equal(here.title, "Use 10 mg as in monograph.md");
  assert.equal(here.diagnostics[0].code, "dose/start");
  assert.match(everywhere.title, /^Use 10 mg as in monograph.md in every article that says 50 mg \(2\)$/);
  const { documentChanges, changeAnnotations } = everywhere.edit;
  assert.deepEqual(documentChanges.map(({ textDocument }) => textDocument), [
    { uri: uri(root, "copy.md"), version: null },
    { uri: uri(root, "guideline.md"), version: 1 },
  ]);
  for (const { edits } of documentChanges) {
    assert.equal(changeAnnotations[edits[0].annotationId].needsConfirmation, true);
  }
  assert.equal(edited(copy, documentChanges[0].edits), copy.replace("50 mg", "10 mg"));
  assert.equal(edited(guideline, documentChanges[1].edits), guideline.replace("50 mg", "10 mg"));
  assert.equal(await session.end(), 0);
});

test("notation is mended, one by one or all at once", async (t) => {
  const text = "# Warfarin\n\nStart warfarin at 5.0 mg once daily.\n\nThe maximum dose of warfarin is 10.0 mg a day.\n";
  const root = folder(t, { "a.md": text });
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  const at = place(text, "5.0");
  const [fix] = await actions(session, uri(root, "a.md"), { start: at, end: at }, ["quickfix"]);
  assert.deepEqual([fix.title, fix.isPreferred], ["Write `5`", true]);
  assert.equal(edited(text, fix.edit.documentChanges[0].edits), text.replace("5.0", "5"));
  const start = { line: 0, character: 0 };
  const [all] = await actions(session, uri(root, "a.md"), { start, end: start }, ["source.fixAll"]);
  assert.equal(edited(text, all.edit.documentChanges[0].edits), text.replaceAll(".0", ""));
  assert.equal(await session.end(), 0);
});

test("a finding is kept with a reason", async (t) => {
  const root = folder(t, three);
  const session = await Session.begin(t, [root]);
  await session.refreshed.wait();
  const of = uri(root, "guideline.md");
  await session.open(of, guideline);
  const at = place(guideline, "mg at");
  const all = await actions(session, of, { start: at, end: at }, ["quickfix"]);
  const keep = all.find(({ title }) => title.startsWith("Keep this dose/start"));
  const kept = edited(guideline, keep.edit.documentChanges[0].edits);
  await session.change(of, 2, { text: kept });
  assert.deepEqual(await session.codes(of), ["dose/start", undefined], "without a reason it does not hold");
  await session.change(of, 3, { text: kept.replace("--  -->", "-- another product -->") });
  assert.deepEqual(await session.codes(of), []);
  assert.equal(await session.end(), 0);
});
