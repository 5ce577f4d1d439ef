// What only a form reaches: versions, access keys, tags, Block Public Access, apps, networks, and an
// organization from nothing that shuts a door.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

/** Adds something from the tree's menu. */
async function add(page, name) {
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("menuitem", { name: `Add ${name}`, exact: true }).click();
}

for (const colorScheme of ["light", "dark"]) {
  journey(`versions, access keys, tags and the rest are kept in forms (${colorScheme})`, { colorScheme }, async (tools) => {
    const { page, axe } = tools;
    const parts = await openWorld(tools, "working-studio");
    await parts.open("alice");

    // An access key: its id masked, two at most.
    const addKey = page.getByRole("button", { name: "Add an access key" });
    await addKey.click();
    await page.getByText("AKIA••••••••••••0001").waitFor();
    await page.getByRole("button", { name: /Deactivate access key/ }).click();
    await page.getByText("Inactive", { exact: true }).waitFor();
    await addKey.click();
    await page.getByText("AKIA••••••••••••0002").waitFor();
    await addKey.click();
    await page.getByRole("dialog", { name: "This cannot be done" }).getByText("AWS lets there be 2").waitFor();
    await page.getByRole("button", { name: "Close" }).click();

    // A tag, and one that AWS would not take.
    await page.getByRole("textbox", { name: "Key of a new tag" }).fill("aws:team");
    await page.getByText("Keys that begin with aws: are AWS’s own").waitFor();
    await page.getByRole("textbox", { name: "Key of a new tag" }).fill("team");
    await page.getByRole("textbox", { name: "Value of a new tag" }).fill("churn");
    await page.getByRole("button", { name: "Add tag" }).click();
    assert.equal(await page.getByRole("textbox", { name: "Value of tag team" }).inputValue(), "churn");
    assert.equal(await axe(), "");

    // A path without its form is refused at the field.
    const path = page.getByRole("textbox", { name: "Path" });
    await path.fill("team");
    await path.blur();
    await page.locator("#identity-path-message").getByText("is not a path").waitFor();
    await parts.undo.click();
    await page.locator("#identity-path-message p").waitFor({ state: "detached" });

    // Versions of a policy of one's own.
    await add(page, "a managed policy");
    await page.getByRole("list", { name: "Versions" }).getByText("v1").waitFor();
    const before = await parts.textNow();
    await page.getByRole("button", { name: "Add a version" }).click();
    await page.getByRole("list", { name: "Versions" }).getByText("v2").waitFor();
    await parts.paste(before.replace("ListDomains", "ListModels"));
    await page.getByRole("button", { name: "Make v1 the default" }).click();
    await parts.becomes(before);
    await page.getByRole("button", { name: "Delete v2" }).click();
    await page.getByRole("button", { name: "Delete v2" }).waitFor({ state: "detached" });
    assert.equal(await axe(), "");

    // Block Public Access of a bucket.
    await add(page, "a bucket");
    await page.getByRole("combobox", { name: "Public access" }).selectOption("block all public access");
    const restrict = page.getByRole("checkbox", { name: /RestrictPublicBuckets/ });
    await restrict.uncheck();
    assert.equal(await page.getByRole("combobox", { name: "Public access" }).inputValue(), "some");
    assert.equal(await axe(), "");

    // A VPC with a subnet more; an app that runs nowhere is refused at the field.
    await add(page, "a VPC");
    await page.getByRole("button", { name: "Add a subnet" }).click();
    await page.getByRole("heading", { name: "subnet-00000002" }).waitFor();
    await page.getByRole("combobox", { name: "Leads to an internet gateway" }).selectOption("yes");
    assert.equal(await axe(), "");
    await add(page, "an app");
    assert.equal(await page.getByRole("combobox", { name: "AppType" }).inputValue(), "JupyterLab");
    await page.getByRole("combobox", { name: "AppType" }).selectOption("Canvas");
    await page.locator("#app-type-message").getByText("runs in no space").waitFor();
    assert.equal(await axe(), "");
  });
}

