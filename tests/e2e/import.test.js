// An account of 200 roles comes in through the dialog, and the page works with it as with a small one.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { journey } from "./harness.js";
import { openWorld, playground } from "./playground.js";

// `cargo xtask test browser` writes it. The figures for more roles:
//     cargo run -p rolewalk-tests --example generate_account 5000 > account.json
//     ROLEWALK_ACCOUNT=account.json node --test import.test.js
const ACCOUNT = process.env.ROLEWALK_ACCOUNT ?? fileURLToPath(new URL("../../target/xtask/account.json", import.meta.url));

/** Opens the dialog and gives its parts. */
async function dialog(page) {
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import an account" });
  await dialog.waitFor();
  // What is in it arrives later.
  await dialog.getByRole("textbox").waitFor();
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
 * to the frame that shows it. People do not type in step with the screen, so each begins at another
 * point of a frame.
 */
async function edits(texts) {
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  const task = () => new Promise((next) => setTimeout(next));
  const area = document.querySelector("#policy-text");
  const times = [];
  for (let n = 0; n < 31; n += 1) {
    const text = texts[n % texts.length];
    await frame();
    const start = performance.now() + (n % 16);
    while (performance.now() < start) await task();
    const before = performance.now();
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    // What follows from an edit follows in microtasks.
    for (let hop = 0; hop < 20; hop += 1) await Promise.resolve();
    document.body.getBoundingClientRect();
    const work = performance.now() - before;
    await frame();
    times.push({ work, drawn: performance.now() - before });
    await task();
    const [service] = text.match(/[a-z]+\.amazonaws/);
    if (!document.querySelector(".code").textContent.includes(service)) throw new Error("the edit is not on the page");
  }
  return times;
}

/** The time that so many of a hundred do not exceed, in milliseconds. */
const percentile = (all, share) => [...all].sort((a, b) => a - b)[Math.ceil((all.length * share) / 100) - 1];

/** `6.9 ms (95 %: 8.2 ms)`. */
const figures = (all) => `${percentile(all, 50).toFixed(1)} ms (95 %: ${percentile(all, 95).toFixed(1)} ms)`;

/** Hands a file over as the file field does. */
const CHOOSE = `const files = new DataTransfer();
  files.items.add(new File([argument], "account.json"));
  const field = document.querySelector("#import-files");
  field.files = files.files;
  field.dispatchEvent(new Event("change"));`;

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
  const isRead = `document.querySelector("#import td") !== null && document.querySelector("#import [role=status]") === null`;
  const [read] = await timed(page, CHOOSE, text, isRead);
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
  console.log(`${text.length} bytes with ${nRoles} roles: read in ${Math.round(read)} ms, opened in ${Math.round(opened)} ms`);

  // The page with it: the tree, an edit, its verdict.
  assert.match(await parts.world.inputValue(), /^imported:/);
  await parts.open("Roles", "role-00000", "Trust policy");
  const original = await parts.textNow();
  assert.match(original, /sagemaker\.amazonaws\.com/);
  const edited = ["lambda", "glue"].map((it) => original.replace("sagemaker.amazonaws", `${it}.amazonaws`));
  const times = await page.evaluate(edits, edited);
  console.log(
    `an edit with ${nRoles} roles: ${figures(times.map((it) => it.work))} of work and layout, ` +
      `on the screen after ${figures(times.map((it) => it.drawn))} (medians of ${times.length})`,
  );
  assert.match(await parts.textNow(), /lambda/);
  await parts.open("Roles", "role-00000", "Trust policy");

  // All of it is one step.
  while ((await parts.world.inputValue()).startsWith("imported:")) await parts.undo.click();
  await parts.says("Every door is open");
  await parts.redo.click();
  assert.match(await parts.world.inputValue(), /^imported:/);
});

