// Who can: from a bucket's form to everybody who may read it, why not the others, and the walk of one of them.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

/** The dialog and its parts. */
function who(page) {
  const dialog = page.getByRole("dialog", { name: "Who can" });
  const rows = (group) => dialog.getByRole("list", { name: group, exact: true }).locator(":scope > li");
  return {
    dialog,
    button: page.getByRole("banner").getByRole("button", { name: "Who can" }),
    action: dialog.getByRole("combobox", { name: "Who can do this" }),
    about: dialog.getByRole("combobox", { name: "with this" }),
    object: dialog.getByRole("textbox", { name: "Key of the object" }),
    find: dialog.getByRole("searchbox", { name: "Find in the rows" }),
    /** Waits until the line above the rows says this. */
    says: (text) => dialog.getByText(text).first().waitFor(),
    can: rows("Can"),
    cannot: rows("Cannot"),
  };
}

journey("everybody is asked for the scenario's data, and a row is the walk that it shows", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  const { dialog, button, action, about, object, find, says, can, cannot } = who(page);
  await button.click();
  await says(/Of \d+ callers, \d+ can, \d+ cannot/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "who-about");
  assert.equal(await action.inputValue(), "s3:GetObject");
  assert.match(await about.evaluate((it) => it.selectedOptions[0].textContent), /acme-sagemaker-churn/);
  assert.match(await object.inputValue(), /train\.csv$/);
  assert.equal(await axe(), "");
  const role = can.filter({ hasText: "ChurnExecutionRole" });
  assert.match(await role.textContent(), /Allowed by/);
  const alice = cannot.filter({ hasText: "IAM user" }).filter({ hasText: "alice" });
  assert.match(await alice.textContent(), /No policy of user alice says anything about s3:GetObject/);

  await role.getByRole("button", { name: /Who can become it/ }).click();
  await role.getByText("sagemaker.amazonaws.com").first().waitFor();
  assert.equal(await axe(), "");

  await find.fill("alice");
  await role.waitFor({ state: "detached" });
  await alice.getByRole("button", { name: "Show the walk of alice" }).click();
  await dialog.waitFor({ state: "hidden" });
  await parts.says(/Stopped at door/, "because no identity-based policy allows the s3:GetObject action");
  await page.waitForFunction(() => document.activeElement.id === "flow-title");
  assert.equal(await axe(), "");

  // One step back it is the scenario's own walk.
  await parts.undo.click();
  await parts.says("Every door is open");
});

journey("a thing's form asks about that thing, and the action and the key can be others", async (tools) => {
  const { page, axe } = tools;
  await openWorld(tools, "working-studio");
  const { dialog, action, about, object, says, cannot } = who(page);
  await page.getByRole("treeitem", { name: /ChurnExecutionRole/ }).first().click();
  await page.getByRole("button", { name: "Who can…" }).click();
  await says(/Of \d+ callers/);
  assert.equal(await action.inputValue(), "sts:AssumeRole");
  assert.match(await about.evaluate((it) => it.selectedOptions[0].textContent), /ChurnExecutionRole/);
  assert.equal(await object.count(), 0);
  assert.equal(await axe(), "");

  await action.selectOption({ label: "Another action …" });
  const typed = dialog.getByRole("textbox", { name: "Action" });
  await typed.fill("DeleteRole");
  await typed.press("Tab");
  await says("is no action: write a service and a name");
  await typed.fill("iam:DeleteRole");
  await typed.press("Tab");
  await says(/iam:DeleteRole.* Of \d+ callers/);
  await cannot.first().waitFor();

  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
});

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

journey("on a phone a form leads there, the rows are as wide as the screen, and nothing sticks out", PHONE, async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  const { dialog, says, cannot } = who(page);
  await page.getByRole("button", { name: "Account", exact: true }).click();
  await parts.treeItem("ChurnExecutionRole").first().click();
  await page.getByRole("button", { name: "Who can…" }).click();
  await says(/Of \d+ callers/);
  await cannot.first().waitFor();
  const widths = await dialog.evaluate((it) => [it.scrollWidth, it.clientWidth]);
  assert.equal(widths[0], widths[1]);
  assert.equal(await axe(), "");
});
