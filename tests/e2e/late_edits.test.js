// What is edited while a part of the page is still on its way stays edited, and what it answers is about the newest
// edit. Needs a site that is split into parts, as `cargo xtask build` makes it.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

/** Holds a part back until `release` is called. */
async function held(page, name) {
  let release;
  const released = new Promise((done) => (release = done));
  let ask;
  const asked = new Promise((done) => (ask = done));
  await page.route(new RegExp(`_${name}\\.wasm$`), async (route) => {
    ask();
    await released;
    await route.continue();
  });
  return { release, asked };
}

journey("an edit made while the forms are on their way is not lost", async (tools) => {
  const { page } = tools;
  const forms = await held(page, "forms");
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("menuitem", { name: "Add a role", exact: true }).click();
  await forms.asked;
  const original = await parts.textNow();
  await parts.paste(original.replaceAll("sagemaker.amazonaws.com", "lambda.amazonaws.com"));
  await parts.says("Stopped at door");
  forms.release();
  await page.getByRole("heading", { name: "new-role" }).waitFor();
  await parts.says("Stopped at door");

  // Each is one step of its own.
  await parts.undo.click();
  await parts.treeItem(/^new-role/).waitFor({ state: "detached" });
  await parts.says("Stopped at door");
  await parts.undo.click();
  await parts.says("Every door is open");
});

journey("a name typed while the forms are on their way takes nothing back", async (tools) => {
  const { page } = tools;
  const forms = await held(page, "forms");
  const parts = await openWorld(tools, "working-studio");
  await parts.open(/^alice/);
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("alicia");
  await name.press("Enter");
  await forms.asked;
  const mfa = page.getByRole("checkbox", { name: "with MFA" });
  await mfa.uncheck();
  forms.release();
  await page.locator("#editor-title").getByText("alicia", { exact: true }).waitFor();
  assert.equal(await mfa.isChecked(), false);
  assert.equal(await page.getByRole("combobox", { name: "IAM user" }).inputValue(), "alicia");
});

journey("what is laid out is the text as it is when what lays it out is here", async (tools) => {
  const { page } = tools;
  const ide = await held(page, "ide");
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  const flat = JSON.stringify(JSON.parse(await parts.text.inputValue()));
  await parts.paste(flat);
  await page.getByRole("button", { name: "Format", exact: true }).click();
  await ide.asked;
  const typed = flat.replaceAll("sagemaker.amazonaws.com", "lambda.amazonaws.com");
  await parts.paste(typed);
  await parts.says("Stopped at door");
  ide.release();
  await page.waitForFunction(() => document.querySelector("#policy-text").value.split("\n").length > 10);
  await parts.isRich();
  assert.deepEqual(JSON.parse(await parts.textNow()), JSON.parse(typed));
  await parts.says("Stopped at door");
});

journey("nothing is laid out where another policy is open by then", async (tools) => {
  const { page } = tools;
  const ide = await held(page, "ide");
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  await parts.paste(JSON.stringify(JSON.parse(await parts.text.inputValue())));
  await page.getByRole("button", { name: "Format", exact: true }).click();
  await ide.asked;
  await parts.open("Account", /^UseDataKey/);
  await page.locator("#editor-title").getByText("UseDataKey").waitFor();
  const other = JSON.stringify(JSON.parse(await parts.text.inputValue()));
  await parts.paste(other);
  ide.release();
  await parts.isRich();
  assert.equal(await parts.textNow(), other);
  // The last step is what was pasted here, and the one before it what was pasted there.
  await parts.undo.click();
  await page.waitForFunction((other) => document.querySelector("#policy-text").value !== other, other);
  await parts.undo.click();
  assert.ok(await parts.undo.isDisabled());
  await parts.says("Every door is open");
});

/** An account that takes the advice many slices of a frame. */
function largeAccount() {
  const policy = (n) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*", Condition: { StringLike: { "aws:PrincipalArn": [`*${n}*`] } } }],
  });
  const role = (n) => ({
    RoleName: `role-${n}`,
    Arn: `arn:aws:iam::555566667777:role/role-${n}`,
    Path: "/",
    AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }] },
    RolePolicyList: [1, 2, 3].map((it) => ({ PolicyName: `p${it}`, PolicyDocument: policy(it) })),
    AttachedManagedPolicies: [],
    Tags: [],
  });
  return JSON.stringify({ UserDetailList: [], GroupDetailList: [], RoleDetailList: Array.from({ length: 400 }, (_, n) => role(n)), Policies: [] });
}

/** Lets a journey see which timers of the page are still to come, and how many pauses in typing are over. */
function watchTimers() {
  const [set, clear] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];
  const open = new Set();
  window.timers = { open, nPauses: 0 };
  window.setTimeout = (then, ms, ...rest) => {
    const id = set(() => {
      open.delete(id);
      if (ms === 150) window.timers.nPauses += 1;
      then(...rest);
    }, ms);
    open.add(id);
    return id;
  };
  window.clearTimeout = (id) => {
    open.delete(id);
    clear(id);
  };
}

journey("advice about a world before does not come after that about this one", async (tools) => {
  const { page } = tools;
  await page.addInitScript(watchTimers);
  const advice = await held(page, "advice");
  const parts = await openWorld(tools, "working-studio");
  const pause = (n) => page.waitForFunction((n) => window.timers.nPauses >= n, n);
  await pause(1);
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import an account" });
  await dialog.getByRole("textbox").fill(largeAccount());
  await dialog.getByRole("button", { name: "Open as a new world" }).click();
  await dialog.waitFor({ state: "hidden" });
  await pause(2);
  await parts.undo.click();
  await parts.says("Every door is open");
  await pause(3);
  await advice.asked;
  advice.release();
  const head = page.getByRole("button", { name: /^Advice 2 warnings, 1 note$/ });
  await head.waitFor();
  // Nothing is still to come, and it says the same.
  await page.waitForFunction(() => window.timers.open.size === 0);
  await head.waitFor();
});