journey("one of hundreds of roles is found by keyboard, and only the walk is shown", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  const { files, counts, alone } = await dialog(page);
  await files.setInputFiles(ACCOUNT);
  const [nRoles] = await counts("roles");
  await alone.click();
  // Not the execution roles below the profiles.
  const roles = parts.tree.locator('.level-4[id^="tree-account/iam/roles/role-"]');

  // A long list shows its first things, and says how many there are.
  await parts.open("Roles", "role-00001");
  const more = parts.treeItem("Show ");
  await more.first().waitFor();
  assert.ok((await roles.count()) < 60);
  const last = parts.treeItem(/^Show \d+ more/).first();
  assert.equal(await last.getAttribute("aria-setsize"), String(nRoles + 1));
  const first = await roles.count();
  await last.click();
  await roles.nth(first + 50).waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "treeitem");

  // `/` leads into the field, arrows into what is found, Esc back to everything.
  await page.keyboard.press("/");
  const field = page.getByRole("searchbox", { name: "Search the account" });
  await page.waitForFunction(() => document.activeElement.id === "tree-search");
  const [search] = await timed(
    page,
    `const field = document.querySelector("#tree-search");
     field.value = argument;
     field.dispatchEvent(new Event("input", { bubbles: true }));`,
    "role role-00123",
    `document.querySelector("#tree-found").textContent === "1 found"`,
  );
  console.log(`found one of ${nRoles} roles in ${search.toFixed(1)} ms`);
  assert.equal(await roles.count(), 1);
  assert.equal(await axe(), "");
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.activeElement.id.endsWith("role-00123"));
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: /role-00123/ }).or(page.getByRole("heading", { name: /role-00123/ })).first().waitFor();
  await field.fill("no such thing");
  await page.getByText("Nothing found.").waitFor();
  assert.equal(await axe(), "");
  await field.press("Escape");
  assert.equal(await field.inputValue(), "");
  await parts.treeItem("AWS services").waitFor();

  await page.getByRole("checkbox", { name: "On this walk" }).check();
  await page.getByText("on this walk", { exact: false }).first().waitFor();
  assert.ok((await parts.tree.getByRole("treeitem").count()) < 20);
  assert.equal(await axe(), "");
});

journey("a file is dropped, and one of 50 MB is read or refused while the world stays", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  const { dialog: box, counts } = await dialog(page);
  const drop = `const files = new DataTransfer();
    files.items.add(new File([argument], "dropped.json"));
    document.querySelector(".import-drop").dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));`;
  const user = (name) => `{"UserName": "${name}", "Arn": "arn:aws:iam::111122223333:user/${name}"}`;
  await page.evaluate(([drop, text]) => new Function("argument", drop)(text), [drop, `{"UserDetailList": [${user("zoe")}]}`]);
  assert.deepEqual(await counts("user"), [1, 0, 0]);
  await box.getByText("dropped.json").waitFor();

  // 50 MB: made in the page, which is faster than handing them over.
  const large = `const list = new Array(argument).fill(null).map((_, n) => \`{"UserName": "user-\${n}", "Arn": "arn:aws:iam::111122223333:user/user-\${n}", "Path": "/", "Notes": "\${"x".repeat(10_000)}"}\`);
    const text = \`{"UserDetailList": [\${list.join(",\\n")}]}\`;
    const files = new DataTransfer();
    files.items.add(new File([text], "large.json"));
    document.querySelector(".import-drop").dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));`;
  const [read] = await timed(page, large, 5_000, `[...document.querySelectorAll("#import td")].some((it) => it.textContent === "5001")`);
  console.log(`50 MB: read in ${Math.round(read)} ms`);

  // What is larger is refused before it is read.
  await page.evaluate(([drop]) => new Function("argument", drop)("x".repeat(70_000_000)), [drop]);
  await box.getByText("larger than 64 MB: dropped.json. Import it in parts.").waitFor();
  await page.keyboard.press("Escape");
  await box.waitFor({ state: "hidden" });
  await parts.says("Every door is open");
  await parts.treeItem("alice").first().waitFor();
  assert.equal(await parts.world.inputValue(), "working-studio");
});

