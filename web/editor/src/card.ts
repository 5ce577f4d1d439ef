// The card that says what is to know of a place: under the pointer, or asked for by key or button.

import { EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import { closeHoverTooltips, EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import type { Action, Card, Finding, Host, Mark } from "./host.ts";
import { marksOf } from "./marks.ts";

const HOVER_MS = 350;

const setCard = StateEffect.define<Tooltip | null>();

const field = StateField.define<Tooltip | null>({
  create: () => null,
  update(card, transaction) {
    for (const effect of transaction.effects) if (effect.is(setCard)) return effect.value;
    return transaction.docChanged ? null : card;
  },
  provide: (field) => showTooltip.from(field),
});

/** What to say where there is nothing to tell of the caret's place. */
const NOTHING_KNOWN =
  "Nothing is known of this place. Put the caret on the name of an element such as `Action`, on a value, or on what is underlined, and ask again.";

const setNote = StateEffect.define<string | null>();

/** A sentence at the caret, until the caret moves or something is typed. */
const note = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setNote)) return effect.value === null ? null : noteAt(transaction.state, effect.value);
      if (effect.is(setCard) && effect.value) return null;
    }
    return transaction.docChanged || transaction.selection ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

function noteAt(state: EditorState, text: string): Tooltip {
  const create = () => {
    const dom = element("div", "cm-card cm-card-note");
    dom.append(sentence("p", "cm-card-line", text));
    return { dom };
  };
  return { pos: state.selection.main.head, above: false, create };
}

/** Says a sentence beside the caret: to be seen, and for screen readers. */
export function say(view: EditorView, text: string): void {
  view.dispatch({ effects: [closeHoverTooltips, setCard.of(null), setNote.of(text), EditorView.announce.of(plain(text))] });
}

/** Hover, keys, and what opens the card at the caret. */
export function cards(host: Host): Extension {
  return [
    field,
    note,
    hoverTooltip(
      (view, at) => {
        const card = view.state.field(field) ? null : host.about(at);
        if (!card) return null;
        const [from, to] = within(view.state, card);
        return { pos: from, end: to, above: true, create: () => ({ dom: drawn(card, host, () => view.focus()) }) };
      },
      { hoverTime: HOVER_MS, hideOnChange: true },
    ),
    keymap.of([
      { key: "F1", run: (view) => explain(view, host) },
      { key: "Mod-k Mod-i", run: (view) => explain(view, host) },
      { key: "Mod-.", run: (view) => mend(view, host) },
      { key: "Escape", run: close },
    ]),
    EditorView.domEventHandlers({ mousedown: (_, view) => void close(view) }),
  ];
}

/** Opens the card of what can be mended on the caret's line and is nearest to it, ready to be mended; else the caret's. */
function mend(view: EditorView, host: Host): boolean {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  const away = ([from, to]: Mark) => Math.max(from - head, head - to, 0);
  const here = marksOf(view.state).filter(([from, to, , , isMendable]) => isMendable && from <= line.to && to >= line.from);
  const [nearest] = here.sort((left, right) => away(left) - away(right));
  return explain(view, host, nearest && away(nearest) > 0 ? nearest[0] : head, ".cm-card-finding .cm-card-button");
}

/** Opens the card of the caret's place and moves the focus into it, to the first part that `first` chooses. */
export function explain(view: EditorView, host: Host, at = view.state.selection.main.head, first = ""): boolean {
  const card = host.about(at);
  if (!card) {
    view.focus();
    say(view, NOTHING_KNOWN);
    return true;
  }
  const [from] = within(view.state, card);
  const dom = drawn(card, host, (title) => {
    close(view);
    view.focus();
    view.dispatch({ effects: EditorView.announce.of(`Done: ${plain(title)}`) });
  });
  dom.tabIndex = -1;
  dom.setAttribute("role", "dialog");
  dom.setAttribute("aria-label", `About this place: ${plain(card[2] || card[5][0]?.[2] || "")}`);
  dom.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close(view);
    view.focus();
  });
  dom.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (next instanceof Node && !dom.contains(next)) close(view);
  });
  const create = () => ({ dom, mount: () => ((first && dom.querySelector<HTMLElement>(first)) || dom).focus() });
  // Of one place there is one card: that under the pointer makes room.
  view.dispatch({ effects: [closeHoverTooltips, setCard.of({ pos: from, above: false, create })] });
  return true;
}

/** Whether a card that was asked for is open. */
export const isCardOpen = (view: EditorView) => view.state.field(field) !== null;

/** Closes what was asked for and what the pointer brought. */
export const closeAll = (view: EditorView) =>
  view.dispatch({ effects: [closeHoverTooltips, setCard.of(null), setNote.of(null)] });

function close(view: EditorView): boolean {
  if (!view.state.field(field) && !view.state.field(note)) return false;
  view.dispatch({ effects: [setCard.of(null), setNote.of(null)] });
  return true;
}

function within(state: EditorState, [from, to]: Card): [number, number] {
  const length = state.doc.length;
  return [Math.min(from, length), Math.min(to, length)];
}

type Done = (title: string) => void;

/** `done` is called when an action of the card has been taken. */
function drawn([, , title, subtitle, lines, findings, actions]: Card, host: Host, done: Done): HTMLElement {
  const card = element("div", "cm-card");
  for (const finding of findings) card.append(found(finding, host, done));
  if (title) {
    const head = element("p", "cm-card-title");
    head.append(element("code", "", title));
    card.append(head);
  }
  if (subtitle) card.append(element("p", "cm-card-subtitle", subtitle));
  for (const line of lines) card.append(sentence("p", "cm-card-line", line));
  if (actions.length > 0) {
    const row = element("div", "cm-card-actions");
    for (const action of actions) row.append(button(action, host, done));
    card.append(row);
  }
  return card;
}

function found([kind, word, message, help, code, fix]: Finding, host: Host, done: Done): HTMLElement {
  const box = element("div", `cm-card-finding is-${kind}`);
  const line = sentence("p", "cm-card-message", message);
  line.prepend(element("strong", "", `${word}: `));
  box.append(line);
  if (help) box.append(sentence("p", "cm-card-help", help));
  const row = element("div", "cm-card-actions");
  if (fix) row.append(button(fix, host, done));
  if (host.explain) {
    const more = element("button", "cm-card-code", code);
    more.setAttribute("type", "button");
    more.setAttribute("aria-label", `What ${code} means`);
    more.addEventListener("click", () => host.explain?.(code));
    row.append(more);
  }
  if (row.childNodes.length > 0) box.append(row);
  return box;
}

function button([title, number]: Action, host: Host, done: Done): HTMLElement {
  const it = sentence("button", "cm-card-button", title);
  it.setAttribute("type", "button");
  it.addEventListener("click", () => {
    host.run(number);
    done(title);
  });
  return it;
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, text = ""): HTMLElementTagNameMap[Name] {
  const it = document.createElement(name);
  if (className) it.className = className;
  if (text) it.textContent = text;
  return it;
}

/** A text with names between backticks. */
export function sentence(name: keyof HTMLElementTagNameMap, className: string, text: string): HTMLElement {
  const it = element(name, className);
  text.split("`").forEach((part, idx) => {
    if (part) it.append(idx % 2 === 1 ? element("code", "", part) : part);
  });
  return it;
}

/** A sentence as it is read out. */
export const plain = (text: string) => text.replaceAll("`", "");
