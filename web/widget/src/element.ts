// The element <rolewalk-playground>: small enough that a page which only mentions Rolewalk stays small. It says where the
// playground will be, watches for the reader to come near, and only then fetches all else (`near.ts`).

import type { Near, Shown } from "./near.ts";
import { announcing, posterStyles, telling } from "./poster.ts";
import { isDark, onHostLook } from "./theme.ts";
import { RolewalkError, detailOf, troubleOf } from "./trouble.ts";

/** The file of `near.ts` beside this one; put in by `build.mjs`. */
declare const NEAR: string;

const ATTRIBUTES = ["src", "view", "open", "readonly", "theme", "loading", "label"] as const;
/** How far below or above the window the reader counts as near. */
const MARGIN = "600px 0px";
/** When nothing else is to be done; Safari does not tell. */
const idle = (then: () => void) => ("requestIdleCallback" in window ? requestIdleCallback(then) : setTimeout(then, 300));

let arriving: Promise<Near> | undefined;
let nTries = 0;

/** Elements that show something, or are about to. */
const atWork = new Set<RolewalkPlayground>();

/**
 * All else, fetched once for all elements of the page. What could not be fetched is asked for again, and so is an engine
 * that has broken: a page that takes the next one leaves the one before as it lies.
 */
function near(): Promise<Near> {
  // A browser remembers a module by its address, also one that was not to be had.
  if (!arriving) {
    const again = nTries++ > 0 ? `?try=${nTries}` : "";
    const leave = () => (arriving = undefined);
    arriving = import(new URL(NEAR + again, import.meta.url).href).then(
      (it: Near) => {
        it.onStop(() => {
          leave();
          for (const one of [...atWork]) one[STOP]();
        });
        return it;
      },
      (error: unknown) => {
        leave();
        throw error;
      },
    );
  }
  return arriving;
}

/** What the engine's end means for an element: no business of its page. */
const STOP = Symbol("stop");
/** What goes away when it is tried again, perhaps. */
const PASSES = new Set(["not-fetched", "part-missing", "needs-library", "src-not-fetched", "engine-stopped"]);
/** Pages say that the text of a share link is in an element; all else in it is for readers without the playground. */
const SHARED_TEXT = /^v\d+\.\S+$/;

