// A thing is put onto another by dragging its row and by keyboard, and undo takes back one step.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

/** The rows of the account tree that stand for this. */
const row = (parts, name) => parts.tree.getByRole("treeitem").filter({ hasText: name });

// Tall enough for the whole tree: what scrolls while something is carried is not what is told here.
const viewport = { width: 1440, height: 1500 };

journey("a policy is dragged onto a group, and undo takes it off again", { viewport }, async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await row(parts, "Policies").first().locator(".twist").click();
  const said = page.getByRole("status", { name: "Account tree" });
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("menuitem", { name: "Add a group" }).click();
  await parts.treeItem("new-group").first().waitFor();
  const policy = row(parts, "IAMUserChangePassword").last();
  const name = await policy.locator(".tree-label").textContent();
  // Where it does not go, the tree says why.
  await policy.dragTo(row(parts, "acme-sagemaker-churn").first());
  await said.getByText("attached to users, groups and roles: choose one of those in place of the bucket").waitFor();
  await policy.dragTo(row(parts, "new-group").first());
  await said.getByText("is attached to the").waitFor();
  assert.match(await said.textContent(), new RegExp(`${name} is attached to the group new-group`));
  await parts.open("new-group");
  await page.getByRole("checkbox", { name: new RegExp(name) }).first().waitFor();
  assert.equal(await page.getByRole("checkbox", { name: new RegExp(name) }).first().isChecked(), true);
  assert.equal(await axe(), "");
  await parts.undo.click();
  await page.waitForFunction((name) => {
    const labels = [...document.querySelectorAll(".check-list label")];
    return labels.some((it) => it.textContent.startsWith(name) && !it.querySelector("input").checked);
  }, name);
});

journey("a user is put into a group with the keyboard alone", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("menuitem", { name: "Add a group" }).click();
  await parts.treeItem("new-group").first().waitFor();
  await parts.open("alice");
  await page.keyboard.press("m");
  const dialog = page.getByRole("dialog", { name: "Attach" });
  await dialog.getByText("put into a group").waitFor();
  await page.keyboard.type("new-g");
  await dialog.getByText("1 to choose from.").waitFor();
  assert.equal(await axe(), "");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const said = page.getByRole("status", { name: "Account tree" });
  await said.getByText("is in the").waitFor();
  assert.match(await said.textContent(), /user alice is in the group new-group now/);
  await parts.open("alice");
  const box = page.getByRole("checkbox", { name: "new-group" });
  assert.equal(await box.isChecked(), true);
  await page.keyboard.press("Escape");
  await parts.undo.click();
  await page.waitForFunction(() => [...document.querySelectorAll(".check-list label")].some((it) => it.textContent.startsWith("new-group") && !it.querySelector("input").checked));
});

journey("a policy of the organization that was just added leads to where it is attached", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  for (const kind of ["an organization", "a service control policy"]) {
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("menuitem", { name: `Add ${kind}` }).click();
  }
  await page.getByRole("heading", { name: "Service control policy new-scp" }).waitFor();
  const unattached = page.getByText("so it limits nobody yet");
  await unattached.waitFor();
  assert.equal(await axe(), "");
  await unattached.getByRole("button", { name: "Attach to…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Attach" });
  await dialog.getByRole("button", { name: /^Root/ }).click();
  await unattached.waitFor({ state: "detached" });
  await page.locator(".attachments").getByRole("button", { name: "Root" }).waitFor();
  await parts.undo.click();
  await unattached.waitFor();
});
