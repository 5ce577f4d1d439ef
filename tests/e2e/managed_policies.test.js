// AWS managed policies: searched by what they grant, compared, copied, attached; and the walk changes.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld, tabTo } from "./playground.js";

/** The dialog and its parts. */
function managed(page) {
  const dialog = page.getByRole("dialog", { name: "AWS managed policies" });
  return {
    dialog,
    query: dialog.getByRole("textbox", { name: "Find a policy" }),
    rows: dialog.getByRole("list", { name: "Policies" }).getByRole("listitem"),
    row: (name) => dialog.getByRole("list", { name: "Policies" }).getByRole("button", { name, exact: true }),
    services: (name) => dialog.getByRole("list", { name }),
    button: (name) => dialog.getByRole("button", { name }),
    async openFromLibrary() {
      await page.getByRole("button", { name: "Library" }).click();
      await page.getByRole("dialog", { name: "Library" }).getByRole("button", { name: "AWS managed policies…" }).click();
      await dialog.getByText(/of 252 policies/).waitFor();
    },
  };
}

journey("a policy is found by what it grants, read, and compared with another", async (tools) => {
  const { page, axe, requests } = tools;
  await openWorld(tools, "working-studio");
  const asked = (name) => requests.filter((it) => it.includes(`/data/${name}`)).length;
  assert.equal(asked("managed-policies.json") + asked("catalogue/all.json"), 0, "nobody has asked for them yet");
  const parts = managed(page);
  await parts.openFromLibrary();
  assert.equal(asked("managed-policies.json"), 1);
  assert.equal(await page.evaluate(() => document.activeElement.id), "managed-query");
  assert.equal(await axe(), "");

  await parts.query.fill("sagemaker:CreateTrainingJob");
  await parts.dialog.getByText(/of 252 policies grant sagemaker:CreateTrainingJob/).waitFor();
  const listed = (name) => parts.rows.filter({ has: page.getByRole("button", { name, exact: true }) });
  const full = listed("AmazonSageMakerFullAccess");
  assert.match(await full.textContent(), /v29 of 2026-02-12, general.*on some resources, or under conditions/);
  const power = listed("PowerUserAccess");
  assert.match(await power.textContent(), /on every resource/);
  assert.equal(await parts.row("AmazonSageMakerReadOnly").count(), 0);

  await parts.query.fill("s3 readonly");
  await parts.row("AmazonS3ReadOnlyAccess").click();
  await parts.dialog.getByText(/^It grants \d+ actions in 2 services: \d+ Read, \d+ List\./).waitFor();
  assert.equal(asked("catalogue/all.json"), 1);
  const grants = parts.services("What it grants");
  const s3 = grants.getByRole("button", { name: /^s3 / });
  assert.equal(await s3.getAttribute("aria-expanded"), "false");
  await s3.press("Enter");
  assert.equal(await s3.getAttribute("aria-expanded"), "true");
  await grants.getByText("GetObject", { exact: true }).waitFor();
  assert.equal(await grants.getByText("PutObject", { exact: true }).count(), 0);
  const text = parts.dialog.getByRole("region", { name: "Document of AmazonS3ReadOnlyAccess" });
  assert.match(await text.textContent(), /"s3:Get\*"/);
  assert.equal(await axe(), "");

  await parts.button("Compare with…").click();
  await parts.query.fill("AmazonS3FullAccess");
  await parts.row("AmazonS3FullAccess").click();
  await parts.dialog.getByRole("heading", { name: "Only AmazonS3FullAccess" }).waitFor();
  await parts.services("Only AmazonS3FullAccess").getByRole("button", { name: /^s3 .* Write/ }).click();
  await parts.services("Only AmazonS3FullAccess").getByText("PutObject", { exact: true }).waitFor();
  assert.equal(await parts.services("Only AmazonS3ReadOnlyAccess").getByRole("listitem").count(), 0);
  assert.equal(await axe(), "");
  await parts.button("← Back to AmazonS3ReadOnlyAccess").click();
  await parts.dialog.getByText(/^It grants/).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "managed-back");
});