journey("a file is taken out again, and one given again takes the place of the earlier one", async (tools) => {
  const { page, axe } = tools;
  await openWorld(tools, "working-studio");
  const { dialog: box, files, counts } = await dialog(page);
  const file = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  const account = '{"UserDetailList": [{"UserName": "zoe", "Arn": "arn:aws:iam::111122223333:user/zoe"}]}';
  const key = '{"Policy": "{\\"Statement\\": []}", "PolicyName": "default"}';
  const takeOut = (name) => box.getByRole("button", { name: `Take out ${name}`, exact: true });
  const focusIsOn = (name) => page.waitForFunction((name) => document.activeElement.getAttribute("aria-label") === `Take out ${name}`, name);

  // One of them under a wrong name: its error goes with it, not with the right one's coming.
  // One by one: files of one choice come as they are read.
  await files.setInputFiles(file("account.json", account));
  assert.deepEqual(await counts("user"), [1, 0, 0]);
  await files.setInputFiles(file("key.json", key));
  const nameless = box.getByText("The policy does not say of which key it is");
  await nameless.waitFor();
  assert.ok((await files.boundingBox()).width <= 1, "what the browser says of the last choice alone is not shown");
  await files.setInputFiles(file("key-1234abcd.json", key));
  assert.deepEqual(await counts("key policy"), [1, 0, 0]);
  assert.equal(await nameless.count(), 1);
  assert.equal(await axe(), "");
  await takeOut("key.json").click();
  await nameless.waitFor({ state: "detached" });
  await takeOut("key.json").waitFor({ state: "detached" });
  await focusIsOn("key-1234abcd.json");
  assert.deepEqual(await counts("user"), [1, 0, 0]);

  // Broken, and again whole, under the same name.
  await files.setInputFiles(file("account.json", account.slice(0, -2)));
  const cut = box.getByText("The text stops here");
  await cut.waitFor();
  await files.setInputFiles(file("account.json", account));
  await cut.waitFor({ state: "detached" });
  assert.deepEqual(await counts("user"), [1, 0, 0]);
  assert.equal(await box.getByRole("button", { name: /^Take out/ }).count(), 2);

  // By keyboard, to the last: the focus stays in the dialog, and nothing of the files in it.
  await takeOut("account.json").focus();
  await page.keyboard.press("Enter");
  await focusIsOn("key-1234abcd.json");
  await box.getByRole("row", { name: "user" }).waitFor({ state: "detached" });
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "import-files");
  await box.getByRole("heading", { name: "What it brings" }).waitFor({ state: "detached" });
  assert.equal(await box.getByRole("button", { name: /^Take out/ }).count(), 0);
});

journey("pasted output is added, and told where it is broken", { viewport: { width: 390, height: 780 } }, async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  const { dialog: box, text, add, counts } = await dialog(page);
  const user = '{"UserName": "zoe", "Arn": "arn:aws:iam::111122223333:user/zoe", "Password": "hunter2"}';
  await text.fill(`$ aws iam get-account-authorization-details\n{"UserDetailList": [\n  ${user},\n  {"UserName": "yan`);
  assert.deepEqual(await counts("user"), [1, 0, 0]);
  await box.getByText("pasted text, line 4, column").waitFor();
  await box.getByText("The text stops here in the middle of").waitFor();
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

const IAM_ALONE = JSON.stringify({
  UserDetailList: [
    {
      UserName: "zoe",
      Arn: "arn:aws:iam::555566667777:user/zoe",
      Path: "/",
      UserPolicyList: [
        {
          PolicyName: "read",
          PolicyDocument: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: ["s3:List*", "s3:GetObject"], Resource: "arn:aws:s3:::team-data/*" }],
          },
        },
      ],
      GroupList: [],
      AttachedManagedPolicies: [],
    },
  ],
  GroupDetailList: [],
  RoleDetailList: [],
  Policies: [],
});

