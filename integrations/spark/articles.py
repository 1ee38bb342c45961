"""Prints the articles of a folder as JSON lines, for job.py and `clinlint claims --stdin-jsonl`.

articles.py FOLDER > articles.jsonl
"""

import json
import sys
from pathlib import Path

ENDINGS = {".md", ".markdown", ".mdx", ".html", ".htm", ".txt"}


def articles(folder):
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in ENDINGS and path.is_file():
            try:
                # Exactly as it lies there: newlines count.
                text = path.read_bytes().decode()
            except UnicodeDecodeError:
                print(f"{path}: not UTF-8, left out", file=sys.stderr)
                continue
            yield json.dumps({"path": path.as_posix(), "text": text}, ensure_ascii=False)


if __name__ == "__main__":
    for line in articles(Path(sys.argv[1])):
        print(line)