journey("a policy is attached to a role, and the walk changes; undo takes it back", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  const dialog = managed(page);
  await dialog.openFromLibrary();
  await dialog.query.fill("Quarantine");
  await dialog.row("AWSCompromisedKeyQuarantineV3").click();
  await dialog.button("Attach to…").click();
  // It denies iam:PassRole, which the training job needs.
  await dialog.dialog.getByRole("textbox", { name: "Find a user, group or role" }).fill("role");
  const targets = dialog.dialog.getByRole("list", { name: "Attach to" }).getByRole("button");
  await targets.filter({ hasText: /^(user|group) / }).first().waitFor({ state: "detached" });
  const names = await targets.allTextContents();
  assert.ok(names.length > 0 && names.every((it) => /role/i.test(it)), names.join());
  const role = targets.filter({ hasText: "ChurnExecutionRole" }).first();
  await role.click();
  await dialog.dialog.waitFor({ state: "hidden" });
  await parts.says("Stopped at door");
  await parts.undo.click();
  await parts.says("Every door is open");
});

journey("a policy is copied to one of the account's own and changed there", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  const dialog = managed(page);
  await dialog.openFromLibrary();
  await dialog.query.fill("AmazonAthenaFullAccess");
  await dialog.row("AmazonAthenaFullAccess").click();
  await dialog.button("Copy to a customer managed policy").click();
  await dialog.dialog.waitFor({ state: "hidden" });
  await page.getByRole("heading", { name: "AmazonAthenaFullAccess-copy" }).waitFor();
  assert.match(await parts.textNow(), /athena:\*/);
  await parts.treeItem("AmazonAthenaFullAccess-copy").first().waitFor();
  await parts.undo.click();
  await parts.treeItem("AmazonAthenaFullAccess-copy").first().waitFor({ state: "detached" });
});

journey("policies that cannot be had are told, and tried again", async (tools) => {
  const { page, axe } = tools;
  await openWorld(tools, "working-studio");
  let isCut = true;
  await page.route("**/data/managed-policies.json*", async (route) => {
    if (!isCut) return route.continue();
    const answer = await route.fetch();
    return route.fulfill({ response: answer, body: (await answer.text()).slice(0, 100_000) });
  });
  await page.getByRole("button", { name: "Library" }).click();
  await page.getByRole("dialog", { name: "Library" }).getByRole("button", { name: "AWS managed policies…" }).click();
  const { dialog, rows } = managed(page);
  await dialog.getByText("could not be fetched or read").waitFor();
  assert.equal(await axe(), "");
  isCut = false;
  await dialog.getByRole("button", { name: "Try again" }).click();
  await rows.first().waitFor();
});

journey("the menu of the account tree and the dialog for attaching lead to them, too", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  const { dialog, query } = managed(page);
  await parts.treeItem(/^Policies/).first().click({ button: "right" });
  await page.getByRole("menuitem", { name: "AWS managed policies…" }).click();
  await dialog.getByText("252 of 252 policies.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "managed-query");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });

  await parts.treeItem(/^Policies/).first().locator(".twist").click();
  await parts.open(/IAMUserChangePassword/);
  await page.keyboard.press("m");
  const attach = page.getByRole("dialog", { name: "Attach" });
  const another = attach.getByRole("button", { name: "Another AWS managed policy…" });
  await another.click();
  await attach.waitFor({ state: "hidden" });
  await query.waitFor();
  await dialog.getByText("252 of 252 policies.").waitFor();
});

