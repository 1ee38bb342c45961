// The report and the page of a drug in a browser: nothing goes wrong, nobody is
// shut out, nothing of an article runs, and filters, search and addresses lead
// where they say.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { barriers, launch, open, openAll, overflow, wrongs } from "./browser.mjs";
import * as hostile from "./hostile.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const clinlint = process.env.CLINLINT ?? join(root, "target/debug/clinlint");
const folder = mkdtempSync(join(tmpdir(), "clinlint-browser-"));
const ordinary = join(folder, "report.html");
const attacked = join(folder, "attacked.html");
const drug = join(folder, "drug.html");
let browser;

before(async () => {
  const run = (...arguments_) => execFileSync(clinlint, arguments_, { cwd: root, stdio: ["ignore", "pipe", "ignore"] });
  run("report", "fixtures", "--output", ordinary);
  hostile.write(join(folder, "hostile"));
  run("report", join(folder, "hostile"), "--output", attacked);
  writeFileSync(drug, run("facts", "amitriptyline", "fixtures", "--format", "html"));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const shown = (page, selector) => page.$$eval(selector, (elements) => elements.filter((element) => element.checkVisibility()).length);
const text = (page, selector) => page.$eval(selector, (element) => element.textContent.trim());
const settled = (page, wanted) => page.waitForFunction((wanted) => document.querySelector("#shown").textContent === wanted, {}, wanted);

describe("every page", () => {
  for (const scheme of ["light", "dark"]) {
    for (const [name, file, hash] of [
      ["findings", ordinary, ""],
      ["drugs", ordinary, "#view=drugs"],
      ["articles", ordinary, "#view=articles"],
      ["drug", drug, ""],
      ["hostile", attacked, ""],
    ]) {
      test(`${name} has no barriers and nothing goes wrong, ${scheme}`, async () => {
        const page = await open(browser, file, { hash, scheme });
        await openAll(page);
        assert.deepEqual(await barriers(page), []);
        assert.deepEqual(await wrongs(page), []);
        await page.close();
      });
    }
  }

  for (const width of [320, 390, 768, 1280]) {
    for (const [name, file] of [["report", ordinary], ["drug", drug], ["hostile", attacked]]) {
      test(`${name} fits a window of ${width}`, async () => {
        for (const hash of ["", "#view=drugs", "#view=articles"]) {
          const page = await open(browser, file, { width, hash });
          await openAll(page);
          assert.deepEqual(await overflow(page), [], hash);
          await page.close();
        }
      });
    }
  }
});

describe("the report", () => {
  test("opens with the worst finding and its sides", async () => {
    const page = await open(browser, ordinary);
    const severities = await page.$$eval(".finding", (findings) => findings.map((finding) => finding.dataset.severity));
    assert.deepEqual(severities, [...severities].sort());
    assert.equal(await shown(page, ".finding:first-child .side"), 2);
    assert.equal(await shown(page, ".finding:first-child svg[role=img]"), 1);
    const drawing = await page.$eval(".finding:first-child svg[role=img]", (svg) => {
      const [title, description] = svg.getAttribute("aria-labelledby").split(" ").map((id) => document.getElementById(id).textContent);
      return { title, description };
    });
    assert.match(drawing.title, /^Starting doses of .* differ/);
    assert.match(drawing.description, /A, .*\.md: \d+ mg a day.* B, /);
    await page.close();
  });

  test("is filtered by severity, drug, kind and article, and keeps it in its address", async () => {
    const page = await open(browser, ordinary);
    const count = await shown(page, ".finding");
    assert.equal(await text(page, "#shown"), `${count} findings`);
    await page.click("input[value=warning]");
    const errors = await page.$$eval(".finding[data-severity=error]", (findings) => findings.length);
    await settled(page, `${errors} of ${count} findings`);
    assert.equal(await shown(page, ".finding"), errors);
    await page.select("#lint", "dose/start");
    await page.select("#drug", "amitriptyline");
    await settled(page, `2 of ${count} findings`);
    await page.type("#article", "questions");
    await settled(page, `1 of ${count} findings`);
    const address = page.url();
    assert.match(address, /#severity=error&drug=amitriptyline&lint=dose%2Fstart&article=questions$/);
    const again = await open(browser, ordinary, { hash: new URL(address).hash });
    assert.equal(await text(again, "#shown"), `1 of ${count} findings`);
    await again.click("button[type=reset]");
    await settled(again, `${count} findings`);
    assert.deepEqual([...(await wrongs(page)), ...(await wrongs(again))], []);
    await again.close();
    await page.close();
  });

  test("is searched in everything that a finding says", async () => {
    const page = await open(browser, ordinary);
    const count = await shown(page, ".finding");
    // A word of a passage, one of a name and one of a proof, in any case.
    for (const [words, found] of [["Urinary caution", 2], ["one-line.md", 1], ["nothing of the kind", 0]]) {
      await page.$eval("#q", (field) => (field.value = ""));
      await page.type("#q", words);
      await settled(page, `${found} of ${count} findings`);
    }
    // Names of elements are no text.
    await page.$eval("#q", (field) => (field.value = ""));
    await page.type("#q", "blockquote");
    await settled(page, `0 of ${count} findings`);
    await page.close();
  });

  test("leads from a drug's table to the passage", async () => {
    const page = await open(browser, ordinary);
    await page.click("[data-view=drugs]");
    await page.waitForFunction(() => document.querySelector("#findings").hidden);
    await page.type("#q", "amitrip");
    await page.waitForFunction(() => document.querySelector("#shown").textContent.startsWith("1 of "));
    await page.click("#d-amitriptyline > summary");
    await page.waitForSelector("#d-amitriptyline td a");
    const [target, words] = await page.$eval("#d-amitriptyline td a", (link) => [link.hash.slice(1), link.textContent]);
    assert.match(words, /disagrees, side A: 5 mg a day/);
    await page.click("#d-amitriptyline td a");
    await page.waitForFunction((id) => document.activeElement?.id === id, {}, target);
    assert.equal(await page.$eval(`#${target}`, (passage) => passage.checkVisibility() && passage.closest("details").open), true);
    assert.match(await text(page, `#${target} mark`), /5 mg/);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("#findings").hidden);
    assert.deepEqual(await wrongs(page), []);
    await page.close();
  });

  test("leads from an address to a passage that filters hid", async () => {
    const page = await open(browser, ordinary, { hash: "#q=nothing" });
    assert.equal(await shown(page, ".finding"), 0);
    const id = await page.$eval(".finding details", (details) => details.id);
    await page.evaluate((id) => (location.hash = id), id);
    await page.waitForFunction((id) => document.getElementById(id).open, {}, id);
    assert.ok((await shown(page, ".finding")) > 1);
    await page.close();
  });

  test("is used by the keyboard alone", async () => {
    const page = await open(browser, ordinary);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.id === "main");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.localName), "summary");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !document.activeElement.parentElement.open);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.parentElement.open && document.activeElement.parentElement.querySelector(".body"));
    await page.close();
  });

  test("is complete without its script", async () => {
    const page = await open(browser, ordinary, { script: false });
    // Reading a page needs a script of the test, not of the page.
    await page.setJavaScriptEnabled(true);
    assert.ok((await page.$$(".finding .side")).length > 2);
    assert.ok((await page.$$(".drug table")).length > 2);
    assert.ok((await page.$$(".articles tbody tr")).length > 2);
    assert.equal(await page.$eval(".fields", (form) => form.hidden), true);
    await page.close();
  });

  test("is printed with everything open that is shown", async () => {
    const page = await open(browser, ordinary, { hash: "#severity=error" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMediaType("print");
    assert.equal(await shown(page, ".finding .advice"), await shown(page, ".finding"));
    assert.equal(await shown(page, ".fields"), 0);
    await page.emulateMediaType("screen");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.equal(await shown(page, ".finding .advice"), 0);
    await page.close();
  });
});