journey("an account without Studio opens in the region that is chosen, with a call that its policy allows", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  const { dialog: box, text, alone } = await dialog(page);
  await text.fill(IAM_ALONE);
  const region = box.getByRole("combobox", { name: "Region of a new world" });
  await region.selectOption("eu-central-1");
  // What only one of the two ways comes to is told before it is gone.
  await box.getByText("The output does not say which users have a password").first().waitFor();
  assert.equal(await axe(), "");
  await alone.click();
  await box.waitFor({ state: "hidden" });
  await parts.says("No door is shut, but not all could be judged");
  const what = page.getByRole("combobox", { name: "What is done" });
  assert.equal(await what.evaluate((it) => it.selectedOptions[0].textContent), "makes one API call");
  assert.equal(await page.getByRole("textbox", { name: "Action" }).inputValue(), "s3:GetObject");
  assert.equal(await page.getByRole("textbox", { name: "Resource" }).inputValue(), "arn:aws:s3:::team-data/example");
  await parts.treeItem(/^Account/).getByText("eu-central-1").first().waitFor();

  // What begins in Studio has none to begin in: that is said, and one is added.
  await what.selectOption({ label: "opens Studio" });
  await parts.says("Stopped at door", "There is no domain yet.");
  assert.equal(await page.getByText(/user-profile\/\/|domain\/$/).count(), 0);
  assert.equal(await axe(), "");
  await parts.verdict.getByRole("button", { name: "Add a domain" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).waitFor();
  await parts.says("is not authorized to perform: sagemaker:ListDomains");
});

journey("an error in place of an output, and a text that is cut off, are told as what they are", async (tools) => {
  const { page } = tools;
  await openWorld(tools, "working-studio");
  const { dialog: box, text } = await dialog(page);
  await text.fill(
    "An error occurred (AccessDenied) when calling the GetAccountAuthorizationDetails operation: User: arn:aws:iam::555566667777:user/ben " +
      "is not authorized to perform: iam:GetAccountAuthorizationDetails on resource: *",
  );
  await box.getByText("AWS does not let").waitFor();
  await box.getByText("arn:aws:iam::555566667777:user/ben", { exact: true }).waitFor();
  await box.getByText("paste it into the Library").waitFor();
  await text.fill(`${IAM_ALONE.slice(0, IAM_ALONE.indexOf('"RoleDetailList"'))}"RoleDetailList": [{"RoleName": "ru`);
  const note = box.getByRole("listitem").filter({ hasText: "The text stops here in the middle of RoleDetailList" });
  assert.match(await note.textContent(), /Policies is not in it/);

  await box.getByRole("button", { name: "Which commands" }).click();
  for (const command of ["s3api list-buckets", "> bucket-encryption-$NAME.json; done", "iam get-login-profile", "sagemaker list-domains", "--filter RESOURCE_CONTROL_POLICY > target-ID"]) {
    await box.getByText(command).first().waitFor();
  }
});

journey("what an import did not bring is said, and gets no green tick", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  const { text, alone } = await dialog(page);
  await text.fill(IAM_ALONE);
  await alone.click();
  await page.getByText("The import brought no SageMaker domain, no user profile, no S3 bucket and no ECR repository.").waitFor();
  await parts.says("No door is shut, but not all could be judged", "what could not be judged is at API call", "There is no S3 bucket team-data in this world");
  await parts.doorButton(/calls, about/).click();
  await page.getByRole("list", { name: "Doors", exact: true }).getByText("There is no S3 bucket team-data in this world").first().waitFor();
  assert.equal(await parts.verdict.getByText("Every door is open").count(), 0);
  const ideas = page.getByRole("region", { name: "Mental model" }).getByRole("listitem");
  assert.match(await ideas.filter({ hasText: "Domain" }).innerText(), /not on this walk/);
  assert.equal(await ideas.filter({ hasText: "Open" }).count(), 0);
  assert.equal(await axe(), "");
});

