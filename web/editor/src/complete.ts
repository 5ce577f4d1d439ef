// The list of what could stand at the caret, as the host gives it.

import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  pickedCompletion,
  startCompletion,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { sentence } from "./card.ts";
import type { Host, Item } from "./host.ts";

/** Behind these the list opens by itself; elsewhere only where somebody asks for it. */
const OPENS_BEHIND = /["\w:*/.${-]$/;

interface Offered extends Completion {
  kind: string;
}

/** Completion by Ctrl+Space and while one types; Enter takes, Tab goes on to the next field of the page. */
export function completion(host: Host): Extension {
  return autocompletion({
    override: [(context) => offered(context, host)],
    icons: false,
    // The list opens when the host has answered, which is at once.
    interactionDelay: 0,
    activateOnTypingDelay: 40,
    optionClass: (it) => `is-${slug((it as Offered).kind)}`,
    addToOptions: [{ render: (it) => kind((it as Offered).kind), position: 90 }],
  });
}

function offered(context: CompletionContext, host: Host): CompletionResult | null {
  const before = context.state.sliceDoc(Math.max(0, context.pos - 1), context.pos);
  if (!context.explicit && !OPENS_BEHIND.test(before)) return null;
  const found = host.complete(context.pos, context.explicit);
  if (!found) return null;
  const [from, to, items] = found;
  return { from, to, options: items.map(option), filter: false };
}

function option([kind, label, detail, description, insert, caret, goesOn]: Item): Offered {
  return {
    kind,
    label,
    detail: detail || kind,
    ...(description && { info: () => sentence("div", "cm-info", description) }),
    apply: (view, picked, from, to) => apply(view, picked, { from, to, insert }, from + caret, goesOn),
  };
}

function apply(
  view: EditorView,
  picked: Completion,
  changes: { from: number; to: number; insert: string },
  caret: number,
  goesOn: boolean,
): void {
  view.dispatch({
    changes,
    selection: { anchor: caret },
    scrollIntoView: true,
    userEvent: "input.complete",
    annotations: pickedCompletion.of(picked),
  });
  if (goesOn) startCompletion(view);
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
