// A widget that is alone in a frame: tells the page around it how high it is and what happens, and does what that page asks.
//
// To the page around: { source: "rolewalk", type: "height", height } and, for each event of the element, { source:
// "rolewalk", type, detail }. From it: { target: "rolewalk", type: "reset" | "setScenario" | "getScenario" | "getShareUrl",
// scenario?, id? }; what is asked for is answered with { source: "rolewalk", type: "answer", id, value } or { …, error, detail },
// and what nobody knows with { source: "rolewalk", type: "error", id, detail }.

import { detailOf, troubleOf } from "./trouble.ts";

interface Framed extends HTMLElement {
  getScenario(): unknown;
  setScenario(it: unknown): Promise<void>;
  getShareUrl(): Promise<string>;
  reset(): void;
}

export function speak(element: Framed): void {
  if (window.parent === window) return;
  // A frame without an origin of its own has an origin of no use: what counts is whose window it is.
  const tell = (message: object) => window.parent.postMessage({ source: "rolewalk", ...message }, "*");
  new ResizeObserver(() => tell({ type: "height", height: Math.ceil(element.getBoundingClientRect().height) })).observe(element);
  for (const type of ["ready", "change", "verdict", "error"]) {
    element.addEventListener(type, (event) => {
      const { scenario: _, ...detail } = Object.getOwnPropertyDescriptors((event as CustomEvent<object>).detail);
      tell({ type, detail: Object.defineProperties({}, detail) });
    });
  }
  window.addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || data?.target !== "rolewalk") return;
    const { id } = data;
    const answer = (value: unknown) => tell({ type: "answer", id, value });
    const refuse = (error: unknown) => {
      const detail = detailOf(troubleOf(error));
      tell({ type: "answer", id, error: detail.message, detail });
    };
    const does: Record<string, () => unknown> = {
      getScenario: () => element.getScenario(),
      getShareUrl: () => element.getShareUrl(),
      reset: () => element.reset(),
      setScenario: () => element.setScenario(data.scenario),
    };
    const known = Object.keys(does);
    if (!known.includes(data.type)) {
      const message = `there is no message of the type \`${String(data.type).slice(0, 40)}\``;
      return tell({ type: "error", id, detail: { code: "unknown-message", message, help: `ask for one of ${known.join(", ")}` } });
    }
    // What throws at once is an answer as well.
    void (async () => does[data.type]?.())().then(answer, refuse);
  });
}
