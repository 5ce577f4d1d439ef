// A domain from nothing: what is made, named, denied, mended, deleted and brought back.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld, textNow } from "./playground.js";

const allow = (...actions) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] }, null, 2);

/** What somebody does who builds an account by mouse. */
function builder({ page }, parts) {
  const name = page.getByRole("textbox", { name: "Name" });
  const title = page.locator("#editor-title");
  return {
    name,
    title,
    /** Gives what is open a name. */
    async call(it) {
      await name.fill(it);
      await name.press("Enter");
      await title.getByText(it, { exact: true }).waitFor();
    },
    /** Adds one of the first steps. */
    async step(kind, it) {
      await parts.treeItem(/^Account/).first().click();
      await page.getByRole("button", { name: `Add ${kind}`, exact: true }).click();
      await this.call(it);
    },
    /** Adds something by the button above the tree. */
    async add(kind, it) {
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await page.getByRole("menuitem", { name: `Add ${kind}`, exact: true }).click();
      if (it) await this.call(it);
    },
    /** Gives a user or role a policy of its own. */
    async grant(owner, it, text) {
      await parts.treeItem(owner).first().click();
      await page.getByRole("button", { name: "Add an inline policy" }).click();
      await name.fill(it);
      await name.press("Enter");
      await title.getByText(it, { exact: true }).waitFor();
      await parts.paste(text);
    },
  };
}

journey("from an empty account to a training job that runs", { viewport: { width: 1440, height: 1000 } }, async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "empty-account");
  const build = builder(tools, parts);
  await parts.says("Stopped at door");
  await page.getByText("Nobody can open Studio here yet").waitFor();
  assert.equal(await axe(), "");

  await build.step("user", "alice");
  await build.grant(/^alice/, "open-studio", allow("sagemaker:*"));
  await build.step("role", "studio");
  await build.grant(/^studio/, "work", allow("sagemaker:*", "s3:*", "ecr:*", "logs:*", "cloudwatch:*", "iam:PassRole"));
  await build.step("domain", "ml-team");
  // The only role that SageMaker may take on is taken.
  const role = page.getByRole("combobox", { name: "Default execution role" });
  assert.equal(await role.evaluate((it) => it.selectedOptions[0].textContent), "studio");
  await build.step("bucket", "team-data");
  await build.step("repository", "training");
  await build.step("user profile", "alice-ml");
  await build.add("a user profile", "ben-ml");
  await parts.says("Every door is open");

  // Alice gets a role of her own, which may look and not run.
  await build.add("a role", "alice-studio");
  await build.grant(/^alice-studio/, "look", allow("sagemaker:*App", "sagemaker:*Space", "sagemaker:AddTags", "sagemaker:CreatePresignedDomainUrl", "s3:*", "ecr:*", "logs:*"));
  await parts.treeItem(/^alice-ml/).click();
  await page.getByRole("combobox", { name: "Execution role", exact: true }).selectOption({ label: "alice-studio" });
  await parts.says("Every door is open");
  await page.getByRole("combobox", { name: "What is done" }).selectOption({ label: "starts a training job" });
  await parts.says("Stopped at door", "assumed-role/alice-studio/SageMaker is not authorized to perform: sagemaker:CreateTrainingJob");

  await parts.open(/^alice-studio role|^alice-studio/, /^look/);
  await parts.paste(allow("sagemaker:*", "s3:*", "ecr:*", "logs:*", "cloudwatch:*"));
  await parts.says("Stopped at door", "is not authorized to perform: iam:PassRole");
  await parts.paste(allow("sagemaker:*", "s3:*", "ecr:*", "logs:*", "cloudwatch:*", "iam:PassRole"));
  await parts.says("Every door is open");

  // The role gets another name, and everything that names it follows.
  await parts.treeItem(/^alice-studio/).first().click();
  await build.call("training-badge");
  await parts.says("Every door is open");
  await parts.treeItem(/^alice-ml/).click();
  await page.getByText("role/training-badge").first().waitFor();

  // Deleting tells first what depends on it; undo brings it all back.
  await parts.treeItem(/^training-badge/).first().click({ button: "right" });
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete" });
  await dialog.getByText("keeps it as an execution role that is not there").waitFor();
  assert.equal(await axe(), "");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await parts.says("Stopped at door");
  await parts.undo.click();
  await parts.says("Every door is open");
});

