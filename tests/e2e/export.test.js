// Export: every part of a world in every form, to look at, to copy and to save; large ones too.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

// As in `import.test.js`.
const ACCOUNT = process.env.ROLEWALK_ACCOUNT ?? fileURLToPath(new URL("../../target/xtask/account.json", import.meta.url));

const FORMS = [
  ["AWS CLI", /aws iam create-role/, "rolewalk-111122223333.sh"],
  ["CloudFormation", /AWS::SageMaker::Domain/, "rolewalk-111122223333.template.json"],
  ["Terraform", /resource "aws_sagemaker_domain"/, "rolewalk-111122223333.tf"],
  ["CLI output", /"RoleDetailList": \[/, "account-authorization-details.json"],
  ["Policies", /"Statement": \[/, "group-DataScience-inline-AssumeDataScientistRole.json"],
];

/** Opens the dialog and gives its parts. */
async function dialog(page) {
  await page.getByRole("button", { name: "Export" }).click();
  const box = page.getByRole("dialog", { name: "Export" });
  await box.waitFor();
  return {
    box,
    form: (name) => box.getByRole("button", { name, exact: true }),
    text: box.getByRole("region", { name: "Text to export" }),
    part: box.getByRole("combobox", { name: "What to export" }),
    file: box.getByRole("combobox", { name: "File" }),
    async saved(button) {
      const [download] = await Promise.all([page.waitForEvent("download"), box.getByRole("button", { name: button }).click()]);
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    },
  };
}

const download = /^Download$/;
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

for (const options of [
  { colorScheme: "light" },
  { colorScheme: "dark" },
  { viewport: { width: 390, height: 780 }, colorScheme: "light" },
]) {
  const where = options.viewport ? "a phone" : options.colorScheme;
  journey(`an account is exported in every form, ${where}`, options, async (tools) => {
    const { page, axe } = tools;
    await openWorld(tools, "working-studio");
    const { box, form, text, part, file, saved } = await dialog(page);
    for (const [name, says, fileName] of FORMS) {
      await form(name).click();
      assert.equal(await form(name).getAttribute("aria-pressed"), "true");
      await text.getByText(says).waitFor();
      assert.equal(await axe(), "");
      assert.ok(await fits(page), name);
      const { name: savedAs, bytes } = await saved(download);
      assert.equal(savedAs, fileName);
      assert.equal(bytes.toString("utf8"), await text.textContent());
    }
    // One account, no organization: nothing to choose.
    assert.equal(await part.count(), 0);
    // Another policy, and all of them at once.
    await file.selectOption({ label: "role-ChurnExecutionRole-trust.json" });
    await text.getByText("sts:AssumeRole").waitFor();
    const all = await saved(/^Download all \d+ as ZIP$/);
    assert.equal(all.name, "rolewalk-111122223333.zip");
    assert.equal(all.bytes.subarray(0, 4).toString("latin1"), "PK\x03\x04");
    const n = (await file.getByRole("option").all()).length;
    assert.equal(all.bytes.readUInt16LE(all.bytes.length - 12), n);
    // What is not in it is said, folded.
    await form("CLI output").click();
    const leftOut = box.getByText(/^Not in it \(\d+\)$/);
    await leftOut.click();
    await box.getByRole("listitem").filter({ hasText: "log groups" }).waitFor();
    assert.equal(await axe(), "");
  });
}

journey("every account and the organization are exported", async (tools) => {
  const { page, axe } = tools;
  await openWorld(tools, "organization-says-no");
  const { box, form, text, part, saved } = await dialog(page);
  await text.waitFor();
  assert.deepEqual(await part.getByRole("option").allTextContents(), [
    "ml-workloads, 111122223333",
    "data-lake, 222233334444",
    "Organization",
  ]);
  await form("Terraform").click();
  await part.selectOption({ label: "data-lake, 222233334444" });
  await text.getByText(/allowed_account_ids = \["222233334444"\]/).waitFor();
  await part.selectOption({ label: "Organization" });
  await text.getByText(/resource "aws_organizations_policy_attachment"/).waitFor();
  assert.equal(await axe(), "");
  assert.equal((await saved(download)).name, "rolewalk-organization.tf");
  // What the CLI would print of the organization comes back in.
  await form("CLI output").click();
  const { bytes } = await saved(/^Download all \d+ as ZIP$/);
  assert.ok(bytes.includes("parent-r-"));
  await box.getByRole("button", { name: "Close" }).click();
});

journey("a large account is exported without a hang", async (tools) => {
  const { page } = tools;
  if (!existsSync(ACCOUNT)) throw new Error(`${ACCOUNT} is missing: \`cargo xtask test browser\` makes it`);
  await openWorld(tools, "working-studio");
  await page.getByRole("button", { name: "Import" }).click();
  const box = page.getByRole("dialog", { name: "Import an account" });
  await box.getByLabel("Files, chosen or dropped here").setInputFiles(ACCOUNT);
  await box.getByRole("button", { name: "Open as a new world" }).click();
  await box.waitFor({ state: "hidden" });
  const { form, text, saved } = await dialog(page);
  for (const [name, says] of [
    ["AWS CLI", /aws iam create-policy/],
    ["CloudFormation", /stack 1 of \d/],
    ["Terraform", /resource "aws_iam_policy"/],
    ["CLI output", /"UserDetailList"/],
    ["Policies", /"Statement"/],
  ]) {
    await form("Policies").click();
    const milliseconds = await page.evaluate(async (name) => {
      const drawn = () => new Promise((next) => requestAnimationFrame(next));
      await drawn();
      const before = performance.now();
      [...document.querySelectorAll(".export-forms button")].find((it) => it.textContent === name).click();
      await new Promise((next) => setTimeout(next));
      await drawn();
      await drawn();
      return performance.now() - before;
    }, name);
    await text.getByText(says).waitFor();
    console.log(`200 roles as ${name}: on the screen after ${Math.round(milliseconds)} ms`);
  }
  // Shown in part, saved whole.
  await form("Terraform").click();
  await page.getByText(/^[\d]+ more lines are not shown/).waitFor();
  const { bytes } = await saved(download);
  assert.equal(bytes.toString("utf8").match(/^resource "aws_iam_role" /gm).length, 200);
  assert.ok((await text.textContent()).split("\n").length < 2000);
});
