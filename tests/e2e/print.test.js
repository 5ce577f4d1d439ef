// What is printed of a walk: the question, the verdict, picture and doors, then the account and what is open.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

/** What a sheet of paper has between its margins: as narrow as where a screen shows one view at a time. */
const PAPER = { width: 718, height: 1000 };

for (const colorScheme of ["light", "dark"]) {
  const options = { viewport: { width: 1440, height: 900 }, colorScheme };
  journey(`on paper a walk is whole and has no buttons, printed from a ${colorScheme} page`, options, async (tools) => {
    const { page } = tools;
    const parts = await openWorld(tools, "wrong-trust");
    await parts.says("Stopped at door");
    await parts.isRich();
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize(PAPER);
    for (const name of ["Verdict", "Access flow", "Account", "Mental model"]) {
      assert.equal(await page.getByRole("region", { name, exact: true }).isVisible(), true, name);
    }
    assert.equal(await parts.text.isVisible(), true);
    assert.equal(await page.getByRole("combobox", { name: "What is done" }).isVisible(), true);
    assert.equal(await page.getByText("What would fix it:").first().isVisible(), true);
    assert.equal(await page.getByRole("banner").isVisible(), false);
    assert.equal(await page.locator(".app .button:visible, .tabs:visible, .footer:visible").count(), 0);
    // Nothing scrolls on paper.
    const cut = await page.evaluate(() => {
      const all = [...document.querySelectorAll(".app, .app *")].filter((it) => it.checkVisibility());
      const scrolls = (it) => /auto|scroll/.test(getComputedStyle(it).overflowY) && it.scrollHeight > it.clientHeight + 1;
      return all.filter(scrolls).map((it) => it.className);
    });
    assert.deepEqual(cut, []);
    const paper = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    assert.equal(paper, "light");
  });
}

journey("a lesson on paper begins with its question and its text", async ({ page, open }) => {
  await open("#/learn/default-deny");
  await page.getByText("A request is refused unless some policy allows it").first().waitFor();
  await page.getByRole("region", { name: "Access flow" }).waitFor();
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(PAPER);
  const tops = [];
  for (const part of [".sentence", ".panel-lesson", ".verdict", ".panel-flow", ".panel-editor"]) {
    const box = await page.locator(part).first().boundingBox();
    assert.ok(box, `${part} is not printed`);
    tops.push(box.y);
  }
  assert.deepEqual(tops, tops.toSorted((a, b) => a - b));
  assert.equal(await page.getByRole("banner").isVisible(), false);
});