journey("what is lacking is red in the tree and the model, and a role is added where one is asked for", { viewport: { width: 1440, height: 1000 } }, async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "empty-account");
  const build = builder(tools, parts);
  const shut = page.getByRole("region", { name: "Mental model" }).getByRole("listitem").filter({ hasText: "Shut" });
  const is = async (idea, thing) => {
    await shut.getByText(idea, { exact: true }).waitFor();
    assert.equal(await shut.count(), 1);
    const row = parts.tree.getByRole("treeitem", { name: /the request is stopped here/ });
    await row.filter({ hasText: `none yet${thing}` }).waitFor();
    assert.equal(await row.count(), 1);
  };
  await is("IAM user", "IAM user");
  await build.step("user", "alice");
  await build.grant(/^alice/, "all", allow("sagemaker:*"));
  await is("Domain", "domain");
  await build.step("domain", "team");
  await is("User profile", "user profile");
  await build.step("user profile", "alice-ml");
  await is("Execution role", "execution role");
  await parts.treeItem(/^none yet/).click();
  assert.equal(await axe(), "");
  await page.getByRole("button", { name: "Execution role: add a role" }).click();
  await parts.says("assumed-role/new-role/SageMaker is not authorized");
  await parts.undo.click();
  await is("Execution role", "execution role");
  await parts.redo.click();
  await page.getByRole("button", { name: "Execution role: open the role" }).click();
  // AWS's own policies are reached from whom they are attached to.
  await page.getByRole("button", { name: "An AWS managed policy…" }).click();
  const dialog = page.getByRole("dialog", { name: "AWS managed policies" });
  await dialog.getByRole("textbox", { name: "Find a policy" }).fill("AmazonSageMakerFullAccess");
  await dialog.getByRole("button", { name: "AmazonSageMakerFullAccess", exact: true }).click();
  await dialog.getByRole("button", { name: "Attach to role new-role" }).click();
  await page.getByRole("checkbox", { name: /^AmazonSageMakerFullAccess/ }).and(page.locator(":checked")).waitFor();
});

/** Walks the account tree with the arrow keys until a row begins like this. */
async function rowTo(page, pattern) {
  const where = () => page.evaluate(() => document.activeElement.textContent);
  await page.getByRole("treeitem").and(page.locator('[tabindex="0"]')).focus();
  await page.keyboard.press("Home");
  const seen = [];
  while (!pattern.test(await where()) && seen.length < 60) {
    const before = await page.evaluate(() => document.activeElement.id);
    seen.push(await where());
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction((before) => document.activeElement.id !== before, before);
  }
  assert.ok(seen.length < 60, seen.join("\n"));
}

for (const colorScheme of ["light", "dark"]) {
  journey(`adding, renaming, duplicating and deleting with the keyboard alone, ${colorScheme}`, { colorScheme }, async (tools) => {
    const { page, axe } = tools;
    const parts = await openWorld(tools, "working-studio");
    const title = page.locator("#editor-title");
    const focused = (id) => page.waitForFunction((id) => document.activeElement.id === id, id);

    // A folder's menu adds; the new thing's name is ready to be typed over.
    await rowTo(page, /^Roles/);
    await page.keyboard.press("Shift+F10");
    await focused("menu-0");
    assert.equal(await axe(), "");
    await page.keyboard.press("Enter");
    await focused("entity-name");
    await page.keyboard.type("Auditor");
    await page.keyboard.press("Enter");
    await title.getByText("Auditor", { exact: true }).waitFor();

    // A name that is taken says so, and stays as typed.
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("DataScientistRole");
    await page.keyboard.press("Enter");
    await page.getByText("DataScientistRole is taken already").waitFor();
    assert.equal(await page.locator("#entity-name").inputValue(), "DataScientistRole");
    assert.equal(await axe(), "");

    // F2 goes to the name of the row, also when that is used by the scenario.
    await rowTo(page, /^alice(?! user)/);
    await page.keyboard.press("F2");
    await focused("entity-name");
    await page.keyboard.type("alicia");
    await page.keyboard.press("Enter");
    await title.getByText("alicia", { exact: true }).waitFor();
    await parts.says("Every door is open");
    assert.equal(await page.getByRole("combobox", { name: "IAM user" }).inputValue(), "alicia");

    // The menu goes round by arrows; Escape gives the focus back.
    await rowTo(page, /^Auditor/);
    await page.keyboard.press("ContextMenu");
    await focused("menu-0");
    await page.keyboard.press("ArrowUp");
    await page.waitForFunction(() => /Delete/.test(document.activeElement.textContent));
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => /^Auditor/.test(document.activeElement.textContent));
    await page.keyboard.press("Delete");
    const dialog = page.getByRole("dialog", { name: "Delete" });
    await dialog.getByText("Nothing depends on it.").waitFor();
    await dialog.getByRole("button", { name: "Delete", exact: true }).press("Enter");
    await parts.treeItem(/^Auditor/).waitFor({ state: "detached" });
    await page.keyboard.press("ControlOrMeta+z");
    await parts.treeItem(/^Auditor/).first().waitFor();
    await page.keyboard.press("ControlOrMeta+Shift+z");
    await parts.treeItem(/^Auditor/).first().waitFor({ state: "detached" });

    // What AWS keeps is not deleted, and says what to do instead.
    await rowTo(page, /^ChurnExecutionRole/);
    await page.keyboard.press("ArrowRight");
    await parts.treeItem(/^AmazonSageMakerFullAccess/).first().waitFor();
    await rowTo(page, /^AmazonSageMakerFullAccess/);
    await page.keyboard.press("Delete");
    const refusal = page.getByRole("dialog", { name: "This cannot be done" });
    await refusal.getByText("duplicate it, and change the copy").waitFor();
    await page.keyboard.press("Escape");
    await refusal.waitFor({ state: "hidden" });
  });
}

