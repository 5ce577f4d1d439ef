// The editor of a policy's text: CodeMirror in the place of a text area. It knows JSON and nothing of IAM.
//
// The page's script fetches this file after the first paint, takes over the text area's text, caret, place and focus,
// and from then on shows what `show` is given. Undo is the page's: there is no history in here.

import { closeBrackets, closeBracketsKeymap, completionStatus, startCompletion } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { foldKeymap } from "@codemirror/language";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import {
  Annotation,
  type ChangeSet,
  Compartment,
  EditorSelection,
  EditorState,
  type SelectionRange,
  type TransactionSpec,
} from "@codemirror/state";
import {
  crosshairCursor,
  drawSelection,
  dropCursor,
  EditorView,
  keymap,
  lineNumbers,
  rectangularSelection,
  tooltips,
} from "@codemirror/view";
import { cards, closeAll, explain, isCardOpen, plain } from "./card.ts";
import { changes } from "./changes.ts";
import { completion, suggest } from "./complete.ts";
import { exact } from "./exact.ts";
import { found } from "./found.ts";
import type { Editor, Host, Mark, Shown } from "./host.ts";
import { json } from "./json.ts";
import { adoptStyles, look } from "./look.ts";
import { FINDINGS, marks, marksOf, setMarks } from "./marks.ts";
import { replace } from "./replace.ts";

adoptStyles();

/** Marks a change that came from the host, which need not hear of it. */
const fromHost = Annotation.define<true>();

Object.assign(globalThis, { rolewalkEditor: create });

/** Makes an editor inside `parent` that takes over from `area`; `parent` and `area` lie in one scrolling box. */
function create(parent: HTMLElement, area: HTMLTextAreaElement, text: string, host: Host): Editor {
  const attributes = new Compartment();
  const label = area.getAttribute("aria-label") ?? "";
  const id = area.id;
  const isReadOnly = area.readOnly;
  const attributesOf = (isInvalid: boolean) =>
    EditorView.contentAttributes.of({
      id,
      "aria-label": label,
      "aria-describedby": area.getAttribute("aria-describedby") ?? "",
      "aria-invalid": String(isInvalid),
      ...(isReadOnly && { "aria-readonly": "true" }),
      spellcheck: "false",
      // Some ask whether what scrolls can be reached by keyboard, and know no other sign of it.
      tabindex: "0",
    });
  const [valid, invalid] = [attributesOf(false), attributesOf(true)];
  const attributesFor = (isInvalid: boolean) => (isInvalid ? invalid : valid);
  /** What must change in an editor of that state to show this; nothing where it does already. */
  const answered = (state: EditorState, [text, all, isInvalid]: Shown): TransactionSpec | null => {
    const changed = changes(state.sliceDoc(), text);
    const now = attributesFor(isInvalid);
    const isAnnounced = attributes.get(state) === now;
    if (changed.length === 0 && isAnnounced && sameMarks(all, marksOf(state))) return null;
    return {
      changes: changed,
      effects: [setMarks.of(all), ...(isAnnounced ? [] : [attributes.reconfigure(now)])],
      ...(changed.length > 0 && { annotations: fromHost.of(true) }),
    };
  };
  // A text area counts each line break as one, as it gives them; they are the text's own here.
  const at = places(text);
  const box = area.parentElement;
  const scroll = Math.max(area.scrollTop, box?.scrollTop ?? 0);
  const left = Math.max(area.scrollLeft, box?.scrollLeft ?? 0);
  const root = area.getRootNode();
  const isWidget = root instanceof ShadowRoot;
  const hadFocus = area === (isWidget ? root : area.ownerDocument).activeElement;
  // Lists and cards lie above all else; in a widget where its colours are.
  const around = (isWidget && area.closest<HTMLElement>("[data-theme]")) || area.ownerDocument.body;
  const state = EditorState.create({
    doc: text,
    selection: { anchor: at(area.selectionStart), head: at(area.selectionEnd) },
    extensions: [
      exact,
      replace,
      marks((view, at) => void explain(view, host, at)),
      lineNumbers(),
      json(text),
      EditorState.allowMultipleSelections.of(true),
      drawSelection(),
      dropCursor(),
      rectangularSelection(),
      crosshairCursor(),
      EditorState.readOnly.of(isReadOnly),
      ...(isReadOnly ? [] : [closeBrackets(), completion(host)]),
      cards(host),
      search({ top: true }),
      found,
      highlightSelectionMatches(),
      tooltips({ parent: around, tooltipSpace: room }),
      keymap.of([
        { key: "F8", run: (view) => toFinding(view, 1), shift: (view) => toFinding(view, -1) },
        { key: "Shift-Alt-f", run: () => (host.format(), true) },
        ...closeBracketsKeymap,
        { key: "Mod-f", run: find, scope: "editor search-panel" },
        ...searchKeymap,
        ...foldKeymap,
        ...defaultKeymap,
      ]),
      attributes.of(attributesFor(area.getAttribute("aria-invalid") === "true")),
      look,
    ],
  });
  // What was typed, while the host works out what follows from it: if that fails, it is this text that is to be kept.
  let pending: string | null = null;
  /** What `show` changed last, and what was selected before, until something else changes. */
  let changedLast: { changes: ChangeSet; selection: EditorSelection } | null = null;
  const view = new EditorView({
    state,
    parent,
    // What the host marks in a text that was typed is shown in the same go as the text: each go costs a layout.
    dispatchTransactions(all, view) {
      const last = all.at(-1)?.state;
      const isOwn = all.some((it) => it.docChanged && !it.annotation(fromHost));
      if (!last || !isOwn) return view.update(all);
      let shown: Shown | null = null;
      changedLast = null;
      pending = last.sliceDoc();
      try {
        shown = host.changed(pending);
      } finally {
        pending = null;
        const answer = shown && answered(last, shown);
        view.update(answer ? [...all, last.update(answer)] : all);
      }
    },
  });
  if (hadFocus) view.focus();
  view.requestMeasure({
    read: () => null,
    write: () => {
      view.scrollDOM.scrollTop = scroll;
      view.scrollDOM.scrollLeft = left;
    },
  });
  likeTextArea(view, () => pending ?? view.state.sliceDoc());

  return {
    show(...shown) {
      const answer = answered(view.state, shown);
      if (!answer) return;
      const transaction = view.state.update(answer);
      const { changes, startState } = transaction;
      if (!changes.empty) changedLast = { changes, selection: startState.selection };
      view.dispatch(transaction);
    },
    follow(at) {
      const selection = followed(changedLast) ?? EditorSelection.single(Math.min(at, view.state.doc.length));
      changedLast = null;
      view.focus();
      view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.main, { y: "nearest", yMargin: 60 }) });
    },
    select(from, to) {
      const length = view.state.doc.length;
      const selection = EditorSelection.single(Math.min(from, length), Math.min(to, length));
      view.focus();
      view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.main, { y: "nearest", yMargin: 60 }) });
    },
    search: () => void find(view),
    complete() {
      view.focus();
      suggest(view, host);
    },
    explain: () => void explain(view, host),
    again() {
      if (completionStatus(view.state)) startCompletion(view);
      else if (isCardOpen(view)) explain(view, host);
    },
    destroy() {
      const { from, to } = view.state.selection.main;
      const gone: [number, number, number, boolean] = [from, to, view.scrollDOM.scrollTop, view.hasFocus];
      view.destroy();
      return gone;
    },
  };
}