journey("what was said of an import is not said over another world, nor once it is taken back", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  const said = page.getByText("The import is in the world. Undo takes it out again.");
  const gone = () => said.waitFor({ state: "detached" });
  const imports = async (way) => {
    const { text, [way]: button } = await dialog(page);
    await text.fill('{"UserDetailList": [{"UserName": "zoe", "Arn": "arn:aws:iam::111122223333:user/zoe"}]}');
    await button.click();
    await said.waitFor();
  };
  await imports("alone");
  await parts.world.selectOption("working-studio");
  await gone();
  // What Undo would take out is the world, not the import.
  await parts.undo.click();
  await parts.treeItem("alice").first().waitFor({ state: "detached" });
  assert.equal(await said.count(), 0);
  await parts.world.selectOption("working-studio");
  await imports("add");
  await page.getByRole("button", { name: "Start over" }).click();
  await gone();
  await imports("add");
  await parts.undo.click();
  await gone();
});

journey("the browser's Back tells two imported accounts from each other", async (tools) => {
  const { page } = tools;
  await openWorld(tools, "working-studio");
  const parts = playground(page);
  const trust = { Version: "2012-10-17", Statement: [] };
  const opened = async (id) => {
    const into = await dialog(page);
    const account = { RoleDetailList: [{ RoleName: "Job", Path: "/", Arn: `arn:aws:iam::${id}:role/Job`, AssumeRolePolicyDocument: trust }] };
    await into.text.fill(JSON.stringify(account));
    await into.alone.click();
    await parts.treeItem(new RegExp(id)).waitFor();
  };
  await opened("555566667777");
  await opened("888899990000");
  assert.equal(await parts.treeItem(/555566667777/).count(), 0);
  await page.evaluate(() => history.back());
  await parts.treeItem(/555566667777/).waitFor();
  await page.evaluate(() => history.forward());
  await parts.treeItem(/888899990000/).waitFor();
});

journey("what AWS keeps is taken from the library, which is fetched when a text names it", async (tools) => {
  const { page, axe, requests } = tools;
  const parts = await openWorld(tools, "working-studio");
  const asked = () => requests.filter((it) => it.includes("managed-policies.json")).length;
  const { text, dialog: box, alone, add, counts } = await dialog(page);
  const attached = (name) => [{ PolicyName: name, PolicyArn: `arn:aws:iam::aws:policy/${name}` }];
  const account = (name) => ({ UserDetailList: [{ UserName: "erin", Arn: "arn:aws:iam::555566667777:user/erin", AttachedManagedPolicies: attached(name) }] });
  await text.fill(JSON.stringify(account("AmazonSageMakerFullAccess")));
  assert.deepEqual(await counts("user"), [1, 0, 0]);
  assert.equal(asked(), 0, "it is here from the start");
  await text.fill(JSON.stringify(account("AmazonNoSuchAccess")));
  await box.getByText("neither imported nor kept here").first().waitFor();
  await text.fill(JSON.stringify(account("AmazonS3ReadOnlyAccess")));
  assert.deepEqual(await counts("managed policy"), [1, 0, 0]);
  assert.equal(await box.getByText("neither imported nor kept here").count(), 0);
  assert.equal(asked(), 1);
  // It is of another account, so a world of its own is what most want.
  assert.match(await alone.getAttribute("class"), /primary/);
  assert.doesNotMatch(await add.getAttribute("class"), /primary/);
  assert.equal(await axe(), "");
  await alone.click();
  await parts.open("erin", "AmazonS3ReadOnlyAccess");
  await parts.isRich();
  assert.match(await parts.textNow(), /s3:Describe\*/);
});
