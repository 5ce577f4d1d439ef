// A narrow screen: one view at a time, nothing cut off, nothing wider than the screen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

const SHARED = JSON.parse(readFileSync(new URL("../share/links/v2-changed.json", import.meta.url), "utf8")).text;

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

for (const width of [360, 390]) {
  journey(`the walk is read and mended on a screen ${width} wide`, { viewport: { width, height: 780 }, hasTouch: true }, async (tools) => {
    const { page, axe } = tools;
    const parts = await openWorld(tools, "wrong-trust");
    await parts.says("Stopped at door", "lambda.amazonaws.com");
    assert.ok(await fits(page));
    assert.equal(await axe(), "");
    const scenario = page.getByRole("button", { name: "Scenario", exact: true });
    assert.equal(await scenario.getAttribute("aria-expanded"), "false");
    await scenario.click();
    await page.getByRole("combobox", { name: "IAM user" }).waitFor();
    assert.equal(await scenario.getAttribute("aria-expanded"), "true");
    assert.ok(await fits(page));
    await scenario.click();
    await page.getByRole("combobox", { name: "IAM user" }).waitFor({ state: "hidden" });
    for (const view of ["Account", "Model", "Editor"]) {
      await page.getByRole("navigation").getByRole("button", { name: view }).click();
      assert.ok(await fits(page), view);
    }
    await parts.paste((await parts.textNow()).replace("lambda.amazonaws.com", "sagemaker.amazonaws.com"));
    await page.getByRole("navigation").getByRole("button", { name: "Flow" }).click();
    await parts.says("Every door is open");
    assert.equal(await axe(), "");
  });
}

for (const width of [360, 390]) {
  journey(`every button of the bar says what it does, and a thumb hits it (${width} px)`, { viewport: { width, height: 844 }, hasTouch: true }, async (tools) => {
    const { page, open, axe } = tools;
    for (const [address, words] of [
      ["#/world/working-studio", ["Library", "Learn", "Undo", "Redo", "Start over", "Import", "Export", "File", "Share"]],
      [`#/s/${SHARED}`, ["Undo", "Redo", "Start over", "Share", "Export"]],
      ["#/learn/default-deny", ["Undo", "Redo"]],
      ["#/learn", ["Playground", "Learn"]],
    ]) {
      await open("#/");
      await open(address);
      const bar = page.getByRole("banner");
      for (const word of words) {
        const button = bar.getByRole("button", { name: word, exact: true }).or(bar.getByRole("link", { name: word, exact: true }));
        await button.waitFor();
        const text = button.getByText(word, { exact: true }).or(button).last();
        assert.ok((await text.boundingBox()).width > 15, `${address}: ${word} is not to be read`);
      }
      const small = await bar.evaluate((bar) => {
        const all = [...bar.querySelectorAll("button, a, select, .segment")].filter((it) => it.checkVisibility());
        const boxes = all.map((it) => [it.textContent || it.title, it.getBoundingClientRect()]);
        return boxes.filter(([, box]) => box.width < 43.5 || box.height < 43.5).map(([name, box]) => `${name}: ${box.width} × ${box.height}`);
      });
      assert.deepEqual(small, [], address);
      const lines = await bar.evaluate((bar) => new Set([...bar.querySelectorAll(".button.quiet")].filter((it) => it.checkVisibility()).map((it) => Math.round(it.getBoundingClientRect().y))).size);
      assert.ok(lines <= 2, `${address}: the buttons lie in ${lines} lines`);
      assert.ok(await fits(page), address);
      assert.equal(await axe(page, ".top-bar"), "");
    }
  });
}

journey("at twice the size everything is still there", { viewport: { width: 640, height: 400 } }, async (tools) => {
  const parts = await openWorld(tools, "full-access-is-not-full");
  await parts.says("Stopped at door");
  assert.ok(await fits(tools.page));
});
