// From the first key to a mended world without a mouse.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld, tabTo } from "./playground.js";

journey("world 3 is found, read and mended with the keyboard alone", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip to/);

  await tabTo(page, /^select: World/);
  await page.keyboard.press("w"); // «Wrong trust», as a native select takes letters
  await parts.says("Stopped at door", "Assume execution role");

  // Through the account tree to the trust policy: one tab stop, then arrows.
  await tabTo(page, /^div:/);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "treeitem");
  const heading = page.getByRole("heading", { name: /trust policy of ChurnExecutionRole/i });
  const where = () => page.evaluate(() => document.activeElement.textContent);
  /** Presses a key and waits for the focus to follow. */
  const step = async (key) => {
    const before = await where();
    await page.keyboard.press(key);
    await page.waitForFunction((before) => document.activeElement.textContent !== before, before);
  };
  if (!/^Account/.test(await where())) await step("Home");
  const rows = [];
  while (!/^Trust policy.*stopped here/.test(await where()) && rows.length < 40) {
    rows.push(await where());
    await step("ArrowDown");
  }
  assert.ok(rows.length < 40, rows.join("\n"));
  await page.keyboard.press("Enter");
  await heading.waitFor();

  // To the door that is shut, into its check, and from there to the very characters.
  await tabTo(page, /^button: .*SageMaker assumes the execution role/);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-expanded")), "true");
  await tabTo(page, /Principal does not hold/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "policy-text");
  const selected = await parts.selects(/lambda\.amazonaws\.com/);
  await page.keyboard.insertText(selected.replace("lambda", "sagemaker"));
  await parts.says("Every door is open");

  await page.keyboard.press("ControlOrMeta+z");
  await parts.says("Stopped at door");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await parts.says("Every door is open");
  // Redo puts the caret behind what it brought back.
  await page.waitForFunction(() => {
    const it = document.activeElement;
    return it.id === "policy-text" && it.selectionStart === it.selectionEnd && it.value.slice(0, it.selectionEnd).endsWith("sagemaker");
  });
  // Tab leaves the text: it is no trap.
  await page.keyboard.press("Shift+Tab");
  assert.notEqual(await page.evaluate(() => document.activeElement.id), "policy-text");
  assert.doesNotMatch(await parts.textNow(), /\t/);
});
