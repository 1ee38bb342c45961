// Bundles the extension into dist/, with what has to lie beside it; with
// --tests the tests into dist-test/.

import { build } from "esbuild";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const shared = { bundle: true, platform: "node", target: "node20", logLevel: "warning" };

if (process.argv.includes("--tests")) {
  rmSync("dist-test", { recursive: true, force: true });
  const entryPoints = readdirSync("test").map((name) => join("test", name));
  await build({ ...shared, entryPoints, format: "esm", outdir: "dist-test", outExtension: { ".js": ".mjs" } });
} else {
  rmSync("dist", { recursive: true, force: true });
  mkdirSync("dist");
  const { metafile } = await build({
    ...shared,
    entryPoints: ["source/extension.ts"],
    external: ["vscode"],
    format: "cjs",
    minify: true,
    metafile: true,
    outfile: "dist/extension.js",
  });
  writeFileSync("dist/THIRD-PARTY.txt", licences(Object.keys(metafile.inputs)));
  const root = join("..", "..");
  copyFileSync(join(root, "clinlint.schema.json"), join("dist", "clinlint.schema.json"));
  for (const name of ["LICENSE", "LICENSE-APACHE", "LICENSE-MIT"]) {
    copyFileSync(join(root, name), name);
  }
}

/** The licences of the packages that the bundle has files of. */
function licences(files) {
  const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (!file) {
      throw new Error(`${name} has no licence beside it`);
    }
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  return texts.join(`\n${"-".repeat(72)}\n\n`);
}
