// A journey with a host's page in which the widget is: what is in the widget, by role and name, and what the page hears of it.

import { readFileSync } from "node:fs";
import { journey } from "./harness.js";
import { hostOf } from "./widget_host.js";

const WORLDS = new URL("../../crates/lessons/worlds/", import.meta.url);

/** The text of the start world of that name. */
export const world = (name) => readFileSync(new URL(`${name}.json`, WORLDS), "utf8");

/** What the verdict says of `wrong-trust`, and of it mended. */
export const SHUT = "Stopped at door 6 of 11: Assume execution role";
export const OPEN = "Every door is open";

/** A journey with a host's page: `show(body, options)` opens it, `widget(idx)` has the parts of a widget. */
export function hosted(name, options, walk) {
  if (typeof options === "function") return hosted(name, {}, options);
  journey(name, options, async (tools) => {
    const { page, address, allow } = tools;
    const host = await hostOf(address);
    allow(host.address);
    await page.addInitScript(() => {
      window.heard = [];
      window.violations = [];
      for (const name of ["ready", "change", "verdict", "error"]) {
        // On the document: they bubble, and out of the shadow root.
        document.addEventListener(name, (event) => {
          if (event instanceof CustomEvent) window.heard.push({ name, id: event.target.id, ...event.detail });
        });
      }
      document.addEventListener("securitypolicyviolation", (event) => {
        window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
      });
    });
    const show = (body, more) => page.goto(host.page({ body, ...more }));
    try {
      await walk({ ...tools, host, show, widget: (idx = 0) => widgetOf(page, idx) });
    } finally {
      await host.close();
    }
  });
}

function widgetOf(page, idx) {
  const element = page.locator("rolewalk-playground").nth(idx);
  const verdict = element.getByRole("region", { name: "Verdict" });
  return {
    element,
    verdict,
    text: element.getByRole("textbox", { name: "Policy document" }),
    says: (words) => verdict.getByText(words).first().waitFor(),
    button: (name) => element.getByRole("button", { name }),
    /** Calls a method of the element. */
    call: (name, ...values) => element.evaluate((it, [name, values]) => it[name](...values), [name, values]),
    set: (name, value) => element.evaluate((it, [name, value]) => value === null ? it.removeAttribute(name) : it.setAttribute(name, value), [name, value]),
    /** Types a text in place of the whole policy. */
    async write(text) {
      const area = element.getByRole("textbox", { name: "Policy document" });
      await element.locator("[contenteditable]#policy-text").waitFor();
      await area.focus();
      await area.press("ControlOrMeta+a");
      await page.keyboard.insertText(text);
    },
    textNow: () => element.locator("#policy-text").evaluate((it) => it.value),
  };
}

/** What the page heard of that name, of one widget or of all. */
export const heard = (page, name, id) =>
  page.evaluate(([name, id]) => window.heard.filter((it) => it.name === name && (id === undefined || it.id === id)), [name, id]);

/** Waits until an event was heard of that `test` (a text of a function of the event) likes. */
export const hears = async (page, name, test = "() => true") =>
  (await page.waitForFunction(([name, test]) => {
    const likes = new Function("it", `return (${test})(it)`);
    return window.heard.find((it) => it.name === name && likes(it));
  }, [name, test])).jsonValue();
