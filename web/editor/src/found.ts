// How many places Find has found, and which of them is selected: beside its field, and for screen readers.
//
// Counts in the text as it is; the search itself is CodeMirror's. Nothing here moves a caret.

import { getSearchQuery, type SearchQuery, searchPanelOpen } from "@codemirror/search";
import type { EditorState } from "@codemirror/state";
import { type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** Of more than so many nobody wants to know the number, and each key in the text would count them anew. */
const MOST = 1000;

export const found = ViewPlugin.fromClass(
  class {
    readonly dom = document.createElement("span");
    query: SearchQuery | null = null;

    constructor(readonly view: EditorView) {
      this.dom.className = "cm-found";
      this.dom.setAttribute("role", "status");
      this.tell(view.state);
    }

    update({ state, docChanged, selectionSet }: ViewUpdate): void {
      const isOpen = searchPanelOpen(state);
      const isAsked = isOpen && (docChanged || selectionSet || getSearchQuery(state) !== this.query);
      if (isAsked || (!isOpen && this.query)) this.tell(state);
    }

    tell(state: EditorState): void {
      this.query = searchPanelOpen(state) ? getSearchQuery(state) : null;
      const words = this.query ? inWords(state, this.query) : "";
      // The panel is made in this very update, and a region that comes with its words is not read out.
      this.view.requestMeasure({
        key: this,
        read: () => this.view.dom.querySelector(".cm-search"),
        write: (panel) => {
          if (panel && !panel.contains(this.dom)) panel.insertBefore(this.dom, panel.querySelector("br, [name=close]"));
          if (this.dom.textContent !== words) this.dom.textContent = words;
        },
      });
    }
  },
);

/** What there is to say; nothing where nothing is looked for. */
export function inWords(state: EditorState, query: SearchQuery): string {
  if (!query.search) return "";
  if (!query.valid) return "not a regular expression";
  const { from, to } = state.selection.main;
  const matches = query.getCursor(state);
  let n = 0;
  let selected = 0;
  for (let next = matches.next(); !next.done; next = matches.next()) {
    if (n === MOST) return `more than ${MOST}`;
    n += 1;
    if (next.value.from === from && next.value.to === to) selected = n;
  }
  if (n === 0) return "nothing found";
  return selected ? `${selected} of ${n}` : `${n} found`;
}