export class RolewalkPlayground extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  readonly #root = this.attachShadow({ mode: "open", delegatesFocus: false });
  readonly #frame = document.createElement("div");
  #shown: Shown | undefined;
  /** What it is to show, where a script says so: JSON. */
  #given: string | undefined;
  /** Whether a script has said what it is to show: then what the page says does not count. */
  #isScripted = false;
  /** What it showed when it was taken out of the page, and what of that was the author's. */
  #left: { now: string; given: string } | undefined;
  /** What it showed a moment ago: all there is, once the engine has stopped. */
  #kept: string | undefined;
  #isKeeping = false;
  #isDrawn = false;
  #observer: IntersectionObserver | undefined;
  #stopLook: (() => void) | undefined;
  /** What is begun later than something else wins. */
  #turn = 0;
  /** The turn in which a scenario is on its way. */
  #coming = -1;
  #isWanted = false;
  #speaks = false;
  #ready: PromiseWithResolvers | undefined;
  #loading: Promise<void> | undefined;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [posterStyles()];
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
    atWork.delete(this);
    if (this.#shown) {
      this.#left = { now: this.#shown.scenario(), given: this.#shown.given };
      this.#clear();
    }
  }

  #clear(): void {
    this.#shown?.free();
    this.#shown = this.#kept = undefined;
    this.#isDrawn = false;
    this.#ready?.resolve();
  }

  /** The engine has stopped, for all playgrounds of the page. Nothing can be asked of it any more. */
  [STOP](): void {
    atWork.delete(this);
    const turn = ++this.#turn;
    const shown = this.#shown;
    if (shown) {
      // Where it did not even come as far as to be drawn, the same would stop it again.
      this.#left = { given: shown.given, now: this.#isDrawn ? (this.#kept ?? this.#left?.now ?? shown.given) : shown.given };
    }
    this.#clear();
    this.#fail(new RolewalkError({ code: "engine-stopped", message: "something in Rolewalk broke", help: "try again: it comes back as it was a moment before" }), turn);
  }

  attributeChangedCallback(name: (typeof ATTRIBUTES)[number], before: string | null, now: string | null): void {
    if (before === now) return;
    if (name === "src") {
      if (!this.#isScripted) this.#followPage();
      return;
    }
    if (!this.isConnected) return;
    if (name === "theme") return this.#look();
    if (name === "loading") {
      if (this.#shown || this.#isWanted) return;
      return this.connectedCallback();
    }
    if (name === "label") this.#frame.setAttribute("aria-label", this.label);
    // Set together with `src` it is a text of the scenario that comes, which opens it.
    else if (name === "open") queueMicrotask(() => void (this.#coming !== this.#turn && this.#shown?.set(name, this.open)));
    else this.#shown?.set(name, this[name]);
  }

  /** Shows what the page says, from the beginning. */
  #followPage(): void {
    // Out of the page, too, it is not to come back with what it was before.
    if (!this.isConnected) this.#leave();
    this.#isScripted = false;
    this.#given = this.#left = this.#kept = undefined;
    if (this.#isWanted) void this.#begin();
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
    // A script that has none, or none any more.
    if (it === undefined || it === null) {
      if (this.#isScripted) this.#followPage();
      return;
    }
    void this.setScenario(it).catch(() => {});
  }

  getScenario(): unknown {
    const json = this.#shown?.scenario() ?? this.#left?.now;
    return json === undefined ? undefined : JSON.parse(json);
  }

  /**
   * Shows another scenario, an object or whatever `src` may be, which is the new beginning: `reset()` leads back to it.
   * Rejects with a `RolewalkError`, and leaves what there is, where it is none.
   */
  async setScenario(it: unknown): Promise<void> {
    let given: string;
    try {
      given = textOfScenario(it);
    } catch (thrown) {
      const trouble = troubleOf(thrown);
      this.#tell("error", detailOf(trouble));
      throw trouble;
    }
    const [before, src] = [this.#isScripted, this.src];
    // At once: an address that is set meanwhile does not win.
    this.#isScripted = true;
    this.#left = undefined;
    if (!this.#shown) {
      this.#given = given;
      if (!this.#isWanted) return;
      return this.#begin();
    }
    const turn = ++this.#turn;
    try {
      const { textOf, read } = await near();
      const json = await read(typeof it === "string" ? await textOf(it) : given);
      if (turn !== this.#turn) return;
      this.#shown?.give(json);
      // Taken out of the page and put in again, or stopped, it is this.
      this.#kept = undefined;
    } catch (thrown) {
      const trouble = this.#fail(thrown, turn);
      // It counts for nothing, and what the page has said meanwhile for all the more.
      if (turn === this.#turn) {
        this.#isScripted = before;
        if (!before && this.src !== src) this.#followPage();
      }
      throw trouble;
    }
  }

  /** The address that opens the scenario in Rolewalk. */
  async getShareUrl(): Promise<string> {
    await this.load();
    if (!this.#shown) throw new RolewalkError({ code: "nothing-shown", message: "there is no scenario to share", help: "wait for the event `ready`" });
    try {
      return await this.#shown.shareUrl();
    } catch (thrown) {
      throw troubleOf(thrown);
    }
  }

  /** The scenario as it was given last, by the author's page or its script; what the button `Reset` does, too. */
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
    const name = this.getAttribute("label") ?? "Rolewalk";
    this.#frame.replaceChildren(announcing(name, asks ? () => void this.#begin(true) : undefined));
  }

  /** Through when it is drawn; rejects where it cannot be, which only who gave the scenario has to hear. */
  #begin(hasFocus = false): Promise<void> {
    this.#isWanted = true;
    this.#observer?.disconnect();
    if (!this.isConnected) return Promise.resolve();
    // What was wrong may be so no more.
    if (this.#frame.querySelector(":scope > [role=alert]")) this.#poster(false);
    this.#coming = ++this.#turn;
    const loading = this.#load(this.#turn, hasFocus);
    const over = () => {
      if (this.#loading === through) this.#loading = undefined;
    };
    const through = loading.then(over, over);
    this.#loading = through;
    return loading;
  }

  async #load(turn: number, hasFocus: boolean): Promise<void> {
    atWork.add(this);
    try {
      const { arrived, show, speak, textOf, read } = await near();
      if ("frame" in this.dataset && !this.#speaks) speak(this);
      this.#speaks = true;
      const left = this.#left;
      const given = left?.given ?? (await read(await textOf(this.#given ?? (this.src || inline(this) || "working-studio"))));
      await arrived();
      if (turn !== this.#turn) return;
      this.#coming = -1;
      if (this.#shown) return this.#shown.give(given);
      const wait = withResolvers();
      this.#ready = wait;
      this.#shown = show(this, this.#root, this.#frame, given, left?.now ?? given, (name, detail) => this.#tell(name, detail));
      await wait.promise;
      if (hasFocus) this.#frame.querySelector<HTMLElement>("button:not(:disabled), select, a[href]")?.focus();
    } catch (thrown) {
      // What the page names as `src` is not what is shown: like a picture that is not there, it leaves its place empty.
      if (turn === this.#turn && troubleOf(thrown).code !== "engine-stopped") {
        this.#clear();
        atWork.delete(this);
        // The next address may be a better one.
        this.#isScripted = false;
      }
      throw this.#fail(thrown, turn, hasFocus);
    }
  }

  #tell(name: string, detail: object): void {
    if (name === "ready") {
      this.#isDrawn = true;
      this.#frame.querySelector(":scope > .poster")?.remove();
      this.#ready?.resolve();
    }
    if (name === "change") {
      // As a text, of which each who asks gets an object: who keeps the event is not to find a later scenario in it.
      const json = this.#shown?.scenario();
      Object.defineProperty(detail, "scenario", { get: () => (json === undefined ? undefined : JSON.parse(json)), enumerable: true });
      this.#keepSoon();
    }
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** Keeps what it shows, as soon as that has turned out to be no end of it. */
  #keepSoon(): void {
    if (this.#isKeeping) return;
    this.#isKeeping = true;
    idle(() => {
      this.#isKeeping = false;
      try {
        this.#kept = this.#shown?.scenario();
      } catch {
        // The engine has stopped, which is told elsewhere.
      }
    });
  }

  /** Says in a sentence what is wrong, unless something is shown. */
  #fail(thrown: unknown, turn: number, hasFocus = false): RolewalkError {
    const trouble = troubleOf(thrown);
    // That the engine has stopped, every playground is about to hear.
    const isAnother = turn !== this.#turn || (trouble.code === "engine-stopped" && atWork.has(this));
    if (isAnother) return trouble;
    if (!this.#shown) {
      const again = () => {
        const had = this.#root.activeElement !== null;
        void this.#begin(had);
      };
      const box = telling(trouble, hasFallback(this), PASSES.has(trouble.code) ? again : undefined);
      this.#frame.replaceChildren(box);
      // Who has pressed the button is still there.
      if (hasFocus) box.querySelector("button")?.focus();
    }
    this.#tell("error", detailOf(trouble));
    return trouble;
  }
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

/** What a script says is a scenario, as a text; something that JSON does not know is none. */
function textOfScenario(it: unknown): string {
  if (typeof it === "string") return it;
  let json: string | undefined;
  let why = "it is no object";
  try {
    json = JSON.stringify(it);
  } catch (error) {
    why = String(error).split("\n", 1)[0] ?? "";
  }
  if (json?.startsWith("{")) return json;
  throw new RolewalkError({ code: "not-a-scenario", message: `this is not a Rolewalk scenario: ${why}`, help: "give an object that `JSON.stringify` can write, or a text" });
}

/** The scenario that stands in the element: in a script of JSON, or as its text. All other text is the fallback. */
function inline(element: HTMLElement): string {
  const script = element.querySelector(':scope > script[type="application/json"]');
  if (script) return script.textContent?.trim() ?? "";
  const text = element.textContent?.trim() ?? "";
  return text.startsWith("{") || SHARED_TEXT.test(text) ? text : "";
}

/** Whether there is something in it for readers without the playground. */
function hasFallback(element: HTMLElement): boolean {
  const all = [...element.childNodes].filter((it) => !(it instanceof HTMLScriptElement) && it.nodeType !== Node.COMMENT_NODE);
  const isThere = all.some((it) => it instanceof Element || it.textContent?.trim());
  return isThere && (inline(element) === "" || element.querySelector(":scope > script") !== null);
}

if (!customElements.get("rolewalk-playground")) customElements.define("rolewalk-playground", RolewalkPlayground);
