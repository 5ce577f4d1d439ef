// All of a widget that comes when the reader is near: the app, its styles, and what is fetched for a scenario.

import { speak } from "./frame.ts";
import type { Trouble } from "./trouble.ts";

/** Files of the site and the text of its styles; put in by `build.mjs`. */
declare const APP: string;
/** The app's JavaScript once more, where one engine has to be left for another. */
declare const AGAIN: string;
declare const WASM: string;
/** What the site's files with a hash in their names are called, with blanks between, and the one that is asked for here. */
declare const FILES: string;
declare const LIBRARY: string;
declare const STYLES: string;

/** What the app exports, see `web/src/browser/widget.rs`. */
interface App {
  default(options: { module_or_path: URL }): Promise<unknown>;
  arrive(): Promise<unknown>;
  maxBytes(): number;
  mount(element: HTMLElement, options: object): Playground;
  read(text: string, library?: string): Promise<string>;
}

interface Playground {
  scenario(): string;
  setScenario(json: string): void;
  reset(): void;
  setView(view: string): void;
  open(name: string): void;
  setReadonly(isReadOnly: boolean): void;
  shareUrl(): Promise<string>;
  free(): void;
}

/** A scenario that is shown. */
export interface Shown {
  /** The scenario as it was given, as JSON. */
  readonly given: string;
  scenario(): string;
  give(json: string): void;
  reset(): void;
  set(name: "view" | "open" | "readonly", value: string | boolean): void;
  shareUrl(): Promise<string>;
  free(): void;
}

export interface Near {
  arrived: typeof arrived;
  onStop: typeof onStop;
  speak: typeof speak;
  show: typeof show;
  textOf: typeof textOf;
  read: typeof read;
}

/** The size of text that the styles are made for, in pixels. */
const USUAL_TEXT = 16;
/** In a column narrower than that, in pixels, text is not made larger. */
const NARROW = 480;

const site = new URL("./", import.meta.url);
const address = (file: string) => new URL(file, site);
const trouble = (code: string, message: string, help: string): Trouble => ({ code, message, help });

// A browser runs the module of an address once: who is asked for anew asks for the app anew.
const { search } = new URL(import.meta.url);
const app: App = await import(address(search ? AGAIN + search : APP).href);
await begun();
const MAX_BYTES = app.maxBytes();

/** One module for all: the page's own, where this is Rolewalk's page. */
async function begun(): Promise<void> {
  if (typeof WebAssembly === "undefined") {
    throw trouble("no-webassembly", "this browser does not run WebAssembly, which Rolewalk is made of", "open the page in a current browser");
  }
  try {
    await app.default({ module_or_path: address(WASM + search) });
  } catch (error) {
    if (/content security policy|unsafe-eval|disallowed by embedder/i.test(String(error))) {
      throw trouble("engine-refused", "this page does not allow WebAssembly", "have its content security policy say `script-src … 'wasm-unsafe-eval'`");
    }
    throw error;
  }
}

let hasStopped = false;
const ends: (() => void)[] = [];
let stopWaiting = (_: Trouble) => {};
/** Never comes about, and fails when the engine stops: what waits for the engine would wait for ever. */
const stopped = new Promise<never>((_, reject) => (stopWaiting = reject));
stopped.catch(() => {});

/** Calls `then` once, when the engine has stopped. */
export function onStop(then: () => void): void {
  ends.push(then);
}

/** Nothing of this module is asked any more: something in the app broke, and all it shows is of that one app. */
function stop(): void {
  if (hasStopped) return;
  hasStopped = true;
  window.removeEventListener("error", hear);
  window.removeEventListener("unhandledrejection", hear);
  stopWaiting(hasStoppedTrouble());
  // Whoever is in the middle of the app comes out of it first.
  queueMicrotask(() => ends.forEach((it) => it()));
}

const hasStoppedTrouble = () => trouble("engine-stopped", "something in Rolewalk broke", "try again: it comes back as it was a moment before");

/**
 * Not every end is a panic: a full stack is none. The host's page may have WebAssembly of its own, and what is left of an
 * engine before this one may still make a noise.
 */
function hear(event: ErrorEvent | PromiseRejectionEvent): void {
  if (isEnd("reason" in event ? event.reason : event.error)) stop();
}

function isEnd(error: unknown): boolean {
  if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) return false;
  const stack = String(error.stack);
  return stack.includes(APP.replace(/\.js$/, "")) && (search ? stack.includes(search) : !stack.includes("?try="));
}

window.addEventListener("error", hear);
window.addEventListener("unhandledrejection", hear);

/** Asks the app, which may end with that. */
function ask<T>(work: () => T): T {
  if (hasStopped) throw hasStoppedTrouble();
  try {
    return work();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
    stop();
    throw hasStoppedTrouble();
  }
}

const waited = <T>(work: () => Promise<T>) => Promise.race([ask(work), stopped]);

// Once more at each widget, where it could not be fetched.
const arrived = () => waited(() => app.arrive());
arrived().catch(() => {});

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLES);

export { arrived, speak };

let library: Promise<string | undefined> | undefined;

/** The library of misconfigurations, fetched once for all; what could not be had is asked for again. */
async function libraryText(): Promise<string | undefined> {
  library ??= fetch(address(LIBRARY)).then(
    (answer) => (answer.ok ? answer.text() : undefined),
    () => undefined,
  );
  const text = await library;
  if (text === undefined) library = undefined;
  return text;
}

/** Makes JSON of whatever names a scenario. */
export async function read(text: string): Promise<string> {
  await arrived();
  try {
    return await waited(() => app.read(text));
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== "needs-library") throw error;
    const library = await libraryText();
    if (library === undefined) throw error;
    return waited(() => app.read(text, library));
  }
}

