// Text typed in the place of what is selected. A browser would give it the look of what was there by inline styles, which
// the page's content security policy refuses, and tells in the console; so it is put there without the browser.

import { type EditorState, type TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** Replaces the selection by what is typed, as the browser's own insertion would be taken over. */
export const replace = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType, isComposing, cancelable } = event as InputEvent;
    const { state } = view;
    // What is composed (accents, other scripts) is the browser's until it is whole.
    if (inputType !== "insertText" || !data || isComposing || !cancelable || state.readOnly) return false;
    const { from, to } = selected(event as InputEvent, view);
    if (from === to) return false;
    const insert = () => state.update(inPlace(state, from, to, data), { userEvent: "input.type", scrollIntoView: true });
    const isTaken = state.facet(EditorView.inputHandler).some((it) => it(view, from, to, data, insert));
    if (!isTaken) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

/** What the browser is about to replace: it may have been selected so lately that the editor does not know yet. */
function selected(event: InputEvent, view: EditorView): { from: number; to: number } {
  const { main, ranges } = view.state.selection;
  const [range] = ranges.length === 1 ? event.getTargetRanges() : [];
  if (!main.empty || !range || !view.contentDOM.contains(range.startContainer)) return main;
  const from = view.posAtDOM(range.startContainer, range.startOffset);
  const to = view.posAtDOM(range.endContainer, range.endOffset);
  return { from: Math.min(from, to), to: Math.max(from, to) };
}

function inPlace(state: EditorState, from: number, to: number, text: string): TransactionSpec {
  const { main } = state.selection;
  if (main.from === from && main.to === to) return state.replaceSelection(text);
  const insert = state.toText(text);
  return { changes: { from, to, insert }, selection: { anchor: from + insert.length } };
}
