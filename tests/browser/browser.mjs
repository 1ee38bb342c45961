// What the tests of pages share: a browser, a page that notes everything that
// goes wrong in it, and checks that every page must pass.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Starts the browser of the system; root needs to go without its sandbox. */
export const launch = () =>
  puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });

/** Opens a file; `page.wrongs` collects errors, refusals of the policy, dialogs and requests. */
export const open = async (browser, file, { hash = "", width = 1280, scheme = "light", script = true } = {}) => {
  const page = await browser.newPage();
  page.wrongs = [];
  const address = pathToFileURL(file).href;
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && page.wrongs.push(message.text()));
  page.on("pageerror", (error) => page.wrongs.push(String(error)));
  page.on("dialog", (dialog) => {
    page.wrongs.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => request.url().split("#")[0] !== address && page.wrongs.push(`a request: ${request.url()}`));
  await page.evaluateOnNewDocument(() => {
    globalThis.refused = [];
    addEventListener("securitypolicyviolation", (event) => globalThis.refused.push(`${event.violatedDirective}: ${event.blockedURI}`), true);
  });
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.goto(address + hash, { waitUntil: "load" });
  return page;
};

/** What went wrong in a page so far. */
export const wrongs = async (page) => [...page.wrongs, ...(await page.evaluate(() => globalThis.refused))];

/** The rules of accessibility that a page breaks, with the first place of each. */
export const barriers = async (page) => {
  // Run by the browser's own tools, which the policy of the page does not bind.
  const client = await page.createCDPSession();
  await client.send("Runtime.evaluate", { expression: axe });
  const { result, exceptionDetails } = await client.send("Runtime.evaluate", {
    expression: "axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations))",
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) {
    throw new Error(JSON.stringify(exceptionDetails));
  }
  return JSON.parse(result.value).map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`);
};

/** What sticks out of the window at the side. */
export const overflow = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) {
      return [];
    }
    const sticking = [...document.querySelectorAll("body *")].filter((element) => {
      const { right, width: own } = element.getBoundingClientRect();
      return own > 0 && right > width + 1 && !element.closest(".scroll, svg");
    });
    return sticking.slice(0, 3).map((element) => element.outerHTML.slice(0, 200));
  });

/** Shows every finding and every drug. */
export const openAll = async (page) => {
  await page.evaluate(() => document.querySelectorAll(".finding > details, .drug > details, .more").forEach((details) => (details.open = true)));
  // Opening fills them, and what they hold can be opened, too.
  await page.waitForFunction(() => document.querySelector(".finding noscript, .drug noscript") === null);
  await page.evaluate(() => document.querySelectorAll(".more").forEach((details) => (details.open = true)));
};
