// A live example in somebody's page: its parts by role and name, and what its script tells.

import { playground } from "./playground.js";

/** The example of that accessible name, or the only one of the page. */
export function example(page, name) {
  const host = page.locator(name ? `rolewalk-playground[label="${name}"]` : "rolewalk-playground");
  const parts = playground(host);
  const text = host.getByRole("combobox", { name: "Text", exact: true });
  return {
    ...parts,
    host,
    text,
    reset: host.getByRole("button", { name: "Reset" }),
    out: host.getByRole("link", { name: /Open in Rolewalk/ }),

    /** Brings it near and waits until it is drawn. */
    async isLive() {
      await host.scrollIntoViewIfNeeded();
      await parts.verdict.waitFor();
    },

    /** Chooses the text of that title. */
    choose: (title) => text.selectOption({ label: title }),

    /** The text that is open, as a reader sees it. */
    policy: () => host.locator("#policy-text").evaluate((it) => it.value),

    /** Opens the text of that name, which says `words`. */
    async opens(name, words) {
      const element = await host.elementHandle();
      await element.evaluate((it, name) => {
        it.open = "";
        it.open = name;
      }, name);
      await page.waitForFunction(
        ([it, words]) => it.shadowRoot.querySelector("#policy-text")?.value.includes(words),
        [element, words],
      );
    },

    /** Types over the first place that says `before`, with the keyboard alone. */
    async type(before, after) {
      await host.locator("[contenteditable]#policy-text").waitFor();
      const found = await host.locator("#policy-text").evaluate((it, before) => {
        const at = it.value.indexOf(before);
        if (at < 0) return false;
        it.focus();
        it.setSelectionRange(at, at + before.length);
        return true;
      }, before);
      if (!found) throw new Error(`the text that is open does not say ${before}`);
      await page.keyboard.insertText(after);
    },

    /** The scenario as the page's script gets it. */
    scenario: () => host.evaluate((it) => it.getScenario()),

    /** `light` or `dark`. */
    look: () => host.evaluate((it) => it.shadowRoot.querySelector(".rolewalk").dataset.theme),
  };
}

/** Notes which door each example stops at, as its event tells, before the page begins. */
export const hear = (page) =>
  page.addInitScript(() => {
    addEventListener("verdict", ({ target, detail }) => (target.told = detail), true);
  });

/** Waits until the example tells that the walk stops at that door, or at none: `null`. */
export async function stopsAt(page, host, door) {
  const element = await host.elementHandle();
  await page.waitForFunction(([it, door]) => it.told && it.told.door === door, [element, door]);
}

/** What of a page's requests is more than a look from afar: the app, its parts, the editor. */
export const heavy = (requests) => requests.filter((it) => /\.wasm|rolewalk-near|rolewalk-web|editor/.test(it));
