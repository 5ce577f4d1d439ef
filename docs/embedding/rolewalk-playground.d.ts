// The types of <rolewalk-playground>, for pages in TypeScript: copy this file beside yours, or name it in `include` of
// tsconfig.json. The element's own code is checked against it.

/** What is wrong. `code` stays the same between versions; names in `message` and `help` stand between backticks. */
export interface RolewalkTrouble {
  code: string;
  message: string;
  help: string;
  /** Where in the scenario, if it is about a place in it: the field (such as `world.home.roles[2].name`), its line and column in the text, from 1. */
  at?: { path: string; line: number; column: number };
}

/** What promises of the element are rejected with. */
export interface RolewalkError extends Error, RolewalkTrouble {
  readonly name: "RolewalkError";
  readonly message: string;
}

export interface Verdict {
  outcome: "open" | "shut" | "loses" | "not-judged" | "not-reached";
  headline: string;
  answer: string;
  reason: string;
  fix: string | null;
  door: string | null;
}

export interface RolewalkPlaygroundElement extends HTMLElement {
  src: string;
  view: string;
  open: string;
  readonly: boolean;
  theme: string;
  loading: string;
  label: string;
  scenario: unknown;
  getScenario(): unknown;
  /** Rejects with a `RolewalkError`. */
  setScenario(it: object | string): Promise<void>;
  /** Rejects with a `RolewalkError`. */
  getShareUrl(): Promise<string>;
  reset(): void;
  load(): Promise<void>;
}

export interface RolewalkPlaygroundEvents {
  ready: CustomEvent<object>;
  change: CustomEvent<{ readonly scenario: unknown }>;
  verdict: CustomEvent<Verdict>;
  error: CustomEvent<RolewalkTrouble>;
}

declare global {
  interface HTMLElementTagNameMap {
    "rolewalk-playground": RolewalkPlaygroundElement;
  }
}
