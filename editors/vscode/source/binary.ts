// The program that is started: whether it is there, and is clinlint.

import { execFile } from "node:child_process";

/** What there is to tell of a program. */
export type Found = { version: string } | { problem: string };

/** How long a program may take to say its version, in milliseconds. */
const PATIENCE = 10_000;

/** Asks the program of this name or path for its version. */
export function look(path: string): Promise<Found> {
  return new Promise((tell) => {
    try {
      execFile(path, ["--version"], { timeout: PATIENCE, windowsHide: true }, (error, output) => {
        const version = /^clinlint (\S+)\s*$/.exec(output)?.[1];
        if (error) {
          tell({ problem: problem(path, error.code) });
        } else {
          tell(version ? { version } : { problem: `${path} is another program, not clinlint.` });
        }
      });
    } catch {
      // A path that no system takes, such as an empty one.
      tell({ problem: problem(path, "ENOENT") });
    }
  });
}

function problem(path: string, code: number | string | null | undefined): string {
  const isPath = /[\\/]/.test(path);
  switch (code) {
    case "ENOENT":
      return isPath ? `There is no program ${path}.` : `${path} was not found on the PATH.`;
    case "EACCES":
      return `${path} may not be run.`;
    default:
      return `${path} does not run: it fails when it is asked for its version.`;
  }
}
