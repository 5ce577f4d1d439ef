// The text as it is: no character of it is changed by being shown, and new lines end like those around them.

import { insertNewlineAndIndent } from "@codemirror/commands";
import { EditorState, type Extension } from "@codemirror/state";
import { type EditorView, highlightSpecialChars, keymap } from "@codemirror/view";

/** Only a line feed parts lines: what stands before it, also a carriage return, is a character of the line. */
export const exact: Extension = [
  EditorState.lineSeparator.of("\n"),
  highlightSpecialChars({ render: shown }),
  keymap.of([{ key: "Enter", run: newline, shift: newline }]),
];

function shown(code: number, description: string | null): HTMLElement {
  const sign = document.createElement("span");
  const isReturn = code === 13;
  sign.className = isReturn ? "cm-return" : "cm-specialChar";
  sign.textContent = isReturn ? "␍" : "•";
  sign.title = description ?? `Control character ${code}`;
  sign.setAttribute("aria-label", sign.title);
  return sign;
}

/** In a text whose lines end in CR LF, so does a new one. */
function newline(view: EditorView): boolean {
  const { state } = view;
  const { main } = state.selection;
  const line = state.doc.lineAt(main.from);
  if (!line.text.endsWith("\r") || state.selection.ranges.length > 1) return insertNewlineAndIndent(view);
  // Behind the CR stands what the next line begins with: it goes to the end of the line that is made.
  const isBehind = main.from === line.to;
  const at = isBehind ? line.to - 1 : main.from;
  const to = isBehind && main.empty ? at : Math.max(main.to, at);
  const indent = /^[ \t]*/.exec(line.text)?.[0] ?? "";
  const insert = `\r\n${indent}`;
  view.dispatch({
    changes: { from: at, to, insert },
    selection: { anchor: at + insert.length },
    scrollIntoView: true,
    userEvent: "input",
  });
  return true;
}
