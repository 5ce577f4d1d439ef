// An account of 200 roles comes in through the dialog, and the page works with it as with a small one.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { journey } from "./harness.js";
import { openWorld } from "./playground.js";

// `cargo xtask test browser` writes it; more roles by hand:
// `cargo run -p rolewalk-tests --example generate_account 5000 > account.json`.
const ACCOUNT = process.env.ROLEWALK_ACCOUNT ?? fileURLToPath(new URL("../../target/xtask/account.json", import.meta.url));

/** Opens the dialog and gives its parts. */
async function dialog(page) {
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import an account" });
  await dialog.waitFor();
  return {
    dialog,
    files: dialog.getByLabel("Files, chosen or dropped here"),
    text: dialog.getByRole("textbox"),
    add: dialog.getByRole("button", { name: "Add to this world" }),
    alone: dialog.getByRole("button", { name: "Open as a new world" }),
    /** How many of a kind are new, changed and as before. */
    async counts(kind) {
      const row = dialog.getByRole("row", { name: kind });
      await row.waitFor();
      return (await row.getByRole("cell").allTextContents()).map(Number);
    },
  };
}

/** Milliseconds from the start of something in the page to the frame that shows what came of it. */
async function timed(page, start, argument, isDone, expected) {
  return page.evaluate(
    async ([start, argument, isDone, expected]) => {
      const drawn = () => new Promise((next) => requestAnimationFrame(next));
      const is = new Function("expected", `return ${isDone}`);
      const before = performance.now();
      new Function("argument", start)(argument);
      while (!is(expected)) await new Promise((next) => setTimeout(next));
      const done = performance.now();
      await drawn();
      return [done - before, performance.now() - before];
    },
    [start, argument, isDone, expected],
  );
}

/**
 * Types one text after the other and says of each how long the page worked on it, and how long it took
 * from the beginning of a frame to the one that shows it.
 */
async function edits(texts) {
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  const task = () => new Promise((next) => setTimeout(next));
  const area = document.querySelector("#policy-text");
  const times = [];
  for (let n = 0; n < 31; n += 1) {
    const text = texts[n % texts.length];
    await frame();
    const before = performance.now();
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    await Promise.resolve();
    await task();
    document.body.getBoundingClientRect();
    const work = performance.now() - before;
    await frame();
    times.push({ work, drawn: performance.now() - before });
    const [service] = text.match(/[a-z]+\.amazonaws/);
    if (!document.querySelector(".code-layer").textContent.includes(service)) throw new Error("the edit is not on the page");
  }
  return times;
}

const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];

journey("an account of 200 roles is imported and edited", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.says("Every door is open");
  const text = readFileSync(ACCOUNT, "utf8");
  const nRoles = text.match(/"RoleName"/g).length;

  const { dialog: box, files, counts, alone } = await dialog(page);
  await files.setInputFiles({ name: "account.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await box.getByText("Nothing that could be imported").waitFor();
  // The same file again, whole: it takes the place of the first.
  const [seconds] = await timed(
    page,
    `const files = new DataTransfer();
     files.items.add(new File([argument], "account.json"));
     const field = document.querySelector("#import-files");
     field.files = files.files;
     field.dispatchEvent(new Event("change"));`,
    text,
    `document.querySelector("#import td") !== null && document.querySelector("#import [role=status]") === null`,
  );
  assert.deepEqual(await counts("roles"), [nRoles, 0, 0]);
  assert.equal((await counts("users"))[0], Math.floor(nRoles / 4));
  assert.equal(await axe(), "");
  const [opened] = await timed(
    page,
    `[...document.querySelectorAll("#import button")].find((it) => it.textContent === "Open as a new world").click();`,
    null,
    `document.querySelector("#import td") === null`,
  );
  assert.equal(await alone.count(), 0);
  console.log(`${text.length} bytes with ${nRoles} roles: read in ${Math.round(seconds)} ms, opened in ${Math.round(opened)} ms`);

  // The page with it: the tree, an edit, its verdict.
  assert.equal(await parts.world.inputValue(), "imported");
  await parts.open("Roles", "role-00000", "Trust policy");
  const original = await parts.text.inputValue();
  assert.match(original, /sagemaker\.amazonaws\.com/);
  const edited = ["lambda", "glue"].map((it) => original.replace("sagemaker.amazonaws", `${it}.amazonaws`));
  const times = await page.evaluate(edits, edited);
  console.log(
    `an edit with ${nRoles} roles: ${median(times.map((it) => it.work)).toFixed(1)} ms of work and layout, ` +
      `on the screen after ${median(times.map((it) => it.drawn)).toFixed(1)} ms (medians of ${times.length})`,
  );
  assert.match(await parts.text.inputValue(), /lambda/);
  await parts.open("Roles", "role-00000", "Trust policy");

  // All of it is one step.
  while ((await parts.world.inputValue()) === "imported") await parts.undo.click();
  await parts.says("Every door is open");
  await parts.redo.click();
  assert.equal(await parts.world.inputValue(), "imported");
});

journey("pasted output is added, and told where it is broken", { viewport: { width: 390, height: 780 } }, async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  const { dialog: box, text, add, counts } = await dialog(page);
  const user = '{"UserName": "zoe", "Arn": "arn:aws:iam::111122223333:user/zoe", "Password": "hunter2"}';
  await text.fill(`$ aws iam get-account-authorization-details\n{"UserDetailList": [\n  ${user},\n  {"UserName": "yan`);
  assert.deepEqual(await counts("user"), [1, 0, 0]);
  await box.getByText("pasted text, line 4, column").waitFor();
  await box.getByText("The text stops here in the middle of a document").waitFor();
  await box.getByText("A secret stands here").waitFor();
  assert.equal(await box.getByText("hunter2").count(), 0);
  assert.equal(await axe(), "");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the screen");
  await add.click();
  await box.waitFor({ state: "hidden" });
  await page.getByRole("navigation").getByRole("button", { name: "Account" }).click();
  await parts.treeItem("zoe").waitFor();
  await parts.treeItem("alice").first().waitFor();
  await parts.undo.click();
  await parts.treeItem("zoe").waitFor({ state: "detached" });
});
