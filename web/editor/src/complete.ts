// The list of what could stand at the caret, as the host gives it.

import {
  autocompletion,
  closeCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionStatus,
  pickedCompletion,
  selectedCompletionIndex,
  startCompletion,
} from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { accepted } from "./accept.ts";
import { say, sentence } from "./card.ts";
import type { Completions, Host, Item } from "./host.ts";

/** Behind these the list opens by itself; elsewhere only where somebody asks for it. */
const OPENS_BEHIND = /["\w:*/.${-]$/;

/** What to say where somebody asks for the list and there is none. */
const NOTHING_TO_SUGGEST =
  "There is nothing to suggest here. Put the caret between the quotes of a value, such as an action, or in front of a `}` or `]`, where the next part would begin, and ask again.";

interface Offered extends Completion {
  kind: string;
}

/** Completion by Ctrl+Space and while one types; Enter takes, Tab goes on to the next field of the page. */
export function completion(host: Host): Extension {
  const run = (view: EditorView) => suggest(view, host);
  const asked = { isExplicit: false };
  const keys = [{ key: "Enter", run: (view: EditorView) => breaksLine(view, asked.isExplicit) }, { key: "Ctrl-Space", run }, { mac: "Alt-`", run }, { mac: "Alt-i", run }];
  return [Prec.highest(keymap.of(keys)), options(host, asked), EditorView.updateListener.of(({ view, startState, state }) => {
    if (completionStatus(state) === "active" && completionStatus(startState) !== "active") reachable(view);
  })];
}

/** Whoever writes `{` and Enter wants a new line, and has asked for no list: it goes, and Enter does what it does. */
function breaksLine(view: EditorView, isExplicit: boolean): boolean {
  const { head } = view.state.selection.main;
  const isOpened = view.state.sliceDoc(head - 1, head) === "{" && !isExplicit;
  if (isOpened && selectedCompletionIndex(view.state) === 0) closeCompletion(view);
  return false;
}

/** Opens the list at the caret, also where something is selected; where there is nothing for it, says so. */
export function suggest(view: EditorView, host: Host): boolean {
  const { head, empty } = view.state.selection.main;
  if (!empty) view.dispatch({ selection: { anchor: head } });
  if (view.state.readOnly || host.complete(head, true)) return startCompletion(view);
  say(view, NOTHING_TO_SUGGEST);
  return true;
}

/** A list that scrolls is to be reached by keyboard; the arrow keys do so, but not everybody knows. */
function reachable(view: EditorView): void {
  const root = view.root as Document | ShadowRoot;
  const list = () => root.querySelector<HTMLElement>(".cm-tooltip-autocomplete > ul");
  view.requestMeasure({ read: list, write: (list) => list && (list.tabIndex = 0) });
}

function options(host: Host, asked: { isExplicit: boolean }): Extension {
  return autocompletion({
    override: [
      (context) => {
        asked.isExplicit = context.explicit;
        return offered(context, host);
      },
    ],
    icons: false,
    // The list opens when the host has answered, which is at once.
    interactionDelay: 0,
    activateOnTypingDelay: 40,
    // Each key makes the list anew; those beyond it come when one goes there.
    maxRenderedOptions: 30,
    optionClass: (it) => `is-${slug((it as Offered).kind)}`,
    addToOptions: [{ render: (it) => kind((it as Offered).kind), position: 90 }],
  });
}

function offered(context: CompletionContext, host: Host): CompletionResult | null {
  // CodeMirror asks a moment after a key, and so after an editor that has gone with its host in between.
  if (context.view?.dom.isConnected === false) return null;
  const typed = context.state.sliceDoc(Math.max(0, context.pos - 1), context.pos);
  if (!context.explicit && !OPENS_BEHIND.test(typed)) return null;
  const found = host.complete(context.pos, context.explicit);
  if (!found) return null;
  const [from, to, , items] = found;
  return { from, to, options: items.map((it) => option(it, found)), filter: false };
}

function option(item: Item, offer: Completions): Offered {
  const [kind, label, detail, description, , , , goesOn] = item;
  return {
    kind,
    label,
    detail: detail || kind,
    ...(description && { info: () => sentence("div", "cm-info", description) }),
    apply(view: EditorView, picked: Completion, from: number, to: number) {
      view.dispatch({
        ...accepted(item, offer, from, to),
        scrollIntoView: true,
        userEvent: "input.complete",
        annotations: pickedCompletion.of(picked),
      });
      if (goesOn) startCompletion(view);
    },
  };
}

/** A letter in a coloured box; what it stands for is said in words beside it. */
function kind(word: string): Node {
  const sign = document.createElement("span");
  sign.className = "cm-kind";
  sign.textContent = word.slice(0, 1).toUpperCase();
  sign.setAttribute("aria-hidden", "true");
  return sign;
}

const slug = (word: string) => word.toLowerCase().replaceAll(" ", "-");