/** Opens the search. A card under the pointer would lie over it, and stay as long as the pointer rests. */
function find(view: EditorView): boolean {
  closeAll(view);
  return openSearchPanel(view);
}

/** Where lists and cards may lie: not over what the page keeps at the bottom of a narrow screen. */
function room(view: EditorView) {
  const page = view.dom.ownerDocument.documentElement;
  const below = Number.parseFloat(getComputedStyle(page).getPropertyValue("--room-below")) || 0;
  return { top: 0, left: 0, right: page.clientWidth, bottom: page.clientHeight - below };
}

/** From places in the text as a text area gives it, where every line break is one character, to those in `text`. */
function places(text: string): (at: number) => number {
  const wide: number[] = [];
  for (const found of text.matchAll(/\r\n/g)) wide.push(found.index - wide.length);
  return (at) => at + wide.filter((it) => it < at).length;
}

function sameMarks(left: readonly Mark[], right: readonly Mark[]): boolean {
  return left.length === right.length && left.every((it, idx) => it.every((part, place) => part === right[idx]?.[place]));
}

/** Each of several carets behind the change that was made there; nothing where one of them was elsewhere. */
function followed(last: { changes: ChangeSet; selection: EditorSelection } | null): EditorSelection | null {
  if (!last || last.selection.ranges.length === 1) return null;
  const { changes, selection } = last;
  const places: [number, number][] = [];
  changes.iterChangedRanges((from, to) => places.push([from, to]));
  const isThere = ({ head }: SelectionRange) => places.some(([from, to]) => from <= head && head <= to);
  if (places.length !== selection.ranges.length || !selection.ranges.every(isThere)) return null;
  const carets = selection.ranges.map(({ head }) => EditorSelection.cursor(changes.mapPos(head, 1)));
  return EditorSelection.create(carets, selection.mainIndex);
}

/** The next finding behind the caret, or the one before it; around at the end. */
function toFinding(view: EditorView, direction: 1 | -1): boolean {
  const found = marksOf(view.state).filter(([, , kind]) => FINDINGS.includes(kind));
  found.sort(([left], [right]) => (left - right) * direction);
  const { from } = view.state.selection.main;
  const next = found.find(([start]) => (start - from) * direction > 0) ?? found[0];
  if (!next) {
    view.dispatch({ effects: EditorView.announce.of("No findings") });
    return true;
  }
  const [start, end, , title] = next;
  const { number } = view.state.doc.lineAt(start);
  view.dispatch({
    selection: EditorSelection.single(start, end),
    effects: [
      EditorView.scrollIntoView(start, { y: "nearest", yMargin: 60 }),
      EditorView.announce.of(`Line ${number}: ${plain(title)}`),
    ],
  });
  return true;
}

/** Whatever asks for the text or the selection, or sets them, does so as with a text area. */
function likeTextArea(view: EditorView, text: () => string): void {
  Object.defineProperties(view.contentDOM, {
    value: {
      get: text,
      set: (text: string) => view.dispatch({ changes: changes(view.state.sliceDoc(), text), userEvent: "input" }),
    },
    setSelectionRange: { value: (from: number, to: number) => view.dispatch({ selection: { anchor: from, head: to } }) },
    selectionStart: { get: () => view.state.selection.main.from },
    selectionEnd: { get: () => view.state.selection.main.to },
  });
}
