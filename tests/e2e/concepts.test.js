// Where each part of what the course teaches is seen in the playground: docs/lessons.md says so in its table, and here it
// is looked for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

/** The parts that the table has, in its order. */
const documented = readFileSync(new URL("../../docs/lessons.md", import.meta.url), "utf8")
  .split("\n")
  .map((line) => /^\| ([\d.]+|qa|comparison) \|/.exec(line)?.[1])
  .filter(Boolean);

const region = (page, name) => page.getByRole("region", { name });
const advice = async (page) => {
  const head = page.getByRole("button", { name: /^Advice/ });
  if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
  return region(page, /^Advice/);
};
const form = (page) => page.locator(".panel-editor");
/** Opens a thing's form and waits for these of its fields. */
async function shows({ page, open }, path, ...fields) {
  await open(...path);
  for (const field of fields) await form(page).getByText(field, { exact: true }).first().waitFor();
}
const doors = async ({ page }, ...titles) => {
  const list = page.getByRole("list", { name: "Doors", exact: true });
  for (const title of titles) await list.getByRole("button", { name: title }).first().waitFor();
};
/** Unfolds a door, and its check with that title; gives all doors. */
const unfolded = async ({ page, doorButton }, title, check) => {
  await doorButton(title).click();
  const list = page.getByRole("list", { name: "Doors", exact: true });
  if (check) await list.getByRole("button", { name: check }).click();
  return list;
};
const trust = (principal) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
  });
/** Lets the execution role be taken on by people and by SageMaker, as one should not. */
const mixed = async (parts) => {
  await parts.open("Roles", "ChurnExecutionRole", "Trust policy");
  await parts.paste(trust({ AWS: "arn:aws:iam::111122223333:root", Service: "sagemaker.amazonaws.com" }));
  await (await advice(parts.page)).getByText(/people and/).first().waitFor();
};
const glossary = async ({ page }, search, heading) => {
  await page.getByRole("link", { name: "Glossary", exact: true }).first().click();
  const dialog = page.getByRole("dialog", { name: "Glossary" });
  await dialog.getByRole("searchbox").fill(search);
  await dialog.getByText(heading).first().waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
};

const seen = {
  async "1.1"(parts) {
    const door = await unfolded(parts, /Data is read/, /s3:GetObject/);
    for (const part of [/^Who asks$/, /^For$/, /^On$/, /^Context: \d+ keys$/]) await door.getByText(part).first().waitFor();
  },
  "2.1": (parts) => shows(parts, ["Users", "alice"], "Access keys", "Console access"),
  async "2.2"(parts) {
    const { page } = parts;
    await page.getByRole("combobox", { name: "IAM user" }).waitFor();
    await page.getByRole("combobox", { name: "Role to assume" }).waitFor();
    await doors(parts, /Alice signs in/, /alice assumes the role/);
  },
  async "2.3"(parts) {
    const door = await unfolded(parts, /alice assumes the role/, /sts:AssumeRole/);
    await door.getByText("BecomeADataScientist").first().waitFor();
  },
  async "3.1"(parts) {
    await parts.open("Roles", "DataScientistRole");
    await doors(parts, /assumes the role/, /assumes the execution role/);
  },
  "3.2": (parts) => doors(parts, /S3 bucket/, /ECR repository/, /CloudWatch Logs/, /KMS key/),
  async "3.3"(parts) {
    await parts.open("Roles", "ChurnExecutionRole", "Trust policy");
    await parts.page.getByRole("combobox", { name: "What is done" }).selectOption({ label: "starts a training job" });
    await doors(parts, /hand/, /assumes the execution role|assumes the job/);
  },
  async "4.1"(parts) {
    await shows(parts, ["SageMaker", "ml-platform"], "Authentication mode", "Network access", "EFS file system", "Default execution role");
    await doors(parts, /traffic goes/);
  },
  async "4.2"(parts) {
    for (const name of [/alice.*user profile/, /EFS home directories/]) await parts.tree.getByRole("treeitem", { name }).first().waitFor();
    await doors(parts, /starts the app JupyterLab/);
  },
  async "5.1"(parts) {
    await shows(parts, [/alice.*user profile/], "Execution role", "EFS user id");
    await parts.tree.getByRole("treeitem", { name: /ChurnExecutionRole.*execution role/ }).first().waitFor();
  },
  "5.2": (parts) => glossary(parts, "user profile", /IAM user and .*user profile/i),
  "6.1": (parts) => doors(parts, /signs in/, /assumes the role/, /the domain/, /user profile/, /execution role/, /S3/),
  async "7.1"(parts) {
    for (const name of ["IAM", "Users", "Roles", "SageMaker", "ml-platform"]) await parts.treeItem(name).first().waitFor();
    for (const [name, level] of [["IAM", 2], ["Roles", 3], ["DataScientistRole", 4], ["Trust policy", 5]]) {
      await parts.tree.getByRole("treeitem", { name, level }).first().waitFor();
    }
  },
  async "8.1"(parts) {
    await (await advice(parts.page)).getByText(/may pass any role/).first().waitFor();
  },
  async "8.2"(parts) {
    await parts.page.getByRole("combobox", { name: "Role to assume" }).waitFor();
    await mixed(parts);
  },
  async "8.3"(parts) {
    const door = await unfolded(parts, /alice assumes the role/);
    await door.getByText(/the session ends after 1 h/).waitFor();
    await shows(parts, ["Users", "alice"], "Access keys");
  },
  "8.4": mixed,
  async "9.1"(parts) {
    const model = region(parts.page, "Mental model");
    for (const idea of ["Who you are", "What you can do", "Where you work", "Your workspace", "Your AWS access badge"]) {
      await model.getByText(idea).waitFor();
    }
  },
  qa: (parts) => glossary(parts, "", /What does it mean to attach a policy to a role/),
  comparison: (parts) => glossary(parts, "IAM user", /IAM user and .*user profile/i),
};

journey("every part of what is taught is seen in the playground", async (tools) => {
  assert.deepEqual(documented, Object.keys(seen));
  const missing = [];
  for (const [part, isSeen] of Object.entries(seen)) {
    const parts = { page: tools.page, ...(await openWorld(tools, "working-studio")) };
    await isSeen(parts).catch((error) => missing.push(`${part}: ${error.message}`));
  }
  assert.deepEqual(missing, []);
});
