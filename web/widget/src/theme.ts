// Whether the host's page looks dark where the element is.

const SWITCHES = [
  "data-theme",
  "data-bs-theme",
  "data-color-mode",
  "data-color-scheme",
  "data-mode",
  "data-md-color-scheme",
  "data-pst-theme",
];
/** What sites call their themes: Material's `slate`, mdBook's `coal`, `navy` and `ayu` are dark. */
const DARK = /^(dark|.*-dark|night|slate|coal|navy|ayu)$/i;
const LIGHT = /^(light|.*-light|default|rust)$/i;

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let watcher: MutationObserver | undefined;

/** The switch of the site, else what it says of its colours, else what lies behind the element, else what the reader likes. */
export function isDark(element: Element): boolean {
  return bySwitch() ?? byBackground(element) ?? byScheme(element);
}

function bySwitch(): boolean | undefined {
  for (const root of [document.documentElement, document.body]) {
    if (!root) continue;
    const names = SWITCHES.map((it) => root.getAttribute(it) ?? "").concat(...root.classList);
    const dark = names.some((it) => DARK.test(it));
    const light = names.some((it) => LIGHT.test(it));
    if (dark !== light) return dark;
  }
  return undefined;
}

/** What lies behind it, where that is opaque. */
function byBackground(element: Element): boolean | undefined {
  for (let it: Element | null = element; it; it = parent(it)) {
    const color = getComputedStyle(it).backgroundColor;
    const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/^rgba?\(([^)]*)\)/)?.[1] ?? "0 0 0 / 0")
      .split(/[\s,/]+/)
      .filter(Boolean)
      .map(Number);
    if (alpha > 0.5) return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }
  return undefined;
}

function byScheme(element: Element): boolean {
  // The element has a scheme of its own; its parent has that of the page.
  const own = getComputedStyle(parent(element) ?? element).colorScheme;
  const meta = document.querySelector<HTMLMetaElement>("meta[name=color-scheme]");
  const scheme = own === "normal" ? (meta?.content ?? "") : own;
  const [light, dark] = [/\blight\b/.test(scheme), /\bdark\b/.test(scheme)];
  if (light && dark) return prefersDark.matches;
  return dark;
}

function parent(element: Element): Element | null {
  const around = element.assignedSlot ?? element.parentNode;
  return around instanceof ShadowRoot ? around.host : around instanceof Element ? around : null;
}

/** Calls `then` when the host may look otherwise, until what comes back is called. */
export function onHostLook(then: () => void): () => void {
  listeners.add(then);
  if (!watcher) {
    const tell = () => listeners.forEach((it) => it());
    watcher = new MutationObserver(tell);
    for (const root of [document.documentElement, document.body]) {
      if (root) watcher.observe(root, { attributes: true, attributeFilter: ["class", "style", ...SWITCHES] });
    }
    prefersDark.addEventListener("change", tell);
    // Colours that fade are others once they have.
    document.addEventListener("transitionend", ({ target }) => {
      if (target === document.body || target === document.documentElement) tell();
    });
  }
  return () => void listeners.delete(then);
}
