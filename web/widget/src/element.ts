// The element <rolewalk-playground>: small enough that a page which only mentions Rolewalk stays small. It says where the
// playground will be, watches for the reader to come near, and only then fetches all else (`near.ts`).

import type { Near, Shown } from "./near.ts";
import { isDark, onHostLook } from "./theme.ts";

/** The file of `near.ts` beside this one; put in by `build.mjs`. */
declare const NEAR: string;

const ATTRIBUTES = ["src", "view", "open", "readonly", "theme", "loading", "label"] as const;
/** How far below or above the window the reader counts as near. */
const MARGIN = "600px 0px";

const POSTER = `
:host { display: block; box-sizing: border-box; min-width: 0; contain: inline-size; color-scheme: light dark; }
:host([hidden]) { display: none; }
.poster { display: grid; gap: 12px; place-items: center; align-content: center; min-height: 220px; padding: 24px;
  border: 1px solid light-dark(#e4dfd6, #2c2c36); border-radius: 10px; background: light-dark(#fffefc, #19191f);
  color: light-dark(#5d5850, #a9a8b8); font: 14px/1.45 system-ui, sans-serif; text-align: center; }
.poster strong { color: light-dark(#1d1b18, #ececf2); font-size: 16px; }
.poster p { margin: 0; }
.poster svg { width: 132px; height: 28px; color: light-dark(#4a42b5, #a9a4ff); }
.poster button { min-height: 40px; padding: 4px 18px; border: 0; border-radius: 6px; background: light-dark(#4a42b5, #a9a4ff);
  color: light-dark(#fff, #14132b); font: 600 14px/1.45 system-ui, sans-serif; cursor: pointer; }
.poster button:focus-visible { outline: 2px solid light-dark(#4a42b5, #a9a4ff); outline-offset: 2px; }
`;

let posterSheet: CSSStyleSheet | undefined;
let arriving: Promise<Near> | undefined;
let nTries = 0;

/** All else, fetched once for all elements of the page; what could not be fetched is asked for again. */
function near(): Promise<Near> {
  // A browser remembers that a module was not to be had, by its address.
  const again = nTries++ > 0 ? `?try=${nTries}` : "";
  arriving ??= import(new URL(NEAR + again, import.meta.url).href).catch((error: unknown) => {
    arriving = undefined;
    throw error;
  });
  return arriving;
}