describe("hostile articles", () => {
  test("are text, whatever they hold", async () => {
    const page = await open(browser, attacked);
    await openAll(page);
    for (const part of ["drugs", "articles", "findings"]) {
      await page.click(`[data-view=${part}]`);
      await page.waitForFunction((part) => !document.querySelector(`#${part}`).hidden, {}, part);
    }
    await page.type("#q", "</script>");
    await page.waitForFunction(() => document.querySelector("#shown").textContent.includes(" of "));
    assert.ok((await shown(page, ".finding")) > 0, "the text of an attack is found");
    assert.equal((await page.$$("img, iframe, main script, svg[onload], a[href^=javascript], main style")).length, 0);
    const passages = await page.$$eval(".text", (texts) => texts.map((text) => text.textContent).join("\n"));
    assert.ok(passages.includes("</script><script>alert(1)</script>"), passages);
    assert.ok(!/[\u202a-\u202e\u2066-\u2069\u0007\u001b]/.test(passages));
    assert.deepEqual(await wrongs(page), []);
    await page.close();
  });

  test("run nothing without the page's script either", async () => {
    const page = await open(browser, attacked, { script: false });
    await page.setJavaScriptEnabled(true);
    assert.equal((await page.$$("img, iframe, main script, svg[onload], a[href^=javascript], main style")).length, 0);
    await page.close();
  });
});