/** What stands where `it` says, where that is an address; else `it`. */
export async function textOf(it: string): Promise<string> {
  const text = it.trim();
  if (!isAddress(text)) return text;
  let url: URL;
  try {
    url = new URL(text, document.baseURI);
    if (!/^(https?|blob|data|file):$/.test(url.protocol)) throw new TypeError("no address of a file");
  } catch {
    throw trouble("src-not-fetched", `\`${text}\` could not be fetched`, "give the address of a file, from your page or in full");
  }
  const answer = await fetch(url).catch(async () => {
    throw await refused(url, text);
  });
  if (!answer.ok) throw trouble("src-not-found", `\`${text}\` was answered with ${answer.status}`, "check the address");
  return capped(answer, text);
}

/** Browsers do not say why a page may not read something. */
async function refused(url: URL, text: string): Promise<Trouble> {
  if (url.origin === self.origin || url.protocol !== "https:" && url.protocol !== "http:") {
    return trouble("src-not-fetched", `\`${text}\` could not be fetched`, "check the address and the connection");
  }
  // An answer that nobody may read says at least that there is one.
  const isThere = await fetch(url, { mode: "no-cors", cache: "no-store" }).then(() => true, () => false);
  const allow = "send the header `Access-Control-Allow-Origin: *` with it";
  return isThere
    ? trouble("src-not-allowed", `\`${text}\` is there, but its server does not let other sites read it`, `have \`${url.origin}\` ${allow}, or put the file beside your page`)
    : trouble("src-not-fetched", `\`${text}\` could not be fetched`, `check the address and the connection; \`${url.origin}\` also has to ${allow}, and your page's content security policy, if it has one, to name it in \`connect-src\``);
}

/** JSON, the text of a link, a link and a name are none. */
const isAddress = (text: string) => !/^[{[]/.test(text) && !/^v\d+\./.test(text) && !text.includes("#/") && /[/.]/.test(text);

async function capped(answer: Response, text: string): Promise<string> {
  const tooLarge = () => trouble("scenario-too-large", `\`${text}\` has more than ${MAX_BYTES} bytes`, "leave out of it what the page is not about");
  if (Number(answer.headers.get("content-length")) > MAX_BYTES) throw tooLarge();
  const reader = answer.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let [all, size] = ["", 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return all + decoder.decode();
    size += value.length;
    if (size > MAX_BYTES) {
      void reader.cancel();
      throw tooLarge();
    }
    all += decoder.decode(value, { stream: true });
  }
}

type Tell = (name: string, detail: object) => void;

/** Shows a scenario; `now` is what has become of the one that was given. */
export function show(
  host: HTMLElement & { view: string; open: string; readonly: boolean; label: string },
  root: ShadowRoot,
  frame: HTMLElement,
  given: string,
  now: string,
  tell: Tell,
): Shown {
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", host.label);
  const size = scale(host, frame);
  const hear: Tell = (name, detail) => {
    // What the app does not know in an attribute is for whoever writes the page: readers see no trace of it.
    if (name === "error") {
      const { message, help } = detail as Trouble;
      console.warn(`rolewalk-playground: ${message}; ${help}.`, host);
    }
    tell(name, detail);
  };
  const place = document.createElement("div");
  place.className = "rolewalk-app";
  frame.append(place);
  let playground: Playground;
  try {
    playground = ask(() =>
      app.mount(place, {
        scenario: given,
        now,
        view: host.view,
        open: host.open,
        readonly: host.readonly,
        site: site.href,
        files: FILES,
        tell: hear,
        stop,
      }),
    );
  } catch (error) {
    size.disconnect();
    place.remove();
    throw error;
  }
  const shown = {
    given,
    scenario: () => ask(() => playground.scenario()),
    give(json: string) {
      ask(() => {
        playground.setScenario(json);
        // What the page wants open may be a text of this one only.
        if (host.open) playground.open(host.open);
      });
      shown.given = json;
    },
    reset: () => ask(() => playground.reset()),
    set(name: "view" | "open" | "readonly", value: string | boolean) {
      ask(() => {
        if (name === "view") playground.setView(String(value));
        else if (name === "open") playground.open(String(value));
        else playground.setReadonly(Boolean(value));
      });
    },
    shareUrl: () => waited(() => playground.shareUrl()),
    free() {
      size.disconnect();
      // What has stopped hears of nothing, and what goes with the element must not ask it.
      if (hasStopped) silence(frame, () => place.remove());
      else {
        ask(() => playground.free());
        place.remove();
      }
    },
  };
  return shown;
}

/** Does `work` while nothing in `frame` is told of what happens to it. */
function silence(frame: HTMLElement, work: () => void): void {
  const quiet = (event: Event) => event.stopImmediatePropagation();
  const events = ["blur", "focusout", "change", "pointerout", "pointerleave"];
  for (const it of events) frame.addEventListener(it, quiet, true);
  work();
  for (const it of events) frame.removeEventListener(it, quiet, true);
}

/** Makes its text as large as the host's: styles count in pixels, and a ruler of one `em` tells how many. */
function scale(host: HTMLElement, frame: HTMLElement): { disconnect(): void } {
  const tell = () => {
    const around = host.parentElement ?? host;
    const size = Number.parseFloat(getComputedStyle(around).fontSize) || USUAL_TEXT;
    const most = host.clientWidth < NARROW ? 1 : 2;
    const factor = Math.min(most, Math.max(0.8, size / USUAL_TEXT));
    frame.style.setProperty("--scale", factor.toFixed(3));
  };
  tell();
  const observer = new ResizeObserver(tell);
  observer.observe(host);
  return observer;
}