export class RolewalkPlayground extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  readonly #root = this.attachShadow({ mode: "open", delegatesFocus: false });
  readonly #frame = document.createElement("div");
  #shown: Shown | undefined;
  /** What it is to show, where a script says so: JSON. */
  #given: string | undefined;
  /** What it showed when it was taken out of the page, and what of that was the author's. */
  #left: { now: string; given: string } | undefined;
  #observer: IntersectionObserver | undefined;
  #stopLook: (() => void) | undefined;
  /** What is begun later than something else wins. */
  #turn = 0;
  #isWanted = false;
  #speaks = false;
  #ready: PromiseWithResolvers | undefined;
  #loading: Promise<void> | undefined;

  constructor() {
    super();
    if (!posterSheet) (posterSheet = new CSSStyleSheet()).replaceSync(POSTER);
    this.#root.adoptedStyleSheets = [posterSheet];
    this.#frame.className = "rolewalk";
    this.#root.append(this.#frame);
    for (const name of ["scenario", "view", "src", "open", "readonly", "theme", "loading", "label"] as const) this.#upgrade(name);
  }

  connectedCallback(): void {
    this.#stopLook ??= onHostLook(() => this.#look());
    this.#look();
    // It was only moved.
    if (this.#shown) return;
    const loading = this.#isWanted ? "eager" : this.loading;
    this.#poster(loading === "click");
    // Moved before it was shown, it would otherwise begin once more where it was before.
    this.#observer?.disconnect();
    if (loading === "eager") return void this.#begin();
    if (loading === "click") return;
    this.#observer = new IntersectionObserver((all) => all.some((it) => it.isIntersecting) && this.#begin(), {
      rootMargin: MARGIN,
    });
    this.#observer.observe(this);
  }

  disconnectedCallback(): void {
    // Moved in the page it is taken out and put in again at once: then nothing is lost.
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  #leave(): void {
    this.#observer?.disconnect();
    this.#stopLook?.();
    this.#stopLook = undefined;
    this.#turn++;
    if (this.#shown) {
      this.#left = { now: this.#shown.scenario(), given: this.#shown.given };
      this.#shown.free();
      this.#shown = undefined;
      this.#ready?.resolve();
    }
  }

  attributeChangedCallback(name: (typeof ATTRIBUTES)[number], before: string | null, now: string | null): void {
    if (before === now) return;
    if (name === "src") {
      // Out of the page, too, it is not to come back with what it was before.
      if (!this.isConnected) this.#leave();
      this.#given = this.#left = undefined;
      if (this.#isWanted) void this.#begin();
      return;
    }
    if (!this.isConnected) return;
    if (name === "theme") return this.#look();
    if (name === "loading") {
      if (this.#shown || this.#isWanted) return;
      return this.connectedCallback();
    }
    if (name === "label") this.#frame.setAttribute("aria-label", this.label);
    else this.#shown?.set(name, this[name]);
  }

  /** `flow`, `trace`, `editor`, `model`, `account`, several of them with blanks between, or `whole`. */
  get view(): string {
    return this.getAttribute("view") ?? "flow";
  }
  set view(it: string) {
    this.setAttribute("view", it);
  }

  /** The address of a scenario's file, the text of a share link or the link, or the name of a start world. */
  get src(): string {
    return this.getAttribute("src") ?? "";
  }
  set src(it: string) {
    this.setAttribute("src", it);
  }

  /** The name of the text that is open in the editor. */
  get open(): string {
    return this.getAttribute("open") ?? "";
  }
  set open(it: string) {
    this.setAttribute("open", it);
  }

  get readonly(): boolean {
    return this.hasAttribute("readonly");
  }
  set readonly(it: boolean) {
    this.toggleAttribute("readonly", Boolean(it));
  }

  get theme(): "light" | "dark" | "auto" {
    const theme = this.getAttribute("theme");
    return theme === "light" || theme === "dark" ? theme : "auto";
  }
  set theme(it: string) {
    this.setAttribute("theme", it);
  }

  get loading(): "eager" | "lazy" | "click" {
    const loading = this.getAttribute("loading");
    return loading === "eager" || loading === "click" ? loading : "lazy";
  }
  set loading(it: string) {
    this.setAttribute("loading", it);
  }

  /** What it is called where one cannot see it. */
  get label(): string {
    return this.getAttribute("label") ?? "Rolewalk playground";
  }
  set label(it: string) {
    this.setAttribute("label", it);
  }

  /** The scenario as it stands, as an object; nothing as long as nothing is shown. */
  get scenario(): unknown {
    return this.getScenario();
  }
  set scenario(it: unknown) {
    void this.setScenario(it).catch(() => {});
  }

  getScenario(): unknown {
    const json = this.#shown?.scenario() ?? this.#left?.now;
    return json === undefined ? undefined : JSON.parse(json);
  }

  /** Shows another scenario: an object, or whatever `src` may be. Rejects, and leaves what there is, where it is none. */
  async setScenario(it: unknown): Promise<void> {
    this.#left = undefined;
    if (!this.#shown) {
      this.#given = typeof it === "string" ? it : JSON.stringify(it);
      if (!this.#isWanted) return;
      return this.#begin();
    }
    const turn = ++this.#turn;
    try {
      const { textOf, read } = await near();
      const json = await read(typeof it === "string" ? await textOf(it) : JSON.stringify(it));
      if (turn === this.#turn) this.#shown?.give(json);
    } catch (trouble) {
      this.#fail(trouble, turn);
      throw trouble;
    }
  }

  /** The address that opens the scenario in Rolewalk. */
  async getShareUrl(): Promise<string> {
    await this.load();
    if (!this.#shown) throw new Error("there is no scenario to share");
    return this.#shown.shareUrl();
  }

  /** The scenario as it was given again. */
  reset(): void {
    this.#shown?.reset();
  }

  /** Loads it at once, whatever `loading` says; through when it is drawn, or cannot be. */
  load(): Promise<void> {
    if (!this.#loading && !this.#shown) void this.#begin();
    return this.#loading ?? Promise.resolve();
  }

  /** A property that was set before the element was known would hide the one of its class. */
  #upgrade(name: "scenario" | "view" | "src" | "open" | "readonly" | "theme" | "loading" | "label"): void {
    if (!Object.hasOwn(this, name)) return;
    const own = this as Record<string, unknown>;
    const value = own[name];
    delete own[name];
    // An element may not have attributes before it is made.
    queueMicrotask(() => (own[name] = value));
  }

  #look(): void {
    const theme = this.theme;
    const isNight = theme === "dark" || (theme === "auto" && isDark(this));
    this.#frame.dataset.theme = isNight ? "dark" : "light";
    this.#frame.style.colorScheme = isNight ? "dark" : "light";
  }

  #poster(asks: boolean): void {
    const poster = document.createElement("div");
    poster.className = "poster";
    const name = document.createElement("strong");
    name.textContent = this.getAttribute("label") ?? "Rolewalk";
    const what = document.createElement("p");
    what.textContent = "A live playground of AWS IAM and SageMaker policies.";
    poster.append(picture(), name, what);
    if (asks) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Open the playground";
      button.addEventListener("click", () => void this.#begin(true));
      poster.append(button);
    }
    this.#frame.replaceChildren(poster);
  }

  /** Through when it is drawn; rejects where it cannot be, which only who gave the scenario has to hear. */
  #begin(hasFocus = false): Promise<void> {
    this.#isWanted = true;
    this.#observer?.disconnect();
    if (!this.isConnected) return Promise.resolve();
    const loading = this.#load(++this.#turn, hasFocus);
    const over = () => {
      if (this.#loading === through) this.#loading = undefined;
    };
    const through = loading.then(over, over);
    this.#loading = through;
    return loading;
  }

  async #load(turn: number, hasFocus: boolean): Promise<void> {
    try {
      const { arrived, show, speak, textOf, read } = await near();
      if ("frame" in this.dataset && !this.#speaks) speak(this);
      this.#speaks = true;
      const left = this.#left;
      const given = left?.given ?? (await read(await textOf(this.#given ?? (this.src || inline(this) || "working-studio"))));
      await arrived();
      if (turn !== this.#turn) return;
      if (this.#shown) return this.#shown.give(given);
      const wait = withResolvers();
      this.#ready = wait;
      this.#shown = show(this, this.#root, this.#frame, given, left?.now ?? given, (name, detail) => this.#tell(name, detail));
      await wait.promise;
      if (hasFocus) this.#frame.querySelector<HTMLElement>("button:not(:disabled), select, a[href]")?.focus();
    } catch (trouble) {
      this.#fail(trouble, turn);
      throw trouble;
    }
  }

  #tell(name: string, detail: object): void {
    if (name === "ready") {
      this.#frame.querySelector(":scope > .poster")?.remove();
      this.#ready?.resolve();
    }
    if (name === "change") Object.defineProperty(detail, "scenario", { get: () => this.getScenario(), enumerable: true });
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** Says in a sentence what is wrong; what is shown already stays. */
  #fail(thrown: unknown, turn: number): void {
    if (turn !== this.#turn) return;
    const known = thrown as { code?: unknown; message?: unknown; help?: unknown } | null;
    const isTrouble = typeof known?.code === "string" && typeof known.help === "string";
    const detail = isTrouble
      ? { code: known.code, message: String(known.message), help: known.help }
      : { code: "not-fetched", message: "Rolewalk could not be fetched", help: "check the connection and reload the page" };
    if (!this.#shown) {
      const box = document.createElement("div");
      box.className = "poster";
      box.setAttribute("role", "alert");
      const what = document.createElement("strong");
      what.textContent = "This playground cannot be shown";
      const why = document.createElement("p");
      why.textContent = sentence(`${detail.message}: ${detail.help}.`);
      box.append(what, why);
      this.#frame.replaceChildren(box);
    }
    this.#tell("error", detail);
  }
}

/** Three stations and two doors, the second of which is shut. */
function picture(): SVGElement {
  const draw = (name: string, attributes: Record<string, string>) => {
    const it = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
    return it;
  };
  const svg = draw("svg", { viewBox: "0 0 132 28", "aria-hidden": "true", fill: "none", stroke: "currentColor", "stroke-width": "1.6" });
  for (const x of [1, 53, 105]) svg.append(draw("rect", { x: `${x}`, y: "6", width: "26", height: "16", rx: "4" }));
  svg.append(draw("path", { d: "M27 14h5m16 0h5m26 0h5m16 0h5", "stroke-dasharray": "3 2" }));
  for (const x of [40, 92]) svg.append(draw("circle", { cx: `${x}`, cy: "14", r: "8" }));
  svg.append(draw("path", { d: "m36.500 14 2.500 2.500 4.500-5M89 11l6 6m0-6-6 6" }));
  return svg;
}

interface PromiseWithResolvers {
  promise: Promise<void>;
  resolve(): void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve = () => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/** Messages begin small and have names between backticks. */
const sentence = (text: string) => {
  const words = text.replaceAll("`", "");
  return text.startsWith("`") ? words : words.charAt(0).toUpperCase() + words.slice(1);
};

/** The scenario that stands in the element: in a script of JSON, or as its text. */
function inline(element: HTMLElement): string {
  const script = element.querySelector(':scope > script[type="application/json"]');
  return (script ?? element).textContent?.trim() ?? "";
}

if (!customElements.get("rolewalk-playground")) customElements.define("rolewalk-playground", RolewalkPlayground);
