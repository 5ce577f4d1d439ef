// The second world: AmazonSageMakerFullAccess does not cover the bucket, and three ways to mend that.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

const policy = (name) => readFileSync(new URL(`../../data/managed-policies/${name}.json`, import.meta.url), "utf8");

journey("the red door tells which patterns miss the bucket; a new name opens it", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "full-access-is-not-full");
  await parts.says(
    /Stopped at door \d+ of \d+: S3/,
    'is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::acme-churn-data/churn/train.csv" because no identity-based policy allows the s3:GetObject action',
    "arn:aws:s3:::*sagemaker*",
    "is not among them",
  );
  // The door that stops the walk is unfolded from the start.
  assert.equal(await parts.doorButton(/S3 bucket/).getAttribute("aria-expanded"), "true");
  await parts.verdict.getByRole("button", { name: /Show in the AWS managed policy/ }).click();
  await parts.selects(/^"Resource": \[[^]*\*sagemaker\*[^]*\]$/);

  await parts.treeItem(/^acme-churn-data/).click();
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("acme-sagemaker-churn-data");
  await name.press("Enter");
  await parts.says("Every door is open");
  assert.match(await parts.doorButton(/S3 bucket/).textContent(), /acme-sagemaker-churn-data.*Open/);
  await parts.undo.click();
  await parts.says("Stopped at");
});

journey("naming the bucket in the policy opens it as well", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "full-access-is-not-full");
  await parts.says("Stopped at");
  const text = await parts.textNow();
  await parts.paste(text.replace('"arn:aws:s3:::*aws-glue*"', '"arn:aws:s3:::acme-churn-data/*"'));
  await parts.says("Every door is open");
  await page.getByRole("button", { name: "Start over" }).click();
  await parts.says("Stopped at");
});

journey("any other policy can be pasted in its place, whole", async (tools) => {
  const parts = await openWorld(tools, "full-access-is-not-full");
  await parts.paste(policy("PowerUserAccess"));
  await parts.says("Pass role", "is not authorized to perform: iam:PassRole");
  await parts.paste(policy("AdministratorAccess"));
  await parts.says("Every door is open");
  // The longest of AWS's own: 110 kB.
  await parts.paste(policy("ReadOnlyAccess"));
  await parts.says("Start app", "sagemaker:CreateSpace");
  assert.equal(await parts.textNow(), policy("ReadOnlyAccess"));
});

journey("a door quotes the policy as it stands, also where an edit changes no answer", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "full-access-is-not-full");
  await page.getByRole("checkbox", { name: "with MFA" }).uncheck();
  await parts.says("Stopped at door", "Assume role");
  await parts.doorButton(/S3 bucket/).click();
  const door = parts.door(/^\d+ .*S3 bucket/);
  await door.getByText("arn:aws:s3:::*sagemaker*").first().waitFor();
  await parts.paste((await parts.textNow()).replaceAll("arn:aws:s3:::*sagemaker*", "arn:aws:s3:::*sagemakes*"));
  await door.getByText("arn:aws:s3:::*sagemakes*").first().waitFor();
});

journey("a name that cannot be taken on stays with the bucket it was typed for", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "full-access-is-not-full");
  await parts.treeItem(/^acme-churn-data/).click();
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("acme-data");
  await name.press("Enter");
  await parts.treeItem(/^acme-data/).waitFor();
  await name.fill("");
  await name.press("Enter");
  const message = page.getByText(/An empty text is not a name for a bucket/);
  await message.waitFor();
  assert.equal(await name.inputValue(), "");
  await parts.undo.click();
  await message.waitFor({ state: "detached" });
  assert.equal(await name.inputValue(), "acme-churn-data");
});
