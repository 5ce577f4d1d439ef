// What the editor knows: completion, findings with quick fixes, what stands at a place, which statements decide.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { journey } from "./harness.js";
import { openWorld, textNow } from "./playground.js";

/** Takes the completion with that label from the list, with the keyboard alone. */
async function accept(page, label) {
  // While what was typed last is looked up, the list takes no keys.
  const list = page
    .locator(".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)")
    .getByRole("listbox", { name: "Completions" });
  const selected = list.locator("[aria-selected=true] .cm-completionLabel");
  const before = await textNow(page);
  await page.keyboard.press("Control+Space");
  await list.waitFor().catch((error) => {
    throw new Error(`nothing is offered where ${label} should be:\n${before}`, { cause: error });
  });
  // A long list is made short by typing.
  const [, name] = label.match(/^\w+:(\w{4})/) ?? [];
  if (name && (await list.getByRole("option").count()) > 50) {
    await page.keyboard.type(name);
    await list.getByText(label, { exact: true }).first().waitFor();
  }
  const seen = [];
  for (;;) {
    const now = await selected.textContent().catch((error) => {
      throw new Error(`the list closed before ${label}, after ${seen.join(", ")}:\n${before}`, { cause: error });
    });
    if (now === label) break;
    seen.push(now);
    assert.ok(seen.length < 150, `${label} is not offered, but ${seen.slice(0, 20).join(", ")}`);
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await page.waitForFunction((before) => document.querySelector("#policy-text").value !== before, before);
}

/** Puts a text in place of the whole one and waits for it. */
async function write(parts, text) {
  await parts.paste(text);
  await parts.becomes(text);
}

const identity = (statement) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2);

journey("a finding is underlined, told under the pointer, reached by key, explained and fixed", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  await parts.open("Account", /^UseDataKey/);
  await parts.isRich();
  await write(
    parts,
    identity({
      Effect: "Allow",
      Action: ["s3:getobject", "s3:GetObject"],
      Resource: "arn:aws:s3:::acme-sagemaker-churn",
    }),
  );
  const finding = parts.findings.getByRole("listitem").filter({ hasText: "action-case" });
  await finding.waitFor();
  assert.equal(await axe(), "");
  assert.ok((await page.locator(".cm-mark.is-suggestion, .cm-mark.is-warning").count()) > 0);
  assert.ok((await page.locator(".cm-signs .cm-sign.is-warning").count()) > 0);

  // By key, and read out.
  await parts.text.press("ControlOrMeta+Home");
  await page.keyboard.press("F8");
  await page.locator(".cm-announced").filter({ hasText: /^Line \d+: (Error|Warning|Suggestion): / }).waitFor({ state: "attached" });
  const first = await parts.selects(/./);
  await page.keyboard.press("F8");
  await page.waitForFunction((first) => {
    const { value, selectionStart, selectionEnd } = document.querySelector("#policy-text");
    return value.slice(selectionStart, selectionEnd) !== first;
  }, first);
  await page.keyboard.press("Shift+F8");
  await parts.selects(/./);

  // The card at the caret: what is wrong, and what mends it.
  await page.keyboard.press("F1");
  const card = page.getByRole("dialog", { name: /About this place/ });
  await card.waitFor();
  assert.equal(await axe(), "");
  await page.keyboard.press("Escape");
  await card.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "policy-text");

  // What it means, in the page.
  await finding.getByRole("button", { name: "What action-case means" }).click();
  const meaning = page.getByRole("dialog", { name: "What this finding means" });
  await meaning.getByText("other letters than AWS writes it").waitFor();
  assert.equal(await axe(), "");
  await meaning.getByRole("button", { name: "Close" }).click();

  // Fixed until nothing that can be fixed is left; each is one step of undo.
  const fixes = parts.findings.locator(".finding-fix");
  let n = 0;
  while ((await fixes.count()) > 0) {
    const before = await parts.textNow();
    await fixes.first().click();
    await page.waitForFunction((before) => document.querySelector("#policy-text").value !== before, before);
    n += 1;
    assert.ok(n < 10, before);
  }
  assert.ok(n >= 3, `only ${n} findings could be fixed:\n${await parts.textNow()}`);
  const mended = JSON.parse(await parts.textNow()).Statement[0];
  assert.deepEqual([mended.Action].flat(), ["s3:GetObject"]);
  assert.deepEqual([mended.Resource].flat(), ["arn:aws:s3:::acme-sagemaker-churn/*"]);
  for (let left = n; left > 0; left -= 1) {
    assert.match(await parts.undo.getAttribute("title").then((it) => it ?? ""), /./);
    await parts.undo.click();
  }
  await page.waitForFunction(() => document.querySelector("#policy-text").value.includes("s3:getobject"));
});

journey("the card under the pointer makes room for the one that is asked for", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  const word = page.locator(".cm-line").getByText("sts:AssumeRole", { exact: false }).last();
  await word.click();
  await word.hover();
  const under = page.locator(".cm-tooltip-hover");
  await under.waitFor();
  await page.keyboard.press("F1");
  await page.getByRole("dialog", { name: /About this place/ }).waitFor();
  await under.waitFor({ state: "detached" });
  assert.equal(await page.locator(".cm-card").count(), 1);
});