journey("policies are found, compared, attached and copied with the keyboard alone", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  const { dialog, rows } = managed(page);
  const focusIs = (id) => page.waitForFunction((id) => document.activeElement.id === id, id);
  const open = async () => {
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Library" }).waitFor();
    await tabTo(page, /^button: AWS managed policies/);
    await page.keyboard.press("Enter");
    await focusIs("managed-query");
  };
  await tabTo(page, /^button: Library/);
  await open();
  await dialog.getByText("252 of 252 policies.").waitFor();

  // By what they grant.
  await page.keyboard.type("s3:PutObject");
  await dialog.getByText(/of 252 policies grant s3:PutObject/).waitFor();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("AmazonS3FullAccess");
  await dialog.getByText(/^1 of 252/).waitFor();
  await tabTo(page, /^button: AmazonS3FullAccess/);
  await page.keyboard.press("Enter");
  await focusIs("managed-back");
  await dialog.getByText(/^It grants/).waitFor();

  // Beside another.
  await tabTo(page, /^button: Compare with/);
  await page.keyboard.press("Enter");
  await focusIs("managed-query");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("AmazonS3ReadOnlyAccess");
  await rows.getByRole("button", { name: "AmazonS3ReadOnlyAccess", exact: true }).waitFor();
  await tabTo(page, /^button: AmazonS3ReadOnlyAccess/);
  await page.keyboard.press("Enter");
  await dialog.getByRole("heading", { name: "Only AmazonS3FullAccess" }).waitFor();
  await focusIs("managed-back");
  assert.equal(await axe(), "");
  await page.keyboard.press("Enter");
  await dialog.getByText(/^It grants/).waitFor();

  // Onto a group or a user.
  await tabTo(page, /^button: Attach to/);
  await page.keyboard.press("Enter");
  await focusIs("managed-back");
  await tabTo(page, /: Find a user, group or role/);
  await page.keyboard.type("alice");
  await dialog.getByRole("list", { name: "Attach to" }).getByRole("button").filter({ hasText: "alice" }).first().waitFor();
  await tabTo(page, /^button: .*alice/);
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  await page.getByTitle("Undo: attaching AmazonS3FullAccess").waitFor();

  // And as a copy of one's own.
  await open();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("AmazonAthenaFullAccess");
  await rows.getByRole("button", { name: "AmazonAthenaFullAccess", exact: true }).waitFor();
  await tabTo(page, /^button: AmazonAthenaFullAccess/);
  await page.keyboard.press("Enter");
  await focusIs("managed-back");
  await tabTo(page, /^button: Copy to a customer managed policy/);
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("heading", { name: "AmazonAthenaFullAccess-copy" }).waitFor();
});

for (const what of ["missing", "cut off"]) {
  journey(`with the list of all services ${what} a policy is told as far as the others go`, async (tools) => {
    const { page, axe, expectError } = tools;
    if (what === "missing") expectError(/catalogue|ERR_FAILED|Failed to load/);
    await openWorld(tools, "working-studio");
    let isBroken = true;
    await page.route("**/data/catalogue/all.json*", async (route) => {
      if (!isBroken) return route.continue();
      if (what === "missing") return route.abort();
      const answer = await route.fetch();
      return route.fulfill({ response: answer, body: (await answer.text()).slice(0, 700_000) });
    });
    const parts = managed(page);
    await parts.openFromLibrary();
    await parts.query.fill("AmazonS3ReadOnlyAccess");
    await parts.row("AmazonS3ReadOnlyAccess").click();
    await parts.dialog.getByText("The list of all AWS services could not be fetched").waitFor();
    assert.equal(await axe(), "");
    // What is there is told.
    await parts.services("What it grants").getByRole("button", { name: /^s3 / }).waitFor();
    await page.keyboard.press("Escape");
    isBroken = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("The list of all AWS services could not be fetched").waitFor({ state: "detached" });
    await parts.openFromLibrary();
    await parts.query.fill("AmazonS3ReadOnlyAccess");
    await parts.row("AmazonS3ReadOnlyAccess").click();
    await parts.dialog.getByText(/^It grants \d+ actions in 2 services: \d+ Read, \d+ List\./).waitFor();
  });
}
