// Advice: what best practice advises against, live, with the way to the very characters.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

journey("advice counts its findings, and each leads to the characters to change", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  const panel = page.getByRole("region", { name: /^Advice/ });
  const head = panel.getByRole("button", { name: /^Advice 2 warnings, 1 note$/ });
  await head.click();
  const rows = panel.getByRole("listitem");
  assert.equal(await rows.count(), 3);
  assert.match(await rows.first().textContent(), /^Warning: ChurnExecutionRole may pass any role to SageMaker/);
  assert.equal(await axe(), "");
  await rows.first().getByRole("button", { name: /^Open line \d+ of the AWS managed policy/ }).click();
  await parts.selects(/^"arn:aws:iam::\*:role\/\*"$/);
});

journey("an edit adds a finding and another takes it away", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  const panel = page.getByRole("region", { name: /^Advice/ });
  await panel.getByRole("button", { name: /^Advice/ }).click();
  const danger = panel.getByText("Role ChurnExecutionRole is open to anybody");
  const text = await parts.textNow();
  const open = text
    .replace(/"Principal": \{[^}]*\}/, '"Principal": "*"')
    .replace(/,\s*"Condition": \{[^}]*\}\s*\}/, "");
  await parts.paste(open);
  await danger.waitFor();
  await parts.undo.click();
  await danger.waitFor({ state: "detached" });
});

journey("a phone has advice beneath the account", { viewport: { width: 375, height: 700 } }, async (tools) => {
  const { page } = tools;
  await openWorld(tools, "working-studio");
  const head = page.getByRole("button", { name: /^Advice/ });
  assert.equal(await head.isVisible(), false);
  await page.getByRole("button", { name: "Account", exact: true }).click();
  await head.click();
  await page.getByText("All 2 profiles of ml-platform run as ChurnExecutionRole").waitFor();
});
