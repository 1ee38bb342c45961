// Articles for the tests.

export const monograph =
  "# Amitriptyline\n\nThe starting dose of amitriptyline for neuropathic pain is 10 mg at bedtime.\n";
export const guideline =
  "# Nerve pain\n\nNaïve 💊 patients: the starting dose of amitriptyline for neuropathic pain is 50 mg at bedtime.\n";
export const leaflet = "# Leaflet\n\nStart amitriptyline for neuropathic pain at 10 mg at bedtime.\n";

export const three = { "guideline.md": guideline, "leaflet.md": leaflet, "monograph.md": monograph };

/** The place of a word, counted in code units of UTF-16. */
export function place(text, word) {
  const before = text.slice(0, text.indexOf(word)).split("\n");
  return { line: before.length - 1, character: before.at(-1).length };
}

/** The text after edits that count code units of UTF-16. */
export function edited(text, edits) {
  const lines = text.split("\n");
  const offset = ({ line, character }) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  const last = (one, other) => offset(other.range.start) - offset(one.range.start);
  for (const { range, newText } of [...edits].sort(last)) {
    text = text.slice(0, offset(range.start)) + newText + text.slice(offset(range.end));
  }
  return text;
}
