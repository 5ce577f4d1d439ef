// A reader who has chosen larger text in the browser gets the page as somebody with a smaller window does: everything larger,
// nothing cut off.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

/** What the browser's settings do: sixteen pixels is what nobody has chosen. */
async function choose(page, standard) {
  const browser = await page.context().newCDPSession(page);
  await browser.send("Page.setFontSizes", { fontSizes: { standard, fixed: Math.round((standard * 13) / 16) } });
}

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
const sizeOf = (locator) => locator.evaluate((it) => Number.parseFloat(getComputedStyle(it).fontSize));

journey("text, rows and buttons are as large as the reader's text", { viewport: { width: 1440, height: 900 } }, async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "wrong-trust");
  await parts.says("Stopped at door");
  await parts.isRich();
  const row = page.locator(".tree-row").first();
  const code = page.locator(".cm-line").first();
  const before = [await sizeOf(row), await sizeOf(code), (await parts.undo.boundingBox()).height];
  assert.deepEqual(before.slice(0, 2), [13, 12.5], "what nobody has chosen is as the sheets say");
  await choose(page, 20);
  await page.waitForFunction(() => getComputedStyle(document.documentElement).fontSize === "20px");
  const after = [await sizeOf(row), await sizeOf(code), (await parts.undo.boundingBox()).height];
  const grown = after.map((it, idx) => it / before[idx]);
  assert.ok(grown.every((it) => it > 1.2 && it < 1.3), `${before} became ${after}`);
  assert.ok(await fits(page));
  assert.equal(await axe(), "");
  // The editor has measured its lines anew: what is clicked is where the caret comes.
  await page.locator(".cm-line", { hasText: "lambda.amazonaws.com" }).click();
  await page.keyboard.press("End");
  await page.keyboard.type("!");
  assert.match(await parts.textNow(), /lambda\.amazonaws\.com".*!$/m);
});

for (const [width, standard] of [[1000, 24], [390, 24], [1440, 32]]) {
  journey(`with text of ${standard} px a window of ${width} is read in one column or three, and nothing is cut off`, { viewport: { width, height: 800 } }, async (tools) => {
    const { page, axe } = tools;
    await choose(page, standard);
    const parts = await openWorld(tools, "wrong-trust");
    await parts.says("Stopped at door");
    const tabs = page.getByRole("navigation").getByRole("button", { name: "Editor" });
    assert.equal(await tabs.isVisible(), width / (standard / 16) <= 760);
    if (await tabs.isVisible()) {
      for (const view of ["Account", "Model", "Editor", "Flow"]) {
        await page.getByRole("navigation").getByRole("button", { name: view }).click();
        assert.ok(await fits(page), view);
      }
    }
    assert.ok(await fits(page));
    assert.equal(await axe(), "");
    await tools.open("#/learn/default-deny");
    await page.getByRole("heading", { level: 1 }).or(page.getByRole("heading", { level: 2 })).first().waitFor();
    assert.ok(await fits(page), "a lesson");
    assert.equal(await axe(), "");
  });
}

// A window of 1280 by 800 at 200 %, and one of 1280 by 1024 at 400 %.
for (const viewport of [{ width: 640, height: 400 }, { width: 320, height: 256 }]) {
  journey(`in a window of ${viewport.width} by ${viewport.height} a tab shows its panel`, { viewport }, async (tools) => {
    const { page } = tools;
    const parts = await openWorld(tools, "wrong-trust");
    await parts.says("Stopped at door");
    for (const [tab, name] of [["Account", "Account"], ["Editor", /Trust policy/], ["Model", "Mental model"], ["Flow", "Verdict"]]) {
      await page.getByRole("navigation", { name: "Panels" }).getByRole("button", { name: tab }).click();
      const panel = page.getByRole("region", { name, exact: true }).first();
      await panel.waitFor();
      const [top, height] = await panel.evaluate(async (it) => {
        await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
        const tabs = document.querySelector(".tabs").getBoundingClientRect();
        return [it.getBoundingClientRect().top, tabs.top];
      });
      assert.ok(height - top >= viewport.height / 2, `${tab} begins at ${top} of ${height}`);
      assert.ok(top >= -1, `${tab} begins above the window`);
    }
  });
}
