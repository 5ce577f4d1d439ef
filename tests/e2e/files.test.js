// Scenarios as files: saved, opened by button and by drop, saved again into the same file where the browser can; files of
// strangers are answered with a sentence.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { journey } from "./harness.js";
import { openWorld, playground, withoutPickers } from "./playground.js";
import { draft, everywhere, ownDraft } from "./share.js";

const kept = JSON.parse(readFileSync(new URL("../share/links/v2-changed.json", import.meta.url), "utf8"));
const mfa = (page) => page.getByRole("checkbox", { name: "with MFA" });

/** A browser that can, with files that lie in `window.disk`. */
const withPickers = (page) =>
  page.addInitScript(() => {
    window.disk = {};
    const handle = (name) => ({
      name,
      getFile: async () => new File([window.disk[name]], name),
      createWritable: async () => {
        if (window.isReadOnly) throw new DOMException("no", "NotAllowedError");
        let text = "";
        return { write: async (it) => (text += it), close: async () => (window.disk[name] = text) };
      },
    });
    window.showOpenFilePicker = async () => {
      if (!window.chosen) throw new DOMException("none", "AbortError");
      return [handle(window.chosen)];
    };
    window.showSaveFilePicker = async ({ suggestedName }) => handle((window.suggested = suggestedName));
  });

async function fileDialog(page) {
  await page.getByRole("button", { name: "File", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Scenario file" });
  await dialog.getByRole("heading", { name: /^Save/ }).waitFor();
  return dialog;
}

/** Drops files onto the policy, of all places. */
async function drop(page, files) {
  await page.getByRole("textbox", { name: "Policy document" }).waitFor();
  await page.evaluate((files) => {
    const data = new DataTransfer();
    for (const { name, text, times } of files) data.items.add(new File([text.repeat(times ?? 1)], name));
    const target = document.querySelector("#policy-text");
    for (const type of ["dragover", "drop"]) {
      target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true, composed: true }));
    }
  }, files);
}

journey("a scenario is saved as a file and opened from it by button", async (tools) => {
  const { page, axe, context } = tools;
  await withoutPickers(page);
  const parts = await openWorld(tools, "working-studio");
  await mfa(page).uncheck();
  const dialog = await fileDialog(page);
  assert.equal(await axe(), "");
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save as file" }).click();
  const path = await (await download).path();
  await dialog.getByText("is in your downloads").waitFor();
  const saved = JSON.parse(readFileSync(path, "utf8"));
  assert.equal(saved.rolewalk, 2);
  assert.equal(saved.choice.mfa, false);
  await dialog.getByRole("button", { name: "Close" }).click();

  // In another tab, over work of one's own, which undo brings back.
  const other = await context.newPage();
  await withoutPickers(other);
  await ownDraft({ page: other, open: (path) => other.goto(tools.address + path) });
  const opening = await fileDialog(other);
  await opening.getByLabel("A scenario’s file").setInputFiles({ name: "mine.json", mimeType: "application/json", buffer: readFileSync(path) });
  await other.getByText("The file’s scenario is open").waitFor();
  await opening.waitFor({ state: "hidden" });
  const theirs = playground(other);
  assert.equal(await theirs.textNow(), await parts.textNow());
  assert.match(await theirs.world.evaluate((it) => it.selectedOptions[0].textContent), /A working studio/);
  const again = await fileDialog(other);
  await again.getByText("as mine.json, in your downloads").waitFor();
  await again.getByRole("button", { name: "Close" }).click();
  await theirs.undo.click();
  assert.equal(await theirs.world.inputValue(), "wrong-trust");
  // The schema that the dialog names is there.
  const schema = await other.request.get(`${tools.address}scenario.schema.json`);
  assert.equal((await schema.json()).title, "Rolewalk scenario");
});

