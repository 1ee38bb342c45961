// The places that a lens counts, shown in the window that VS Code has for them.

import * as vscode from "vscode";
import type { ClientCapabilities, LanguageClient, Location, Position, StaticFeature } from "vscode-languageclient/node";

/** Tells the server that there is a command to show places. */
export const showsPlaces: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities) {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), showReferences: true };
  },
  initialize() {},
  getState: () => ({ kind: "static" }),
  clear() {},
};

/** Shows what the server sends with a lens. */
export async function showPlaces(client: LanguageClient, uri: string, at: Position, places: Location[]) {
  const { protocol2CodeConverter: convert } = client;
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    convert.asUri(uri),
    convert.asPosition(at),
    places.map((place) => convert.asLocation(place)),
  );
}