journey("a thing is edited as JSON, and the last good text counts while it does not read", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.treeItem(/^ml-platform/).click();
  const toggle = page.getByRole("button", { name: "JSON" });
  await toggle.click();
  const json = page.getByRole("textbox", { name: "JSON" });
  const good = await textNow(page);
  /** Through the clipboard, as a person does. */
  const write = async (text) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await json.focus();
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await json.press("ControlOrMeta+a");
    await json.press("ControlOrMeta+v");
  };
  assert.match(good, /"authMode": "IAM"/);
  assert.equal(await axe(), "");
  await write(good.replace('"authMode": "IAM"', '"authMode": "SSO"'));
  await parts.says("Open profile", "IAM Identity Center");
  await write(good.replace('"authMode": "IAM"', '"authMode": "NONE"'));
  await parts.findings.getByText(/line \d+, column \d+.*unknown variant/).waitFor();
  await parts.says("Open profile", "IAM Identity Center");
  await write(good);
  await parts.says("Every door is open");

  // A name in the JSON is a name: what names it follows.
  await parts.treeItem(/^alice user profile/).click();
  await write((await textNow(page)).replace('"alice"', '"alice-2"'));
  await parts.says("Every door is open");
  assert.equal(await page.getByRole("combobox", { name: "User profile" }).inputValue(), "alice-2");
  await toggle.click();
  await page.getByRole("textbox", { name: "Name" }).waitFor();
});

journey("hostile names are shown as they are, and refused with the reason", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.treeItem(/^ml-platform/).click();
  const name = page.getByRole("textbox", { name: "Name" });
  for (const hostile of ['<img src=x onerror=alert(1)>', '"}, "x": {"', "../../etc", "a".repeat(5000), "\u202Enimda", "💥", " "]) {
    await name.fill(hostile);
    await name.press("Enter");
    await page.getByText("is not a name for a domain, user profile or space").first().waitFor();
    assert.equal(await name.inputValue(), hostile);
  }
  await parts.treeItem(/^Account/).first().click();
  await name.fill('<img src=x onerror=alert(1)> "it"');
  await name.press("Enter");
  await page.locator("#editor-title").waitFor();
  await parts.says("Every door is open");
  assert.equal(await page.locator("img").count(), 0);
});

journey("on a phone everything can be added, named and deleted", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  const view = (name) => page.getByRole("navigation").getByRole("button", { name }).tap();
  await view("Account");
  await page.getByRole("button", { name: "Add to S3" }).tap();
  const item = page.getByRole("menuitem", { name: "Add a bucket" });
  await item.waitFor();
  assert.ok(await fits());
  assert.equal(await axe(), "");
  await item.tap();
  const name = page.getByRole("textbox", { name: "Name" });
  await name.waitFor();
  await name.fill("phone-data");
  await name.press("Enter");
  await page.locator("#editor-title").getByText("phone-data").waitFor();
  assert.ok(await fits());
  await page.getByRole("button", { name: "Duplicate" }).tap();
  await page.locator("#editor-title").getByText("phone-data-copy").waitFor();
  await page.getByRole("button", { name: "Delete", exact: true }).tap();
  const dialog = page.getByRole("dialog", { name: "Delete" });
  await dialog.getByText("Nothing depends on it.").waitFor();
  assert.ok(await fits());
  await dialog.getByRole("button", { name: "Delete", exact: true }).tap();
  await view("Account");
  await parts.treeItem(/^phone-data/).first().waitFor();
  assert.equal(await parts.treeItem(/^phone-data-copy/).count(), 0);
});