journey("a file that was opened is saved again into the same file", async (tools) => {
  const { page, axe } = tools;
  await withPickers(page);
  const parts = await openWorld(tools, "working-studio");
  // Nobody chooses one.
  let dialog = await fileDialog(page);
  await dialog.getByRole("button", { name: "Open a file …" }).click();
  await page.evaluate((text) => {
    window.disk["ours.rolewalk.json"] = text;
    window.disk["bad.rolewalk.json"] = "{";
    window.chosen = "bad.rolewalk.json";
  }, JSON.stringify(kept.scenario));
  await dialog.getByRole("button", { name: "Open a file …" }).click();
  await dialog.getByRole("alert").getByText("this is not JSON").waitFor();
  await page.evaluate(() => (window.chosen = "ours.rolewalk.json"));
  await dialog.getByRole("button", { name: "Open a file …" }).click();
  await page.getByText("The file’s scenario is open").waitFor();
  await mfa(page).uncheck();
  dialog = await fileDialog(page);
  assert.equal(await axe(), "");
  await dialog.getByRole("button", { name: "Save in ours.rolewalk.json" }).click();
  await dialog.getByText("Saved in ours.rolewalk.json.").waitFor();
  const disk = (name) => page.evaluate((name) => JSON.parse(window.disk[name]), name);
  assert.deepEqual(await disk("ours.rolewalk.json"), { ...kept.scenario, choice: { ...kept.scenario.choice, mfa: false } });
  // A file that may not be written says so.
  await page.evaluate(() => (window.isReadOnly = true));
  await dialog.getByRole("button", { name: "Save in ours.rolewalk.json" }).click();
  await dialog.getByText("would not write into ours.rolewalk.json").waitFor();
  await page.evaluate(() => (window.isReadOnly = false));
  await dialog.getByRole("button", { name: "Close" }).click();

  // What was there before the file was opened does not belong to it.
  await parts.undo.click();
  await parts.undo.click();
  dialog = await fileDialog(page);
  assert.equal(await dialog.getByRole("button", { name: /^Save in/ }).count(), 0);
  await dialog.getByRole("button", { name: "Save as file …" }).click();
  await dialog.getByText("Saved in a-working-studio.rolewalk.json.").waitFor();
  await dialog.getByRole("button", { name: "Save in a-working-studio.rolewalk.json" }).waitFor();
  assert.equal((await disk("a-working-studio.rolewalk.json")).name, "A working studio");
  assert.equal((await disk("ours.rolewalk.json")).choice.mfa, false);
});

journey("a scenario that is dropped opens, and the AWS CLI's output goes on to the import", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "wrong-trust");
  const text = await parts.textNow();
  await drop(page, [{ name: "anything.txt", text: JSON.stringify(kept.scenario) }]);
  await page.getByText("The file’s scenario is open").waitFor();
  await parts.undo.click();
  assert.equal(await parts.world.inputValue(), "wrong-trust");
  assert.equal(await parts.textNow(), text);
  const trust = { Version: "2012-10-17", Statement: [] };
  const role = { RoleName: "Dropped", Path: "/", Arn: "arn:aws:iam::111122223333:role/Dropped", AssumeRolePolicyDocument: trust };
  const lists = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [role], Policies: [] };
  await drop(page, [{ name: "account.json", text: JSON.stringify(lists) }]);
  const dialog = page.getByRole("dialog", { name: "Import an account" });
  await dialog.getByText("account.json").first().waitFor();
  await dialog.getByRole("button", { name: "Add to this world" }).click();
  await parts.treeItem(/^Dropped/).waitFor();
});

journey("a world that came from a file is told from the one that it is called as", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await drop(page, [{ name: "mine.json", text: JSON.stringify(kept.scenario) }]);
  await page.getByText("The file’s scenario is open").waitFor();
  const names = await parts.world.evaluate((it) => [...it.options].map((it) => it.textContent));
  assert.deepEqual(names, [...new Set(names)]);
  assert.equal(await parts.world.evaluate((it) => it.selectedOptions[0].textContent), "A working studio (from mine.json)");
});

journey("Ctrl+S saves, without a dialog where the file is known", async (tools) => {
  const { page, open } = tools;
  await withPickers(page);
  await openWorld(tools, "working-studio");
  await mfa(page).uncheck();
  await mfa(page).press("ControlOrMeta+s");
  await page.getByText("Saved as a file.").waitFor();
  const mfaOf = (name) => page.evaluate((name) => JSON.parse(window.disk[name]).choice.mfa, name);
  assert.equal(await mfaOf("a-working-studio.rolewalk.json"), false);
  await mfa(page).check();
  await mfa(page).press("ControlOrMeta+s");
  await page.getByText("Saved in the file that this scenario came from.").waitFor();
  assert.equal(await mfaOf("a-working-studio.rolewalk.json"), true);
  await page.evaluate(() => (window.isReadOnly = true));
  await page.getByRole("textbox", { name: "Policy document" }).press("ControlOrMeta+s");
  await page.getByText("The browser would not write into the file").waitFor();
  // A shared scenario is saved, too, and never over the file of one's own, though both began as the same world.
  await page.evaluate(() => {
    window.isReadOnly = false;
    const save = window.showSaveFilePicker;
    window.showSaveFilePicker = () => save({ suggestedName: "theirs.rolewalk.json" });
  });
  await open(`#/s/${kept.text}`);
  await page.getByRole("region", { name: "Shared scenario" }).waitFor();
  await page.keyboard.press("ControlOrMeta+s");
  await page.getByText("Saved as a file.").waitFor();
  assert.equal(await mfaOf("theirs.rolewalk.json"), kept.scenario.choice.mfa);
  assert.equal(await mfaOf("a-working-studio.rolewalk.json"), true);
});

