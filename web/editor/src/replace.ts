// Text typed in the place of what is selected. A browser would give it the look of what was there by inline styles, which
// the page's content security policy refuses, and tells in the console; so it is put there without the browser.

import { EditorView } from "@codemirror/view";

/** Replaces the selection by what is typed, as the browser's own insertion would be taken over. */
export const replace = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType, isComposing, cancelable } = event as InputEvent;
    const { state } = view;
    const { from, to, empty } = state.selection.main;
    // What is composed (accents, other scripts) is the browser's until it is whole.
    if (inputType !== "insertText" || !data || isComposing || !cancelable || empty || state.readOnly) return false;
    const insert = () => state.update(state.replaceSelection(data), { userEvent: "input.type", scrollIntoView: true });
    const isTaken = state.facet(EditorView.inputHandler).some((it) => it(view, from, to, data, insert));
    if (!isTaken) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});