journey("that nothing was found is said once something has looked", async (tools) => {
  const { page } = tools;
  let go;
  const held = new Promise((then) => (go = then));
  await page.route("**/data/catalogue/**", async (route) => {
    await held;
    await route.continue();
  });
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  await parts.findings.getByText("Not looked at yet").waitFor();
  assert.equal(await parts.findings.getByText("No findings").count(), 0);
  go();
  await parts.findings.getByText("No findings").waitFor();
});

journey("how many findings there are is said once one rests, and the title follows every key", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  const title = parts.findings.locator(".findings-title");
  await title.getByText("No findings").waitFor();
  await page.evaluate(() => {
    const section = document.querySelector("#policy-findings");
    const note = (log, part) => new MutationObserver(() => log.push(part.textContent.trim())).observe(part, { childList: true, characterData: true, subtree: true });
    window.spoken = [];
    window.shown = [];
    for (const part of section.querySelectorAll("[aria-live], [role=status], [role=alert]")) note(window.spoken, part);
    note(window.shown, section.querySelector(".findings-title"));
  });
  const at = (await parts.textNow()).indexOf("sagemaker.amazonaws");
  await parts.text.evaluate((it, at) => (it.focus(), it.setSelectionRange(at, at + "sagemaker".length)), at);
  // Half of the word is the name of no service; what comes of the whole one is said.
  await page.keyboard.type("lambda");
  await title.getByText("No findings").waitFor();
  await page.keyboard.type("x");
  const said = parts.findings.getByRole("status");
  await said.getByText("Findings in the text: 1.").waitFor();
  const [spoken, shown] = await page.evaluate(() => [window.spoken, window.shown]);
  assert.deepEqual(spoken, ["Findings in the text: 1."]);
  assert.ok(new Set(shown).size > 1 && shown.length > 2, `the title did not follow: ${shown.join(", ")}`);
  await page.keyboard.press("Backspace");
  await said.getByText("Findings in the text: none.").waitFor();
});

journey("a light bulb stands at what can be mended, and Ctrl+. mends it", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  await parts.open("Account", /^UseDataKey/);
  await parts.isRich();
  const text = identity({ Effect: "Allow", Action: "s3:getobject", Resource: "arn:aws:s3:::acme-sagemaker-churn/*" });
  await write(parts, text);
  await parts.findings.getByRole("listitem").filter({ hasText: "action-case" }).waitFor();
  const bulb = page.locator(".cm-signs .cm-sign.is-suggestion", { has: page.locator("svg") });
  await bulb.waitFor();
  assert.match(await bulb.getAttribute("title"), /Quick fix: Ctrl\+\.$/);

  // From anywhere in the line; the focus is on what mends it.
  const at = text.indexOf('"Action"');
  await parts.text.evaluate((it, at) => (it.focus(), it.setSelectionRange(at, at)), at);
  await page.keyboard.press("ControlOrMeta+.");
  const card = page.getByRole("dialog", { name: /About this place/ });
  await card.waitFor();
  assert.equal(await axe(), "");
  await page.waitForFunction(() => document.activeElement.textContent === "Write s3:GetObject");
  await page.keyboard.press("Enter");
  await page.locator(".cm-announced").filter({ hasText: "Done: Write s3:GetObject" }).waitFor({ state: "attached" });
  await parts.becomes(text.replace("getobject", "GetObject"));
  assert.equal(await page.evaluate(() => document.activeElement.id), "policy-text");
  await bulb.waitFor({ state: "detached" });

  // The bulb itself opens the same card.
  await page.keyboard.press("ControlOrMeta+z");
  await bulb.click();
  await card.getByRole("button", { name: "Write s3:GetObject" }).click();
  await bulb.waitFor({ state: "detached" });

  // Where nothing can be mended, the key tells of the place.
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ControlOrMeta+.");
  await page.locator(".cm-announced").filter({ hasText: "Nothing is known of this place" }).waitFor({ state: "attached" });
});

journey("where there is nothing to suggest or to tell, that is said beside the caret, with what to do", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "wrong-trust");
  await parts.isRich();
  // That is where the caret is then: behind what is shown, which is selected.
  await parts.verdict.getByRole("button", { name: /^Show in the/ }).click();
  await parts.selects(/^"Principal"[^]*\}$/);
  const note = page.locator(".cm-card-note");
  const heard = page.locator(".cm-announced");
  await page.getByRole("button", { name: "Suggest", exact: true }).click();
  await note.getByText("There is nothing to suggest here. Put the caret").waitFor();
  await heard.filter({ hasText: "There is nothing to suggest here" }).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "What is this?", exact: true }).click();
  await note.getByText("Nothing is known of this place. Put the caret").waitFor();
  assert.equal(await note.count(), 1);
  await page.keyboard.press("ArrowLeft");
  await note.waitFor({ state: "detached" });
});

