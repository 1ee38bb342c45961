import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { look } from "../source/binary";

const binary = process.env.CLINLINT;

test("clinlint says its version", { skip: !binary && "CLINLINT names no binary" }, async () => {
  const found = await look(binary!);
  assert.match("version" in found ? found.version : "", /^\d+\.\d+\.\d+/);
});

test("a program that is not there is said to be missing", async () => {
  assert.deepEqual(await look("clinlint-that-nobody-has"), {
    problem: "clinlint-that-nobody-has was not found on the PATH.",
  });
  const path = join(tmpdir(), "clinlint-that-nobody-has");
  assert.deepEqual(await look(path), { problem: `There is no program ${path}.` });
  assert.ok("problem" in (await look("")));
  assert.ok("problem" in (await look("a\0b")));
});

test("another program is not taken for clinlint", async () => {
  assert.deepEqual(await look(process.execPath), {
    problem: `${process.execPath} is another program, not clinlint.`,
  });
});

test("a file that is no program is named", { skip: process.platform === "win32" }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "clinlint-vscode-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "clinlint");
  writeFileSync(path, "");
  chmodSync(path, 0o644);
  assert.deepEqual(await look(path), { problem: `${path} may not be run.` });
  writeFileSync(path, "#!/bin/sh\necho clinlint 1.0.0\nexit 3\n");
  chmodSync(path, 0o755);
  assert.deepEqual(await look(path), {
    problem: `${path} does not run: it fails when it is asked for its version.`,
  });
});