journey("Ctrl+S is a download where the browser writes into no files", async (tools) => {
  const { page } = tools;
  await withoutPickers(page);
  const parts = await openWorld(tools, "working-studio");
  await parts.verdict.waitFor();
  await page.getByRole("button", { name: "File", exact: true }).waitFor();
  const download = page.waitForEvent("download");
  await page.keyboard.press("ControlOrMeta+s");
  assert.equal((await download).suggestedFilename(), "a-working-studio.rolewalk.json");
  await page.getByText("Saved as a file.").waitFor();
});

journey("a file of something else says what it is taken for, and what to do with it", async (tools) => {
  const { page, axe } = tools;
  await openWorld(tools, "working-studio");
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] };
  await drop(page, [{ name: "policy.json", text: JSON.stringify(policy) }]);
  const dialog = page.getByRole("dialog", { name: "Import an account" });
  await dialog.getByText("policy.json is no scenario of Rolewalk, so what it holds is taken for output of the AWS CLI").waitFor();
  await dialog.getByText("This is a policy document, and it does not say whose policy it is").waitFor();
  assert.equal(await axe(), "");
  await dialog.getByRole("button", { name: "Close" }).click();
  // Who comes to import has no need of that.
  await page.getByRole("button", { name: "Import" }).click();
  await dialog.getByRole("textbox").waitFor();
  assert.equal(await dialog.getByText("is no scenario").count(), 0);
});

journey("of a folder of thousands of files it is said that not all are read", async (tools) => {
  const { page } = tools;
  await openWorld(tools, "working-studio");
  await page.getByRole("button", { name: "File", exact: true }).waitFor();
  // A folder cannot be put into a `DataTransfer` by script: its entries answer as a browser's do.
  await page.evaluate(() => {
    const files = Array.from({ length: 2001 }, (_, n) => ({
      isDirectory: false,
      fullPath: `/many/${n}.txt`,
      file: (then) => then(new File(["nothing"], `${n}.txt`)),
    }));
    const folder = {
      isDirectory: true,
      fullPath: "/many",
      createReader: () => ({ readEntries: (then) => then(files.splice(0, 100)) }),
    };
    DataTransferItem.prototype.webkitGetAsEntry = () => folder;
    const data = new DataTransfer();
    data.items.add(new File([""], "many"));
    document.querySelector("#main").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  const dialog = page.getByRole("dialog", { name: "Import an account" });
  await dialog.getByText("The folder holds more than 2000 files, and the rest was left out").waitFor();
});

journey("a file that is dropped where none is opened is answered, and the page stays", async (tools) => {
  const { page, open } = tools;
  const says = page.getByText("This page opens no files.");
  const dropHere = () =>
    page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(["{}"], "a.json"));
      const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
      document.querySelector("#main").dispatchEvent(event);
      return event.defaultPrevented;
    });
  for (const [address, there] of [
    [`#/s/${kept.text}`, page.getByRole("region", { name: "Shared scenario" })],
    ["#/learn/default-deny", page.getByRole("region", { name: "Verdict" })],
    ["#/learn", page.getByRole("heading", { level: 1 })],
  ]) {
    await open(address);
    await there.first().waitFor();
    await page.locator("#main").waitFor();
    assert.ok(await dropHere(), address);
    await says.waitFor();
  }
});

