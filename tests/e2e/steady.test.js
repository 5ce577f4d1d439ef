// Nothing moves by itself: not while the page arrives, and what was added is in sight.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

/** Adds up what Chromium calls layout shifts. */
function watchShifts() {
  window.shift = 0;
  window.shifted = [];
  new PerformanceObserver((list) => {
    for (const it of list.getEntries()) {
      if (it.hadRecentInput) continue;
      window.shift += it.value;
      window.shifted.push(`${it.value.toFixed(4)} ${it.sources.map(({ node }) => node?.className ?? node?.nodeName).join(", ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
}

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 900, height: 800 },
  { width: 390, height: 844 },
]) {
  journey(`nothing moves when the advice arrives, ${viewport.width} wide`, { viewport }, async (tools) => {
    const { page } = tools;
    await page.addInitScript(watchShifts);
    const parts = await openWorld(tools, "working-studio");
    await parts.says("Every door is open");
    // What a narrow screen does not show is made when its tab is chosen.
    const tab = page.getByRole("button", { name: "Account", exact: true });
    if (await tab.isVisible()) await tab.click();
    const head = page.locator(".advice-count").getByText("2 warnings, 1 note");
    await head.waitFor({ state: "attached" });
    // The frame that shows the advice, and the one in which its shifts are told.
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(next)))));
    const [shift, shifted] = await page.evaluate(() => [window.shift, window.shifted]);
    assert.ok(shift <= 0.05, `${shift}\n${shifted.join("\n")}`);
  });
}

journey("advice that there is none of has its place too", async (tools) => {
  const { page, axe } = tools;
  await openWorld(tools, "empty-account");
  const panel = page.getByRole("region", { name: /^Advice/ });
  await panel.getByRole("button", { name: "Advice nothing to advise against" }).click();
  await panel.getByText("Nothing to advise against.").waitFor();
  assert.equal(await axe(), "");
});

journey("the tree shows what was added, wherever it was scrolled to", { viewport: { width: 1280, height: 620 } }, async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "organization-says-no");
  const inSight = (row) =>
    page.waitForFunction((row) => {
      const own = [...document.querySelectorAll('[role="treeitem"]')].find((it) => it.textContent.startsWith(row));
      const around = document.querySelector("#tree-panel").getBoundingClientRect();
      const rect = own?.getBoundingClientRect();
      return rect && rect.top >= around.top && rect.bottom <= around.bottom;
    }, row);
  for (const [offer, row] of [
    ["Add a log group", "new-log-group"],
    ["Add a user", "new-user"],
    ["Add a bucket", "new-bucket"],
  ]) {
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("menuitem", { name: offer, exact: true }).click();
    await parts.treeItem(row).first().waitFor();
    await inSight(row);
  }
});