journey("ids of a domain’s network without their form are told at their own fields", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.treeItem(/ml-platform/).click();
  for (const [name, id, wrong, right, told] of [
    ["VPC", "domain-vpc", "main", "vpc-0a1b2c3d", "write vpc- and 8 or 17 hexadecimal digits"],
    ["Subnets", "domain-subnets", "subnet-0a1b2c3d, 10.0.1.0/24", "subnet-0a1b2c3d", "10.0.1.0/24 is not the id of a subnet"],
    ["Default security groups", "domain-groups", "default", "sg-0a1b2c3d", "default is not the id of a security group"],
    ["Security groups of shared spaces", "domain-space-groups", "spaces", "sg-0a1b2c3d", "spaces is not the id of a security group"],
    ["EFS file system", "domain-efs", "/home", "fs-0a1b2c3d", "write fs- and 8 or 17 hexadecimal digits"],
  ]) {
    const field = page.getByRole("textbox", { name, exact: true });
    await field.fill(wrong);
    await page.locator(`#${id}-message`).getByText(told).waitFor();
    assert.equal(await page.locator(".field-message").count(), 1, `${name}: told at its own field only`);
    await field.fill(right);
    await page.locator(`#${id}-message p`).waitFor({ state: "detached" });
  }
  assert.equal(await axe(), "");
});

journey("an organization made from nothing shuts a door with its own policy", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  await add(page, "an organization");
  await page.getByRole("checkbox", { name: "Service control policies" }).waitFor();
  assert.equal(await axe(), "");
  await add(page, "an organizational unit");
  await page.getByRole("heading", { name: "new-unit" }).waitFor();
  await add(page, "a service control policy");
  await page.getByRole("heading", { name: /new-scp/ }).waitFor();
  await parts.paste(
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "s3:ListBucket", Resource: "*" }] }, null, 2),
  );

  // Onto the unit, and the account into the unit: both with the menu of the row.
  await parts.open("new-unit");
  await page.getByRole("checkbox", { name: "new-scp" }).check();
  await parts.says("Every door is open");
  const account = parts.tree.getByRole("treeitem").filter({ hasText: "this account" });
  await account.click();
  await page.keyboard.press("m");
  await page.getByRole("dialog", { name: "Attach" }).getByRole("button", { name: /new-unit/ }).click();
  await parts.says("Stopped at door", "with an explicit deny in a service control policy");
  assert.equal(await axe(), "");
  await parts.undo.click();
  await parts.says("Every door is open");
});

journey("a grant on a key opens the door that an identity policy left shut", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.open("ChurnExecutionRole", "UseDataKey");
  await parts.paste('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}]}');
  await parts.says(/Stopped at door \d+ of \d+: KMS/);

  await parts.open("churn-data");
  await page.getByRole("button", { name: "Add a grant" }).click();
  await page.getByRole("textbox", { name: "Grantee principal" }).fill("arn:aws:iam::111122223333:role/ChurnExecutionRole");
  const operations = page.getByRole("textbox", { name: "Operations" });
  await operations.fill("Decrypt, GenerateDatakey");
  await operations.press("Enter");
  await page.locator("#operations-grant-1-message").getByText("GenerateDatakey").waitFor();
  await operations.fill("Decrypt, GenerateDataKey");
  await operations.press("Enter");
  await page.locator("#operations-grant-1-message p").waitFor({ state: "detached" });
  await parts.says("Every door is open");
  assert.equal(await axe(), "");

  await page.getByRole("button", { name: "Delete grant grant-1" }).click();
  await parts.says(/Stopped at door \d+ of \d+: KMS/);
  await parts.undo.click();
  await parts.says("Every door is open");
});

journey("a policy that is added to a bucket is open, to be written, and the focus goes along", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("menuitem", { name: "Add a bucket" }).click();
  await page.getByRole("button", { name: "Add a bucket policy" }).press("Enter");
  await page.getByRole("heading", { name: "Bucket policy of new-bucket" }).waitFor();
  const isInPanel = () => page.waitForFunction(() => document.activeElement.closest(".panel-editor") !== null);
  await isInPanel();
  assert.match(await parts.textNow(), /"Principal"/);
  await page.getByRole("button", { name: "new-bucket", exact: true }).press("Enter");
  await page.getByRole("button", { name: "Open the bucket policy" }).waitFor();
  await isInPanel();
  await parts.undo.click();
  await page.getByRole("button", { name: "Add a bucket policy" }).waitFor();
});
