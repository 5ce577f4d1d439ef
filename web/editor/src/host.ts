// The border between the editor and the page: what one tells the other, as plain values.
//
// The editor shows a text and knows nothing of what it says; all that is known of it comes from the host. Places are
// UTF-16 units of the text that was reported last. Names in sentences stand between backticks.

/** How something in the text is marked: the names that the style sheet knows. */
export type MarkKind =
  | "error"
  | "warning"
  | "suggestion"
  | "pointed-at"
  | "allows"
  | "denies"
  | "nearly"
  | "unjudged"
  | "failed";

/** From, to, how, what to say of it where the pointer rests on its sign, and whether the card of the place mends it. */
export type Mark = [from: number, to: number, kind: MarkKind, title: string, isMendable: boolean];

/** What the host wants shown: the text, its marks, and whether it is said to be invalid. */
export type Shown = [text: string, marks: Mark[], isInvalid: boolean];

/**
 * What could stand at the caret. `from` and `to` are what is being typed; `before` is what an accepted one needs to have
 * put in besides: from, to, text.
 */
export type Completions = [from: number, to: number, before: [number, number, string] | null, items: Item[]];

/** One of them. `kind` is a word, `caret` counts from the start of `insert`, `end` is where what it replaces ends. */
export type Item = [
  kind: string,
  label: string,
  detail: string,
  description: string,
  insert: string,
  caret: number,
  end: number,
  goesOn: boolean,
];

/** A finding: `code` is its name, `fix` what mends it, and with which number to run it. */
export type Finding = [
  kind: MarkKind,
  word: string,
  message: string,
  help: string,
  code: string,
  fix: Action | null,
];

/** Something to do: what it says, and the number to run it by. */
export type Action = [title: string, number: number];

/** All there is to know of a place. */
export type Card = [
  from: number,
  to: number,
  title: string,
  subtitle: string,
  lines: string[],
  findings: Finding[],
  actions: Action[],
];

/** What the editor asks and tells. */
export interface Host {
  /** The text is about to be another one; what the host shows of it, where it knows at once. */
  changed(text: string): Shown | null;
  /** What could stand at `at`; `asked`: somebody asked for it, and did not only type. */
  complete(at: number, asked: boolean): Completions | null;
  /** What is to know of `at`. */
  about(at: number): Card | null;
  /** Does an action of the card given last. */
  run(number: number): void;
  /** Explains a kind of finding, by its name; not there where nothing is written about them. */
  explain?(code: string): void;
  /** Lays the text out. */
  format(): void;
}

/** What the host can do with the editor. */
export interface Editor {
  /** Shows a text and its marks. What stays the same of the text stays where it is. */
  show(...shown: Shown): void;
  /** Moves the focus and the caret there. */
  select(from: number, to: number): void;
  /** Puts each caret behind what `show` changed there last; one alone, to `at`, where they were elsewhere. */
  follow(at: number): void;
  /** Opens the search, the completions, the card at the caret. */
  search(): void;
  complete(): void;
  explain(): void;
  /** Asks once more where a list or a card is open: the host has more to say now. */
  again(): void;
  /** Takes the editor away: selection, scroll position and focus, for a text area in its place. */
  destroy(): [from: number, to: number, top: number, hasFocus: boolean];
}
