// All of a widget that comes when the reader is near: the app, its styles, and what is fetched for a scenario.

import { speak } from "./frame.ts";

/** Files of the site and the text of its styles; put in by `build.mjs`. */
declare const APP: string;
declare const WASM: string;
declare const EDITOR: string;
declare const STYLES: string;

/** What the app exports, see `web/src/browser/widget.rs`. */
interface App {
  default(options: { module_or_path: URL }): Promise<unknown>;
  arrive(): Promise<unknown>;
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
  speak: typeof speak;
  show: typeof show;
  textOf: typeof textOf;
  read: typeof read;
}

/** The largest scenario that is fetched, in bytes; the app reads none that is larger. */
const MAX_BYTES = 256 * 1024;
/** The size of text that the styles are made for, in pixels. */
const USUAL_TEXT = 16;
/** In a column narrower than that, in pixels, text is not made larger. */
const NARROW = 480;

const site = new URL("./", import.meta.url);
const address = (file: string) => new URL(file, site);

const app: App = await import(address(APP).href);
// One module for all: the page's own, where this is Rolewalk's page.
await app.default({ module_or_path: address(WASM) });

// Once more at each widget, where it could not be fetched.
const arrived = () => app.arrive();
arrived().catch(() => {});

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLES);

export { arrived, speak };

/** Makes JSON of whatever names a scenario. */
export async function read(text: string): Promise<string> {
  await arrived();
  try {
    return await app.read(text);
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== "needs-library") throw error;
    const answer = await fetch(address("library.json")).catch(() => null);
    if (!answer?.ok) throw error;
    return app.read(text, await answer.text());
  }
}

/** What stands where `it` says, where that is an address; else `it`. */
export async function textOf(it: string): Promise<string> {
  const text = it.trim();
  if (!isAddress(text)) return text;
  let answer: Response;
  try {
    const url = new URL(text, document.baseURI);
    if (!/^(https?|blob|data|file):$/.test(url.protocol)) throw new TypeError("no address of a file");
    answer = await fetch(url);
  } catch {
    throw trouble("src-not-fetched", `\`${text}\` could not be fetched`, "check the address, and whether its host lets other sites read it");
  }
  if (!answer.ok) throw trouble("src-not-found", `\`${text}\` was answered with ${answer.status}`, "check the address");
  return capped(answer, text);
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

const trouble = (code: string, message: string, help: string) => ({ code, message, help });

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
  const place = document.createElement("div");
  place.className = "rolewalk-app";
  frame.append(place);
  let playground: Playground;
  try {
    playground = app.mount(place, {
      scenario: given,
      now,
      view: host.view,
      open: host.open,
      readonly: host.readonly,
      site: site.href,
      editor: address(EDITOR).href,
      tell,
    });
  } catch (error) {
    size.disconnect();
    place.remove();
    throw error;
  }
  const shown = {
    given,
    scenario: () => playground.scenario(),
    give(json: string) {
      playground.setScenario(json);
      shown.given = json;
    },
    reset: () => playground.reset(),
    set(name: "view" | "open" | "readonly", value: string | boolean) {
      if (name === "view") playground.setView(String(value));
      else if (name === "open") playground.open(String(value));
      else playground.setReadonly(Boolean(value));
    },
    shareUrl: () => playground.shareUrl(),
    free() {
      size.disconnect();
      playground.free();
      place.remove();
    },
  };
  return shown;
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
