// Starts the app: fetches it, hands it the page, and says what to do where it cannot start.
//
// A plain script beside the page, so that the page's content security policy allows no inline script. What is fetched
// stands in <meta name="rolewalk-app">: the app's JavaScript and its wasm. Knows nothing of the app but that. Invariant:
// whatever keeps the app from starting, the page ends with a sentence and a way on, and what is saved stays.

(() => {
  const KEY = "rolewalk";

  /** How long the app waits for the page to be drawn first. */
  const MOST_MS = 400;

  let hasStarted = false;

  /** What went wrong, in words for whoever opened the page. */
  class Failure extends Error {
    constructor(sentence, cause) {
      super(sentence, { cause });
    }
  }

  const NOT_FETCHED = "A file of the page could not be fetched. Check the connection, and load the page again.";
  const GONE =
    "A file of the page is not on its host. The page is probably an older copy, and there is a newer version: load it anew.";
  const CUT_OFF = "A file of the page arrived incomplete or changed. Load the page anew.";
  const NO_WASM = "This browser does not run WebAssembly, which Rolewalk is made of. Open the page in a current browser.";
  const REFUSED =
    "The page is not allowed to run WebAssembly. Whoever hosts it has to allow 'wasm-unsafe-eval' for scripts in the content security policy.";
  const BROKEN = "Rolewalk broke, and the page cannot go on. Load it anew.";

  const address = (name) => new URL(name, document.baseURI).href;

  async function fetched(name) {
    let answer;
    try {
      // As the page's hint asks for it, so that it is fetched once.
      answer = await fetch(address(name), { credentials: "same-origin" });
    } catch (cause) {
      throw new Failure(NOT_FETCHED, cause);
    }
    if (!answer.ok) throw new Failure(GONE, new Error(`${answer.url} answered ${answer.status}`));
    return answer;
  }

  async function compiled(name) {
    const answer = await fetched(name);
    try {
      const isNamed = answer.headers.get("content-type")?.startsWith("application/wasm");
      if (isNamed && WebAssembly.compileStreaming) return await WebAssembly.compileStreaming(answer);
      // Hosts that do not know the type are no reason not to start.
      return await WebAssembly.compile(await answer.arrayBuffer());
    } catch (cause) {
      const isRefused = /content security policy|unsafe-eval|disallowed by embedder/i.test(String(cause));
      throw new Failure(isRefused ? REFUSED : CUT_OFF, cause);
    }
  }

  async function imported(name) {
    try {
      return await import(address(name));
    } catch (cause) {
      if (cause instanceof SyntaxError) throw new Failure(CUT_OFF, cause);
      // A module that is not there and one that is not to be had look the same.
      await fetched(name);
      throw new Failure(CUT_OFF, cause);
    }
  }

  /** The page as it came is on the screen, so that there is something to read while the app starts. */
  function drawn() {
    return new Promise((done) => {
      // A page that nobody sees is not drawn, and a busy machine draws late.
      setTimeout(done, document.visibilityState === "hidden" ? 0 : MOST_MS);
      try {
        new PerformanceObserver(done).observe({ type: "paint", buffered: true });
      } catch {
        requestAnimationFrame(() => setTimeout(done));
      }
    });
  }

  /** The first styles stand in the page; where a host's own policy refuses what is inline, they come as a file. */
  function firstStyles() {
    const inline = document.querySelector("style[data-file]");
    if (!inline || inline.sheet) return;
    const link = element("link", { rel: "stylesheet", href: address(inline.dataset.file) });
    // In the same place, since later rules go before earlier ones.
    inline.after(link);
  }

  /** Every style sheet is here, or cannot be had: the page works without. */
  async function styled() {
    const loaded = new Promise((done) => addEventListener("load", done, { once: true }));
    if (document.readyState === "loading") {
      await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
    }
    const awaited = [...document.querySelectorAll("link[rel='stylesheet']")].filter((it) => !it.sheet);
    // What failed before now tells nobody; with the page as a whole it has an end.
    if (awaited.length === 0 || document.readyState === "complete") return;
    const arrived = awaited.map((it) => new Promise((done) => it.addEventListener("load", done, { once: true })));
    await Promise.race([loaded, Promise.all(arrived)]);
  }

  async function start() {
    firstStyles();
    const names = document.querySelector("meta[name='rolewalk-app']")?.getAttribute("content")?.split(" ");
    if (!names) throw new Failure(CUT_OFF);
    if (!("WebAssembly" in window)) throw new Failure(NO_WASM);
    const [app, module] = await Promise.all([imported(names[0]), compiled(names[1]), drawn(), styled()]);
    try {
      await app.default({ module_or_path: module });
    } catch (cause) {
      throw new Failure(cause instanceof WebAssembly.LinkError ? GONE : BROKEN, cause);
    }
    hasStarted = true;
  }

  /** What of the visitor's own is saved here, as the text of a file. */
  function draft() {
    try {
      const saved = localStorage.getItem(KEY);
      const scenario = saved && JSON.parse(saved).draft?.scenario;
      return scenario && JSON.stringify(scenario, null, 2);
    } catch {
      return undefined;
    }
  }

  /** Loads everything from the host, whatever this browser has kept of it. */
  async function anew() {
    const names = document.querySelector("meta[name='rolewalk-app']")?.getAttribute("content")?.split(" ") ?? [];
    const again = [location.href.split("#")[0], ...names.map(address)];
    await Promise.allSettled(again.map((it) => fetch(it, { cache: "reload" })));
    location.reload();
  }

  function save(text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "rolewalk-draft.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  }

  function element(tag, properties, ...children) {
    const it = Object.assign(document.createElement(tag), properties);
    it.append(...children);
    return it;
  }

  function tell(failure) {
    console.warn("Rolewalk could not start:", failure.cause ?? failure);
    // A panic says so itself, and so does the page of a frame.
    if (document.getElementById("fallen") || document.querySelector("rolewalk-playground")) return;
    const text = draft();
    const button = (words, then, isFirst) =>
      element("button", { type: "button", className: isFirst ? "button primary" : "button", onclick: then }, words);
    const buttons = element("p", { className: "boot-buttons" }, button("Load it anew", anew, true));
    if (text) buttons.append(button("Save the draft as a file", () => save(text)));
    const kept = text ? " The draft that is saved in this browser stays as it is." : "";
    const told = element(
      "div",
      { className: "boot" },
      element("h1", { className: "boot-name" }, hasStarted ? "Rolewalk has stopped" : "Rolewalk could not start"),
      element("p", {}, failure.message + kept),
      buttons,
    );
    told.setAttribute("role", "alert");
    document.getElementById("rolewalk")?.replaceChildren(told);
  }

  // A trap in wasm that is no panic, such as a stack that is full, leaves an app that nothing can be asked of any more.
  addEventListener("error", ({ error }) => {
    if (window.WebAssembly && error instanceof WebAssembly.RuntimeError) tell(new Failure(BROKEN, error));
  });

  function begin() {
    start().catch((error) => tell(error instanceof Failure ? error : new Failure(BROKEN, error)));
  }

  // What is fetched is named in the head, and the app goes into the body.
  if (document.readyState !== "loading") begin();
  else document.addEventListener("readystatechange", begin, { once: true });
})();
