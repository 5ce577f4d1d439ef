// An account in which somebody or something is not there: what the first doors say, and what can be done about it.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

/** Unfolds every check of the doors, and gives the texts of those whose body is empty. */
async function emptyChecks(page) {
  const unfold = async (buttons) => {
    for (let idx = 0; idx < (await buttons.count()); idx += 1) await buttons.nth(idx).click();
  };
  await unfold(page.locator('.door-button[aria-expanded="false"]'));
  for (;;) {
    const folded = page.locator('.check-fold > .fold-head[aria-expanded="false"]');
    if ((await folded.count()) === 0) break;
    await folded.first().click();
  }
  const heads = page.locator(".check-fold");
  return heads.evaluateAll((all) =>
    all.filter((it) => !it.querySelector(".check-body")?.textContent.trim()).map((it) => it.textContent),
  );
}

journey("in the empty account the first door says one thing, and adds the user", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "empty-account");
  await parts.says("Stopped at door 1 of", "There is no IAM user yet.");
  assert.deepEqual(await emptyChecks(page), []);
  const first = page.getByRole("list", { name: "Doors", exact: true }).locator("> li").first();
  assert.equal(await first.getByText("1 check", { exact: true }).count(), 1);
  assert.equal(await first.getByText("Signed in with a password").count(), 0);
  assert.equal(await page.getByText(/user-profile\/\/|:user\/$/).count(), 0);
  assert.equal(await axe(), "");
  await parts.verdict.getByRole("button", { name: "Add a user" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).waitFor();
  await parts.verdict.getByText("There is no IAM user yet.").waitFor({ state: "detached" });
});

for (const world of ["working-studio", "full-access-is-not-full", "wrong-trust", "organization-says-no"]) {
  journey(`a user who is deleted signs in no more, ${world}`, async (tools) => {
    const { page } = tools;
    const parts = await openWorld(tools, world);
    const user = await page.getByRole("combobox", { name: "IAM user" }).inputValue();
    await parts.open(new RegExp(`^${user}(?! user)`));
    await page.getByRole("group", { name: "What is open" }).getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog", { name: "Delete" }).getByRole("button", { name: "Delete", exact: true }).click();
    await parts.says("Stopped at door 1 of");
    await parts.verdict.getByText("There is no IAM user").first().waitFor();
    assert.deepEqual(await emptyChecks(page), []);
    assert.equal(await page.getByText("Signed in with a password").count(), 0);
  });
}

journey("a domain that is deleted is missed by name, and another takes its place", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  await parts.open(/^ml-platform/);
  await page.getByRole("group", { name: "What is open" }).getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog", { name: "Delete" }).getByRole("button", { name: "Delete", exact: true }).click();
  await parts.says("Stopped at door", "There is no domain yet.");
  await parts.verdict.getByRole("button", { name: "Add a domain" }).click();
  await parts.says("There is no user profile yet.");
  assert.deepEqual(await emptyChecks(page), []);
});
