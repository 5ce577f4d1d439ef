// A narrow screen: one view at a time, nothing cut off, nothing wider than the screen.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

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

journey("at twice the size everything is still there", { viewport: { width: 640, height: 400 } }, async (tools) => {
  const parts = await openWorld(tools, "full-access-is-not-full");
  await parts.says("Stopped at door");
  assert.ok(await fits(tools.page));
});
