import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const properties: Record<string, { default: unknown; enum?: unknown[] }> = manifest.contributes.configuration.properties;

/** Settings that the server knows nothing of. */
const OWN = ["clinlint.path", "clinlint.trace.server"];

/** The table of settings in the documentation of the server: name and default. */
function documented(): [string, string][] {
  const page = readFileSync("../../docs/editors.md", "utf8");
  const rows = page.slice(page.indexOf("## Settings")).matchAll(/^\| `(\w+)` \|.*\| (.*) \|$/gm);
  return [...rows].map(([, name, value]) => [`clinlint.${name}`, value!]);
}

test("the settings are those of the server", () => {
  const names = documented().map(([name]) => name);
  assert.ok(names.length > 0);
  assert.deepEqual(Object.keys(properties).filter((name) => !OWN.includes(name)), names);
});

test("nothing set is what the server does by itself", () => {
  for (const [name, value] of documented()) {
    const own = properties[name]!.default;
    // What the server takes from elsewhere is described in words.
    const said = /^`(.*)`$/.exec(value)?.[1] ?? null;
    assert.equal(own === null ? null : String(own), said, name);
  }
});