const script = `"><img src=x onerror="window.hit=1"><script>window.hit=1</script>`;
for (const [name, file, says] of [
  ["is not JSON", { name: "a.rolewalk.json", text: "hello" }, "this is not JSON"],
  ["is empty", { name: "a.rolewalk.json", text: "" }, "this is not JSON"],
  ["is cut off", { name: "a.json", text: `{"rolewalk": 2, "name": "x"` , isOther: true }, "Nothing that could be imported"],
  ["is of a newer format", { name: "a.json", text: `{"rolewalk": 99}` }, "has format 99"],
  ["has a field of its own", { name: "a.json", text: JSON.stringify({ ...kept.scenario, more: 1 }) }, "unknown field more"],
  ["is nested deep", { name: "a.rolewalk.json", text: `{"world":`, times: 100_000 }, "this is not JSON"],
  ["is a megabyte of brackets", { name: "a.rolewalk.json", text: "[", times: 1_000_000 }, "this is not JSON"],
  ["is a megabyte of text", { name: "a.rolewalk.json", text: "x", times: 1_000_000 }, "this is not JSON"],
  ["has a script for a name", { name: `${script.replaceAll("/", "")}.rolewalk.json`, text: "{}" }, "not a Rolewalk scenario"],
]) {
  journey(`a file that ${name} is told, and one's own work is untouched`, async (tools) => {
    const { page, axe } = tools;
    const before = await ownDraft(tools);
    await drop(page, [file]);
    const dialog = page.getByRole("dialog", { name: file.isOther ? "Import an account" : "Scenario file" });
    await dialog.getByText(says).first().waitFor();
    if (!file.isOther) await dialog.getByRole("alert").getByText("What to do:").waitFor();
    assert.equal(await axe(), "");
    await dialog.getByRole("button", { name: "Close" }).click();
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.evaluate(() => window.hit), undefined);
    assert.equal(await draft(page), before);
  });
}

journey("what looks like a script in a file is text, and long texts are read", async (tools) => {
  const { page } = tools;
  const before = await ownDraft(tools);
  const hostile = { ...everywhere(kept.scenario, script), invitation: { text: script, changes: [] } };
  hostile.world.home.roles[0].trustPolicy = `${script}${" ".repeat(1_000_000)}`;
  await drop(page, [{ name: "big.json", text: JSON.stringify(hostile) }]);
  await page.getByText("The file’s scenario is open").waitFor();
  for (const item of await page.getByRole("treeitem").all()) {
    if (await item.isVisible()) await item.click();
  }
  assert.equal(await page.locator("img, script:not([src]):not([type])").count(), 0);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.waitForFunction((before) => JSON.stringify(JSON.parse(localStorage.rolewalk).draft.scenario) === before, before);
});

for (const colorScheme of ["light", "dark"]) {
  journey(`the file dialog on a phone in ${colorScheme}`, { viewport: { width: 390, height: 844 }, colorScheme, hasTouch: true }, async (tools) => {
    const { page, axe } = tools;
    await openWorld(tools, "working-studio");
    await fileDialog(page);
    assert.equal(await axe(), "");
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
    assert.ok(!isWide, "scrolls sideways");
  });
}

journey("a file that names AWS managed policies without their text gets them, and opens without where they are not to be had", async (tools) => {
  const { page, requests, expectError } = tools;
  const parts = await openWorld(tools, "working-studio");
  const asked = () => requests.filter((it) => it.includes("managed-policies.json")).length;
  const scenario = structuredClone(kept.scenario);
  const role = scenario.world.home.roles[0];
  role.attachedPolicies = [...(role.attachedPolicies ?? []), "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"];
  const file = [{ name: "with.rolewalk.json", text: JSON.stringify(scenario) }];
  const held = async () => {
    const policies = JSON.parse(await draft(page)).world.home.policies ?? [];
    return policies.filter((it) => it.arn === "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess").length;
  };
  const isOpen = () => page.waitForFunction(() => JSON.parse(localStorage.getItem("rolewalk") ?? "{}").draft?.origin === "file:with.rolewalk.json");

  await page.route("**/managed-policies.json*", (route) => route.abort());
  expectError(/Failed to load resource|managed-policies/);
  await drop(page, file);
  await page.getByText("The file’s scenario is open").waitFor();
  await isOpen();
  assert.equal(await held(), 0);
  await parts.undo.click();
  await page.unroute("**/managed-policies.json*");

  const before = asked();
  await drop(page, file);
  await page.getByText("The file’s scenario is open").waitFor();
  await isOpen();
  await page.waitForFunction(() => localStorage.getItem("rolewalk").split("policy/AmazonS3ReadOnlyAccess").length > 2);
  assert.equal(await held(), 1);
  assert.ok(asked() > before);
  await page.getByRole("dialog").waitFor({ state: "hidden" });
});
