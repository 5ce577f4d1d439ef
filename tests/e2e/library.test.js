// The library: from an error message that somebody pastes to the door that it is about, and mended there.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld, playground } from "./playground.js";

const MESSAGE =
  "\u001b[31mAn error occurred (AccessDeniedException) when calling the CreateTrainingJob operation: User: " +
  "arn:aws:sts::012345678901:assumed-role/AmazonSageMaker-ExecutionRole-1/SageMaker is not authorized to perform: " +
  "iam:PassRole on resource: arn:aws:iam::012345678901:role/Training because no identity-based policy allows the " +
  "iam:PassRole action\u001b[0m";

/** The library's dialog and its parts. */
function library(page) {
  const dialog = page.getByRole("dialog", { name: "Library" });
  return {
    dialog,
    button: page.getByRole("button", { name: "Library" }),
    query: dialog.getByRole("textbox", { name: "Paste an AWS error message" }),
    matches: dialog.getByRole("list", { name: "Scenarios that fit" }).getByRole("listitem"),
  };
}

journey("a pasted error leads to its scenario, the door that is shut, and the fix", async (tools) => {
  const { page, axe, requests } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  const asked = () => requests.filter((it) => /\/library-[0-9a-f]+\.json$/.test(it)).length;
  assert.equal(asked(), 0, "nobody has asked for the library yet");

  const { dialog, button, query, matches } = library(page);
  await button.click();
  await dialog.getByRole("heading", { name: "Handing over a role" }).waitFor();
  assert.equal(asked(), 1);
  assert.equal(await page.evaluate(() => document.activeElement.id), "library-query");
  assert.equal(await dialog.getByRole("heading", { level: 3 }).count(), 10);
  assert.equal(await axe(), "");

  await query.fill(MESSAGE);
  const first = matches.first();
  await first.getByText("iam:PassRole", { exact: true }).first().waitFor();
  assert.match(await first.textContent(), /Because of .*iam:PassRole.*CreateTrainingJob/);
  assert.equal(await axe(), "");
  assert.equal(await first.getByRole("link").first().getAttribute("href"), "https://github.com/aws/amazon-sagemaker-feedback/issues/61");
  await first.getByRole("button").click();

  await dialog.waitFor({ state: "hidden" });
  await parts.says(/Stopped at door \d+ of \d+: Pass role/, "because no identity-based policy allows the iam:PassRole action");
  await page.waitForFunction(() => document.activeElement.id.endsWith("-button"));
  assert.match(await page.evaluate(() => document.activeElement.textContent), /hands the role `?Job/);
  assert.equal(await parts.world.evaluate((it) => it.selectedOptions[0].textContent), "Nobody may hand over the job’s role");
  assert.equal(await axe(), "");

  await page.getByRole("button", { name: /Try it/ }).click();
  await parts.says("Every door is open");
  await parts.selects(/iam:PassRole/);

  // One step back the world is broken again, and two steps back it is the one before.
  await parts.undo.click();
  await parts.says("Stopped at door");
  await parts.undo.click();
  await parts.says("Every door is open");
  assert.equal(await parts.world.inputValue(), "working-studio");
});

journey("what no scenario has is told with what to do", async (tools) => {
  const { page, axe } = tools;
  await openWorld(tools, "working-studio");
  const { dialog, button, query, matches } = library(page);
  await button.click();
  await dialog.getByRole("heading", { name: "KMS keys" }).waitFor();
  await query.fill("fatal: Authentication failed for 'https://example.com/churn.git/'");
  await dialog.getByText("No scenario has this message. Paste all of it").waitFor();
  assert.equal(await matches.count(), 0);
  assert.equal(await axe(), "");
  await query.fill("Connect timeout on endpoint URL: \"https://s3.eu-west-1.amazonaws.com/\"");
  await matches.first().getByText("Studio’s VPC has no way out").waitFor();
  await query.fill("");
  await matches.first().waitFor({ state: "hidden" });
});

journey("what fits by its service only is told as that, and a bare denial has more than one cause", async (tools) => {
  const { page, axe } = tools;
  await openWorld(tools, "working-studio");
  const { dialog, button, query, matches } = library(page);
  const near = dialog.getByRole("list", { name: "About the same service" }).getByRole("listitem");
  await button.click();
  await dialog.getByRole("heading", { name: "KMS keys" }).waitFor();
  await query.fill(MESSAGE);
  await matches.first().getByText("Same action").waitFor();
  assert.match(await matches.first().getByRole("button").textContent(), /^[A-Z]/, "a title, and no number");
  assert.equal(await near.count(), 0);

  await query.fill(MESSAGE.replaceAll("iam:PassRole", "sagemaker:CreateTrainingJob").replace("arn:aws:iam::012345678901:role/Training", "*"));
  await dialog.getByText("No scenario is about").waitFor();
  assert.equal(await matches.count(), 0);
  await near.first().getByText("Same service").waitFor();
  assert.equal(await axe(), "");

  await query.fill("An error occurred (403) when calling the HeadObject operation: Forbidden");
  await dialog.getByText("does not say what was denied").waitFor();
  await matches.first().getByText("Same call").waitFor();
  assert.ok((await near.count()) > 2);
  await query.fill("403 Forbidden");
  await matches.first().waitFor({ state: "hidden" });
  assert.ok((await near.count()) > 3);
});

journey("a fix that is no policy is applied like any other", async (tools) => {
  const { page } = tools;
  const { open } = tools;
  await open("#/world/no-way-out-of-the-vpc");
  const parts = playground(page);
  await parts.says(/Stopped at door \d+ of \d+: Network/, "no endpoint for");
  await page.getByRole("button", { name: /Try it/ }).click();
  await parts.says("Every door is open");
  await page.getByRole("button", { name: /Undo: / }).click();
  await parts.says("Stopped at door");
  await page.getByRole("button", { name: "Start over" }).click();
  await parts.says("Stopped at door");
});

journey("the address of a scenario opens it, also where only something is lost", async (tools) => {
  const { page, open } = tools;
  await open("#/world/studio-banner");
  const parts = playground(page);
  await parts.says("sagemaker:CreatePresignedDomainUrl");
  assert.equal(await parts.doorButton(/starts the app/).getAttribute("aria-expanded"), "true");
  // Another address of the library, and one that there is not.
  await page.evaluate(() => (location.hash = "#/world/list-bucket-on-objects"));
  await parts.says("ListObjectsV2");
  await page.evaluate(() => (location.hash = "#/world/no-such-world"));
  await page.getByText("The address names a world that this Rolewalk does not have").waitFor();
});

journey("without its file the library says so, and can be asked again", async (tools) => {
  const { page, expectError } = tools;
  expectError(/library-.*\.json|Failed to load resource|ERR_FAILED/);
  await page.route("**/library-*.json", (route) => route.abort());
  await openWorld(tools, "working-studio");
  const { dialog, button } = library(page);
  await button.click();
  await dialog.getByText("could not be fetched. Check the connection").waitFor();
  await dialog.getByText("FullAccess is not full").waitFor();
  await page.unroute("**/library-*.json");
  await dialog.getByRole("button", { name: "Try again" }).click();
  await dialog.getByRole("heading", { name: "KMS keys" }).waitFor();
});

journey("a scenario is found and opened with the keyboard alone", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  const { dialog, button } = library(page);
  await button.focus();
  await page.keyboard.press("Enter");
  await dialog.getByRole("heading", { name: "KMS keys" }).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Library");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "library-query");
  await page.keyboard.insertText("Couldn't call 'get_role' to get Role ARN from role name");
  await library(page).matches.first().getByText("The SDK cannot tell its own role").waitFor();
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /The SDK cannot tell its own role/);
  await page.keyboard.press("Enter");
  await parts.says("iam:GetRole");
});

for (const colorScheme of ["light", "dark"]) {
  journey(`the library fits a phone, ${colorScheme}`, { viewport: { width: 360, height: 780 }, hasTouch: true, colorScheme }, async (tools) => {
    const { page, axe } = tools;
    const parts = await openWorld(tools, "working-studio");
    const { dialog, button, query, matches } = library(page);
    await button.click();
    await dialog.getByRole("heading", { name: "KMS keys" }).waitFor();
    await query.fill(MESSAGE);
    await matches.first().waitFor();
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth && document.querySelector("#library").scrollWidth <= window.innerWidth);
    assert.ok(await fits());
    assert.equal(await axe(), "");
    await matches.first().getByRole("button").click();
    await parts.says("Stopped at door");
    assert.equal(await axe(), "");
  });
}
