// The first world: green as it opens, broken and mended, remembered, readable for everybody.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld, playground } from "./playground.js";

journey("the page opens on a world in which every door is open", async ({ page, open, requests, address }) => {
  await open();
  await page.getByRole("heading", { level: 1, name: "Rolewalk" }).waitFor();
  const parts = playground(page);
  await parts.says("Every door is open");
  await page.getByText("Alice opens Studio and reads her churn data").waitFor();
  for (const door of ["signs in", "assumes the role", "looks up the domain", "Studio opens", "traffic", "execution role", "app", "ECR", "S3", "KMS", "Logs"]) {
    const name = await parts.doorButton(new RegExp(door)).first().textContent();
    assert.match(name, /Open/, name);
  }
  for (const idea of ["Who you are", "What you can do", "Where you work", "Your workspace", "access badge"]) {
    await page.getByText(idea).first().waitFor();
  }
  assert.ok(requests.length > 3 && requests.every((it) => it.startsWith(address)), requests.join("\n"));
});

journey("the first thing to do is to break it, and the page says why", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await page.getByRole("button", { name: /Try it/ }).click();
  await parts.says(
    "Assume execution role",
    "Could not assume role arn:aws:iam::111122223333:role/ChurnExecutionRole",
    "lambda.amazonaws.com",
  );
  await parts.selects(/^lambda\.amazonaws\.com$/);
  assert.match(await parts.doorButton(/S3 bucket/).textContent(), /Not reached/);

  await parts.undo.click();
  await parts.says("Every door is open");
  await parts.redo.click();
  await parts.says("Could not assume role");
  // The browser's own undo would only know of the text area.
  await parts.text.press("ControlOrMeta+z");
  await parts.says("Every door is open");
});

journey("an open door tells which statement opened it, and leads to its characters", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.doorButton(/S3 bucket/).click();
  await page.getByRole("button", { name: /s3:GetObject on/ }).first().click();
  await page.getByText("Who asks").first().waitFor();
  await page.getByText("Bucket policy", { exact: true }).first().waitFor();
  await page.getByRole("button", { name: /Resource holds/ }).first().click();
  await parts.selects(/^"arn:aws:s3:::\*sagemaker\*"$/);
  await page.getByRole("heading", { name: /AmazonSageMakerFullAccess/ }).waitFor();
});

journey("a second factor is a matter of one tick", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await page.getByRole("checkbox", { name: "with MFA" }).uncheck();
  await parts.says("Assume role", "aws:MultiFactorAuthPresent", "no role trust policy allows the sts:AssumeRole action");
});

journey("the forms of domain and profile change the walk", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.treeItem(/ml-platform/).click();
  await page.getByRole("combobox", { name: "Authentication mode" }).selectOption("SSO");
  await parts.says("Open profile", "IAM Identity Center");
  await parts.undo.click();
  await parts.says("Every door is open");

  await page.getByRole("combobox", { name: "Network access" }).selectOption("VpcOnly");
  await page.getByRole("textbox", { name: "Subnets" }).fill("");
  await parts.says("Network", "the domain has no subnets");
  await page.getByRole("textbox", { name: "Subnets" }).fill("subnet-1, subnet-2");
  await parts.says("not all could be judged");
  await page.getByRole("combobox", { name: "Network access" }).selectOption("PublicInternetOnly");
  await parts.says("Every door is open");

  const files = page.getByRole("textbox", { name: "EFS file system" });
  const id = await files.inputValue();
  await files.fill("");
  await parts.says("something is lost", "The domain has no file system");
  await files.fill(id);
  await parts.says("Every door is open");

  // SageMaker may not assume the role of the scientists, whoever names it.
  const refused = "Could not assume role arn:aws:iam::111122223333:role/DataScientistRole";
  await parts.treeItem(/alice user profile/).click();
  const ofProfile = page.getByRole("combobox", { name: "Execution role", exact: true });
  await ofProfile.selectOption({ label: "DataScientistRole" });
  await parts.says(refused);
  await page.getByText("(from the profile)").waitFor();
  await ofProfile.selectOption({ label: "the domain’s default" });
  await parts.says("Every door is open");
  await page.getByText("(the domain’s default)").waitFor();

  await parts.treeItem(/ml-platform/).click();
  await page.getByRole("combobox", { name: "Default execution role" }).selectOption({ label: "DataScientistRole" });
  await parts.says(refused);
});

journey("a training job has doors of its own", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await page.getByRole("combobox", { name: "What is done" }).selectOption({ label: "starts a training job" });
  for (const door of [/creates the training job/, /hands itself/, /for the training job/, /Metrics/]) {
    await parts.doorButton(door).waitFor();
  }
  await parts.says("Every door is open");
  await page.getByRole("combobox", { name: "Role handed over" }).selectOption({ label: "DataScientistRole" });
  await parts.says("Could not assume role arn:aws:iam::111122223333:role/DataScientistRole");
});

journey("what one has done is there again after leaving", async ({ page, open }) => {
  await open();
  const parts = playground(page);
  await parts.says("Every door is open");
  await page.getByRole("button", { name: /Try it/ }).click();
  await parts.says("Could not assume role");
  await page.reload();
  await parts.says("Could not assume role");
  await page.getByRole("button", { name: "Start over" }).click();
  await parts.says("Every door is open");
});

for (const colorScheme of ["light", "dark"]) {
  for (const slug of ["working-studio", "full-access-is-not-full"]) {
    journey(`axe finds nothing serious: ${slug}, ${colorScheme}`, { colorScheme }, async (tools) => {
      const { page, axe } = tools;
      const parts = await openWorld(tools, slug);
      await parts.doorButton(/S3 bucket/).waitFor();
      assert.equal(await axe(), "");
      // Everything unfolded, something broken: the busiest that the page gets.
      await parts.paste('{ "Version": "2012-10-17", "Statement": [ { "Efect": "Allow" } ] }');
      await parts.findings.getByText(/Efect/).first().waitFor();
      await parts.doorButton(/assumes the role/).click();
      assert.equal(await axe(), "");
      await parts.treeItem(/ml-platform/).click();
      await page.getByRole("combobox", { name: "Authentication mode" }).waitFor();
      assert.equal(await axe(), "");
    });
  }
}
