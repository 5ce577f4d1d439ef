// A widget that is alone in a frame: tells the page around it how high it is and what happens, and does what that page asks.
//
// To the page around: { source: "rolewalk", type: "height", height } and, for each event of the element, { source:
// "rolewalk", type, detail }. From it: { target: "rolewalk", type: "reset" | "setScenario" | "getScenario" | "getShareUrl",
// scenario?, id? }; what is asked for is answered with { source: "rolewalk", type: "answer", id, value } or { …, error }.

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
    const refuse = (error: unknown) => tell({ type: "answer", id, error: String((error as { message?: unknown })?.message ?? error) });
    try {
      if (data.type === "reset") answer(element.reset());
      else if (data.type === "getScenario") answer(element.getScenario());
      else if (data.type === "setScenario") element.setScenario(data.scenario).then(answer, refuse);
      else if (data.type === "getShareUrl") element.getShareUrl().then(answer, refuse);
    } catch (error) {
      refuse(error);
    }
  });
}