/** What is completed for each statement, one after the other: all of them are written by `tests/ide/writing.rs`. */
const TRAINING_JOB = JSON.parse(readFileSync(new URL("../ide/training-job.json", import.meta.url), "utf8"));

journey("the least-privilege policy of the training job is written by completion alone", async (tools) => {
  const { objects, bucket, key, registry } = TRAINING_JOB;
  // The first statement comes with the document, and is about everything already.
  const [first, ...others] = [registry, objects, bucket, key];
  const labels = ["policy", ...first, ...others.flatMap((it) => ["statement that allows", ...it])];
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  await page.getByRole("combobox", { name: "Workload" }).selectOption({ label: "starts a training job" }).catch(() => {});
  await parts.open("Account", /^UseDataKey/);
  await parts.isRich();
  await parts.text.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  assert.equal(await parts.textNow(), "");
  const n_first = 1 + first.length;
  for (const label of labels.slice(0, n_first)) await accept(page, label);
  // Behind what the statement is about the next one begins.
  for (const key of ["ArrowDown", "ArrowDown", "End"]) await page.keyboard.press(key);
  for (const label of labels.slice(n_first)) await accept(page, label);
  const policy = JSON.parse(await parts.textNow());
  const actions = policy.Statement.flatMap((it) => it.Action).sort();
  // Behind a service's prefix comes the name of an action.
  assert.deepEqual(actions, labels.filter((_, idx) => labels[idx - 1]?.endsWith(":")).sort());
  assert.equal(await parts.findings.getByText("Error").count(), 0);
});

journey("completion is named and read out, and is clean", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  await parts.open("Account", /^UseDataKey/);
  await parts.isRich();
  await write(parts, identity({ Effect: "Allow", Action: "s3:Get", Resource: "*" }));
  const at = (await parts.textNow()).indexOf("s3:Get") + "s3:Get".length;
  await parts.text.evaluate((it, at) => {
    it.focus();
    it.setSelectionRange(at, at);
  }, at);
  await page.keyboard.press("Control+Space");
  const list = page.getByRole("listbox", { name: "Completions" });
  await list.waitFor();
  assert.match(await list.ariaSnapshot(), /option ".*s3:GetObject.*(Read|action).*"/i);
  assert.equal(await parts.text.getAttribute("aria-autocomplete"), "list");
  assert.match(await parts.text.getAttribute("aria-activedescendant"), /./);
  assert.equal(await axe(), "");
  // Tab goes on and takes nothing.
  const before = await parts.textNow();
  await page.keyboard.press("Tab");
  assert.equal(await parts.textNow(), before);
});

journey("what stands at a place is told, and a wildcard is written out", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  await parts.open("Account", /^UseDataKey/);
  await parts.isRich();
  await write(parts, identity({ Effect: "Allow", Action: "s3:GetBucketL*", Resource: "*" }));
  const wildcard = page.locator(".cm-line .tok-text", { hasText: "s3:GetBucketL*" });
  await wildcard.hover();
  await page.locator(".cm-card").getByText("s3:GetBucketL*").first().waitFor();
  await page.mouse.move(5, 5);
  const at = (await parts.textNow()).indexOf("GetBucketL*");
  await parts.text.evaluate((it, at) => {
    it.focus();
    it.setSelectionRange(at, at);
  }, at);
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.press("ControlOrMeta+i");
  const card = page.getByRole("dialog", { name: /About this place/ });
  await card.waitFor();
  assert.equal(await axe(), "");
  await card.locator(".cm-card-button").last().click();
  await page.waitForFunction(() => document.querySelector("#policy-text").value.includes("s3:GetBucketLocation"));
  const actions = [JSON.parse(await parts.textNow()).Statement[0].Action].flat();
  assert.ok(actions.includes("s3:GetBucketLogging") && !actions.some((it) => it.includes("*")), actions.join());
});

journey("what decides is marked in the text, and follows the scenario", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  const row = page.getByRole("region", { name: "What the statements come to" });
  await row.getByRole("button", { name: /^✓? ?Allows: SageMakerTakesOnTheRole/ }).waitFor();
  await page.locator(".cm-along.is-allows").first().waitFor();
  await page.getByRole("button", { name: /Try it/ }).click();
  await parts.says("Stopped at door");
  await row.getByRole("button", { name: /Nearly: SageMakerTakesOnTheRole.*rincipal/ }).waitFor();
  await page.locator(".cm-mark.is-failed").first().waitFor();
  assert.equal(await page.locator(".cm-along.is-allows").count(), 0);
  assert.equal(await axe(), "");
  await row.getByRole("button", { name: /Nearly/ }).click();
  await parts.selects(/lambda/);
  // A choice of the scenario, not of the text, changes the marks too.
  await parts.undo.click();
  await page.locator(".cm-along.is-allows").first().waitFor();
  const snapshot = await row.ariaSnapshot();
  assert.match(snapshot, /combobox "Check that the statements are marked for"/);
  assert.match(snapshot, /button "Allows: SageMakerTakesOnTheRole"/);
});
