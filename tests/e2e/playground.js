// What the journeys say of the page: its parts by role and name, as a person or a screen reader finds them.

import assert from "node:assert/strict";

/** The parts of the playground. */
export function playground(page) {
  const verdict = page.getByRole("region", { name: "Verdict" });
  const door = (title) => page.getByRole("listitem").filter({ has: page.getByRole("button", { name: title }) }).first();
  const tree = page.getByRole("tree");
  const treeItem = (name) => tree.getByRole("treeitem", { name, exact: false });
  return {
    verdict,
    door,
    tree,
    treeItem,
    /** The heading of a door; those begin with the door's number. */
    doorButton: (title) =>
      page.getByRole("list", { name: "Doors", exact: true }).getByRole("button", { name: new RegExp(`^\\d+ .*${title.source}`) }),
    world: page.getByRole("combobox", { name: "World" }),
    text: page.getByRole("textbox", { name: "Policy document" }),
    findings: page.getByRole("region", { name: "Findings" }),
    undo: page.getByRole("button", { name: "Undo", exact: true }),
    redo: page.getByRole("button", { name: "Redo", exact: true }),

    /** Waits until the verdict's headline and text say all of these. */
    async says(...parts) {
      for (const part of parts) await verdict.getByText(part).first().waitFor();
    },

    /** The policy's text, whether it is in the text area or in the editor. */
    textNow: () => textNow(page),

    /** Waits until the policy's text is this one. */
    becomes: (text) => page.waitForFunction((text) => document.querySelector("#policy-text").value === text, text),

    /** Waits for the editor to have taken the text area's place. */
    async isRich() {
      await page.locator("[contenteditable]#policy-text").waitFor();
    },

    /** Waits until the characters that are selected in the policy match, and gives them. */
    async selects(pattern) {
      const found = await page.waitForFunction(
        ([source, flags]) => {
          // The editor's text answers as a text area does.
          const area = document.querySelector("#policy-text");
          const selected = area?.value.slice(area.selectionStart, area.selectionEnd) ?? "";
          return new RegExp(source, flags).test(selected) && [selected];
        },
        [pattern.source, pattern.flags],
      );
      const [selected] = await found.jsonValue();
      return selected;
    },

    /** Puts a text in place of the whole policy through the clipboard, as a person does. */
    async paste(text) {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      const area = page.getByRole("textbox", { name: "Policy document" });
      await area.focus();
      await page.evaluate((text) => navigator.clipboard.writeText(text), text);
      await area.press("ControlOrMeta+a");
      await area.press("ControlOrMeta+v");
    },

    /** Opens something of the account tree, unfolding what is around it. */
    async open(...path) {
      for (const [idx, name] of path.entries()) {
        const item = treeItem(name).first();
        await item.waitFor();
        if (idx === path.length - 1) {
          await item.click();
        } else if ((await item.getAttribute("aria-expanded")) === "false") {
          await item.locator(".twist").click();
        }
      }
    },
  };
}

/** The text that is open, whether it is in the text area or in the editor, which answers as a text area does. */
export const textNow = (page) => page.locator("#policy-text").evaluate((it) => it.value);

/** Opens a start world by its address. */
export async function openWorld({ page, open }, slug) {
  await open(`#/world/${slug}`);
  await page.getByRole("heading", { level: 1, name: "Rolewalk" }).waitFor();
  return playground(page);
}

/** Presses Tab until something with that accessible name has the focus. */
export async function tabTo(page, name, most = 80) {
  const seen = [];
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const it = document.activeElement;
      const label = it?.getAttribute("aria-label") ?? it?.labels?.[0]?.textContent ?? it?.textContent ?? "";
      return `${it?.tagName.toLowerCase()}: ${label.trim().slice(0, 80)}`;
    });
    seen.push(found);
    if (name.test(found)) return;
  }
  assert.fail(`Tab never came to ${name}; it came to\n${seen.join("\n")}`);
}

/** A browser that cannot write into files. */
export const withoutPickers = (page) =>
  page.addInitScript(() => {
    delete window.showOpenFilePicker;
    delete window.showSaveFilePicker;
  });
