// A folder of articles that try to get out of a page: by their text, their
// headings and their names.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const attacks = [
  "</script><script>alert(1)</script>",
  "</noscript><img src=x onerror=alert(2)>",
  "</style><style>body{display:none}</style>",
  "<!--<script>",
  "--><svg onload=alert(3)>",
  "\"'><a href=javascript:alert(4)>x</a>",
  "${alert(5)} {{7*7}} &lt;b&gt; &amp;amp;",
  "]]><iframe src=//e.example></iframe>",
];

/** Writes the folder. */
export const write = (folder) => {
  mkdirSync(folder, { recursive: true });
  const article = (name, text) => writeFileSync(join(folder, name), text);
  // A slash cannot stand in a name.
  const name = attacks.slice(0, 2).join("").replaceAll("/", "∕");
  attacks.forEach((attack, at) => {
    const fenced = `\`${attack}\``;
    article(
      `${at}.md`,
      `# Amitriptyline ${fenced}\n\n## Dosing ${fenced}\n\n${fenced}: the starting dose of amitriptyline is ${10 * (at + 1)} mg at bedtime ${fenced}.\n\n` +
        `Amitriptyline is ${at % 2 ? "contraindicated" : "to be used with caution"} in glaucoma ${fenced}.\n`,
    );
  });
  article(`${name}.md`, "# Pain\n\nThe starting dose of amitriptyline is 100 mg at bedtime.\n");
  article("raw.html", `<h1>Pain</h1><p>The starting dose of amitriptyline is 150 mg ${attacks.join(" ")}</p>`);
  const word = "pneumonoultramicroscopic".repeat(400);
  article(`${word.slice(0, 200)}.md`, `# ${word}\n\n${word} the starting dose of amitriptyline is 200 mg at bedtime ${word}.\n`);
  article("abjad.md", "# ألم\n\nجرعة البدء: the starting dose of amitriptyline is 300 mg at bedtime. الجرعة القصوى ١٥٠ ملغ.\n");
  article("bidi\u202e.md", "# Pain\n\n\u202e\u2067The starting dose of amitriptyline is 400 mg\u2069 at bedtime.\u202c \u0007\u001b[31m\n");
};
