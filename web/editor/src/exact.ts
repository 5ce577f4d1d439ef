// The text as it is: no character of it is changed by being shown, and new lines end like those around them. The caret
// never stands between the two characters of a Windows line end.

import { insertNewlineAndIndent } from "@codemirror/commands";
import { EditorSelection, EditorState, type Extension, type Transaction, type TransactionSpec } from "@codemirror/state";
import { type EditorView, highlightSpecialChars, keymap } from "@codemirror/view";

/** Only a line feed parts lines: what stands before it, also a carriage return, is a character of the line. */
export const exact: Extension = [
  EditorState.lineSeparator.of("\n"),
  highlightSpecialChars({ render: shown }),
  keymap.of([
    { key: "Enter", run: newline, shift: newline },
    { key: "Delete", run: (view) => deleteEnd(view, 0) },
    { key: "Backspace", run: (view) => deleteEnd(view, 2), shift: (view) => deleteEnd(view, 2) },
  ]),
  EditorState.transactionFilter.of(beforeReturn),
];

/** Carets behind a CR go in front of it, or, where they come from there, to the next line. */
function beforeReturn(transaction: Transaction): TransactionSpec | readonly TransactionSpec[] {
  if (!transaction.selection) return transaction;
  const { newDoc, newSelection, startState } = transaction;
  const isBehind = (at: number) => {
    const line = newDoc.lineAt(at);
    return at === line.to && line.number < newDoc.lines && line.text.endsWith("\r");
  };
  const heads = startState.selection.ranges.map((it) => it.head);
  const moved = (at: number) => {
    if (!isBehind(at)) return at;
    const isStep = !transaction.docChanged && heads.includes(at - 1);
    return isStep ? at + 1 : at - 1;
  };
  if (!newSelection.ranges.some((it) => isBehind(it.head) || isBehind(it.anchor))) return transaction;
  const ranges = newSelection.ranges.map((it) => EditorSelection.range(moved(it.anchor), moved(it.head)));
  return [transaction, { selection: EditorSelection.create(ranges, newSelection.mainIndex), sequential: true }];
}

/** Takes a whole CR LF away, of which `nBefore` characters stand before the caret; not where no caret stands at one. */
function deleteEnd(view: EditorView, nBefore: number): boolean {
  const { state } = view;
  const isAtEnd = (at: number) => state.sliceDoc(at - nBefore, at - nBefore + 2) === "\r\n";
  if (state.readOnly || !state.selection.ranges.every((it) => it.empty && it.head >= nBefore && isAtEnd(it.head))) return false;
  const changes = state.changeByRange(({ head }) => {
    const from = head - nBefore;
    return { changes: { from, to: from + 2 }, range: EditorSelection.cursor(from) };
  });
  view.dispatch(changes, { scrollIntoView: true, userEvent: "delete" });
  return true;
}

function shown(code: number, description: string | null): HTMLElement {
  const sign = document.createElement("span");
  const isReturn = code === 13;
  sign.className = isReturn ? "cm-return" : "cm-specialChar";
  sign.textContent = isReturn ? "␍" : "•";
  sign.title = description ?? `Control character ${code}`;
  sign.setAttribute("aria-label", sign.title);
  return sign;
}

/** Where lines end in CR LF, so does a new one, at each caret. */
function newline(view: EditorView): boolean {
  const { state } = view;
  if (!state.selection.ranges.some((it) => endsInReturn(state, it.from))) return insertNewlineAndIndent(view);
  const changes = state.changeByRange((range) => {
    const line = state.doc.lineAt(range.from);
    // Behind the CR stands what the next line begins with: it goes to the end of the line that is made.
    const isBehind = range.from === line.to && line.text.endsWith("\r");
    const from = isBehind ? line.to - 1 : range.from;
    const to = isBehind && range.empty ? from : range.to;
    const indent = /^[ \t]*/.exec(line.text)?.[0] ?? "";
    const insert = `${endsInReturn(state, range.from) ? "\r\n" : "\n"}${indent}`;
    return { changes: { from, to, insert }, range: EditorSelection.cursor(from + insert.length) };
  });
  view.dispatch(changes, { scrollIntoView: true, userEvent: "input" });
  return true;
}

/** Whether the line there ends in CR LF; the last line, which has no end, goes by the one before it. */
function endsInReturn(state: EditorState, at: number): boolean {
  const line = state.doc.lineAt(at);
  const isLast = line.number === state.doc.lines && line.number > 1;
  return (isLast ? state.doc.line(line.number - 1) : line).text.endsWith("\r");
}
