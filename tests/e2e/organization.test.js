// The fourth world: an organization's policy denies the region, and the data lies in another account.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

journey("what the organization denies is found in its policy, and mended there", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "organization-says-no");
  await parts.says("Stopped at door", "with an explicit deny in a service control policy", "DenyOutsideTheApprovedRegions");
  await page.getByRole("button", { name: /Try it/ }).click();
  await parts.says("Every door is open");
  await parts.selects(/"eu-central-1", "eu-west-1"/);
  assert.equal(await axe(), "");
});

journey("what AWS would refuse is told beside the thing and marked in the tree", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "organization-says-no");
  await parts.open("Workloads");
  for (const name of ["ApprovedRegions", "FullAWSAccess"]) await page.getByRole("checkbox", { name, exact: true }).uncheck();
  await page.getByText("No service control policy is attached here, so nothing is allowed at this level").waitFor();
  await parts.treeItem(/Workloads.*1 error/).waitFor();
  await parts.says("Stopped at door", "because no service control policy allows");
  assert.equal(await axe(), "");
});

journey("the tree holds the organization and its accounts, and what is changed there counts", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "organization-says-no");
  await parts.open("Workloads");
  await page.getByRole("heading", { name: "Workloads" }).waitFor();
  await page.getByRole("checkbox", { name: "ApprovedRegions" }).uncheck();
  await parts.says("Every door is open");
  await parts.undo.click();
  await parts.says("Stopped at door");
  await parts.redo.click();

  // The bucket of the other account opens in the same form as any other.
  await parts.open("acme-data-lake");
  await page.getByText("S3 bucket in account 222233334444").waitFor();
  await page.getByRole("button", { name: "Open the bucket policy" }).click();
  await parts.paste((await parts.textNow()).replaceAll("ChurnExecutionRole", "OtherRole"));
  await parts.says("because no resource-based policy allows the s3:ListBucket action");
});

journey("what can never be done to a thing is not offered", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "organization-says-no");
  const offered = page.getByRole("group", { name: "What is open" }).getByRole("button");
  for (const [path, expected] of [
    [["Root"], ["JSON"]],
    [["Workloads"], ["JSON", "Duplicate", "Delete"]],
    [["ApprovedRegions"], ["JSON", "Duplicate", "Delete"]],
    [["FullAWSAccess"], ["JSON", "Duplicate"]],
  ]) {
    await parts.open(...path);
    await page.getByRole("heading", { name: path.at(-1) }).first().waitFor();
    await page.waitForFunction((n) => document.querySelectorAll(".editor-actions button").length === n, expected.length);
    assert.deepEqual((await offered.allTextContents()).map((it) => it.trim()), expected, path.at(-1));
  }
  await parts.open("Root");
  await parts.treeItem(/^Root/).first().press("Shift+F10");
  const menu = page.getByRole("menu");
  await menu.getByRole("menuitem", { name: "Rename" }).waitFor();
  assert.equal(await menu.getByRole("menuitem", { name: /Duplicate|Delete/ }).count(), 0);
  assert.equal(await axe(), "");
  // Who asks by the key hears why.
  await page.keyboard.press("Escape");
  await parts.treeItem(/^Root/).first().press("Delete");
  await page.getByText("The root belongs to the organization").waitFor();
});
