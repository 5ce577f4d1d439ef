// What stands in the element's place while there is no playground in it: what will be there, or why nothing is.

import { type RolewalkError, sentence } from "./trouble.ts";

const STYLES = `
:host { display: block; box-sizing: border-box; min-width: 0; contain: inline-size; color-scheme: light dark; }
:host([hidden]) { display: none; }
.poster { display: grid; gap: 12px; place-items: center; align-content: center; min-height: 220px; padding: 24px;
  border: 1px solid light-dark(#e4dfd6, #2c2c36); border-radius: 10px; background: light-dark(#fffefc, #19191f);
  color: light-dark(#5d5850, #a9a8b8); font: 14px/1.45 system-ui, sans-serif; text-align: center; overflow-wrap: anywhere; }
.poster strong { color: light-dark(#1d1b18, #ececf2); font-size: 16px; }
.poster p { margin: 0; max-width: 60ch; }
.poster svg { width: 132px; height: 28px; color: light-dark(#4a42b5, #a9a4ff); }
.poster button { min-height: 40px; padding: 4px 18px; border: 0; border-radius: 6px; background: light-dark(#4a42b5, #a9a4ff);
  color: light-dark(#fff, #14132b); font: 600 14px/1.45 system-ui, sans-serif; cursor: pointer; }
.poster button:focus-visible { outline: 2px solid light-dark(#4a42b5, #a9a4ff); outline-offset: 2px; }
.poster .instead { max-width: 60ch; color: light-dark(#1d1b18, #ececf2); }
`;

let sheet: CSSStyleSheet | undefined;

/** The styles of it, for a shadow root. */
export function posterStyles(): CSSStyleSheet {
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(STYLES);
  return sheet;
}

/** What will be there; `onOpen`: by a button. */
export function announcing(name: string, onOpen?: () => void): HTMLElement {
  const box = poster(name, "A live playground of AWS IAM and SageMaker policies.");
  box.prepend(picture());
  if (onOpen) box.append(button("Open the playground", onOpen));
  return box;
}

/** Why nothing is there. `hasFallback`: what stands in the element, in the author's words, is shown, too. */
export function telling(trouble: RolewalkError, hasFallback: boolean, onRetry?: () => void): HTMLElement {
  const has = trouble.code === "engine-stopped" ? "has stopped" : "cannot be shown";
  const box = poster(`This playground ${has}`, sentence(`${trouble.message}: ${trouble.help}.`));
  box.setAttribute("role", "alert");
  if (hasFallback) {
    const instead = document.createElement("div");
    instead.className = "instead";
    instead.append(document.createElement("slot"));
    box.append(instead);
  }
  if (onRetry) box.append(button("Try again", onRetry));
  return box;
}

function poster(title: string, text: string): HTMLElement {
  const box = document.createElement("div");
  box.className = "poster";
  const name = document.createElement("strong");
  name.textContent = title;
  const what = document.createElement("p");
  what.textContent = text;
  box.append(name, what);
  return box;
}

function button(words: string, onClick: () => void): HTMLElement {
  const it = document.createElement("button");
  it.type = "button";
  it.textContent = words;
  it.addEventListener("click", onClick);
  return it;
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
