// A link holds a scenario: made with one click, opened beside one's own work, and whatever a stranger puts into one is
// answered with a sentence.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { journey } from "./harness.js";
import { openWorld, playground, withoutPickers } from "./playground.js";
import { draft, everywhere, ownDraft, packed, shareDialog } from "./share.js";

const here = (path) => new URL(path, import.meta.url);
const kept = (name) => JSON.parse(readFileSync(here(`../share/links/${name}.json`), "utf8"));
const banner = (page) => page.getByRole("region", { name: "Shared scenario" });
const mfa = (page) => page.getByRole("checkbox", { name: "with MFA" });

journey("a changed world becomes a link that opens beside another's work and can be kept", async (tools) => {
  const { page, context, axe } = tools;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const parts = await openWorld(tools, "working-studio");
  const text = (await parts.textNow()).replace("sagemaker.amazonaws.com", "lambda.amazonaws.com");
  await parts.paste(text);
  await parts.says("Stopped at door");
  const { dialog, link } = await shareDialog(page);
  // What it carries is said before anything is copied.
  await dialog.getByText("account ids, names of people and roles").waitFor();
  await link.waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);
  const address = await link.inputValue();
  assert.match(address, /#\/s\/v2\./);
  assert.ok(address.length < 600, address);
  await page.waitForFunction(() => document.activeElement?.textContent === "Copy link");
  await dialog.getByRole("button", { name: "QR code" }).click();
  await dialog.getByRole("img", { name: "QR code of the link to this scenario" }).waitFor();
  assert.equal(await axe(), "");
  await dialog.getByRole("button", { name: "Copy link" }).click();
  await dialog.getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address);
  await dialog.getByRole("button", { name: "Close" }).click();
  // Whoever knows that has the next link with one click.
  await page.evaluate(() => navigator.clipboard.writeText(""));
  await shareDialog(page);
  await dialog.getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address);

  // Somebody else, who works on something of their own.
  const other = await context.browser().newContext({ serviceWorkers: "block" });
  try {
    const theirs = await other.newPage();
    const open = (path) => theirs.goto(tools.address + path);
    const before = await ownDraft({ page: theirs, open });
    await theirs.goto("about:blank");
    await theirs.goto(address);
    await banner(theirs).waitFor();
    const opened = playground(theirs);
    await opened.says("Stopped at door");
    assert.equal(await opened.textNow(), text);
    // What the world's line says is of the world as given, and what it suggests cannot be done any more.
    await theirs.getByText("At the start every door is open").getByText("as given").waitFor();
    assert.equal(await theirs.getByRole("button", { name: /Try it/ }).count(), 0);

    // Edits, undo and a reload stay there.
    await mfa(theirs).uncheck();
    await opened.undo.click();
    assert.ok(await mfa(theirs).isChecked());
    await mfa(theirs).uncheck();
    await theirs.reload();
    await banner(theirs).waitFor();
    assert.ok(await mfa(theirs).isChecked());
    assert.equal(theirs.url(), address);
    assert.equal(await draft(theirs), before);
    await banner(theirs).getByRole("link", { name: "Back to my own" }).click();
    await banner(theirs).waitFor({ state: "detached" });
    assert.ok(!(await mfa(theirs).isChecked()));
    assert.equal(await opened.world.inputValue(), "wrong-trust");

    // Kept, it is one's own, and undo brings back what was there.
    await theirs.goBack();
    await banner(theirs).getByRole("button", { name: "Keep as mine" }).click();
    await theirs.getByText("Undo brings back what you had").waitFor();
    await opened.says("Stopped at door");
    assert.equal(await opened.world.inputValue(), "shared", "it is no world as given");
    await theirs.waitForFunction((before) => JSON.stringify(JSON.parse(localStorage.rolewalk).draft.scenario) !== before, before);
    await opened.undo.click();
    await theirs.getByText("Undo brings back what you had").waitFor({ state: "detached" });
    assert.equal(await opened.world.inputValue(), "wrong-trust");
    assert.ok(!(await mfa(theirs).isChecked()));
    await theirs.waitForFunction((before) => JSON.stringify(JSON.parse(localStorage.rolewalk).draft.scenario) === before, before);
  } finally {
    await other.close();
  }
});

journey("a scenario that is kept stays under its own name, and is no other world started over", async (tools) => {
  const { page, open } = tools;
  await withoutPickers(page);
  // A link may be made from any world that makes it short: here one that has nothing else to do with it.
  await open("#/world/full-access-is-not-full");
  const parts = playground(page);
  await mfa(page).uncheck();
  await page.waitForFunction(() => JSON.parse(localStorage.getItem("rolewalk") ?? "{}").draft);
  const scenario = { ...JSON.parse(await draft(page)), name: "My own" };
  const file = { name: "mine.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(scenario)) };
  await page.getByRole("button", { name: "File", exact: true }).click();
  await page.getByLabel("A scenario’s file").setInputFiles(file);
  await page.getByText("The file’s scenario is open").waitFor();
  const { dialog, link } = await shareDialog(page);
  const address = await link.inputValue();
  assert.match(address, /#\/s\/v2\./);
  await dialog.getByRole("button", { name: "Close" }).click();

  await open(address.slice(address.indexOf("#")));
  await banner(page).getByRole("button", { name: "Keep as mine" }).click();
  await page.getByText("The shared scenario is your own now").waitFor();
  const shown = () => parts.world.evaluate((it) => it.selectedOptions[0].textContent);
  assert.equal(await shown(), "My own (shared)");
  await page.getByRole("button", { name: "Start over" }).click();
  await page.getByText("so there is none as given").waitFor();
  await page.waitForFunction(() => JSON.parse(localStorage.rolewalk).draft.origin === "shared");
  assert.equal(JSON.parse(await draft(page)).name, "My own");
  await page.reload();
  await parts.world.waitFor();
  assert.equal(await shown(), "My own (shared)");

  // What was said of it is not said over another world, nor over that one started over.
  await page.getByRole("button", { name: "Start over" }).click();
  const said = page.getByText("so there is none as given");
  await said.waitFor();
  await parts.world.selectOption("full-access-is-not-full");
  await said.waitFor({ state: "detached" });
});

journey("a shared scenario that is changed says that its line is of how it came", async (tools) => {
  const { page, open } = tools;
  await open(`#/s/${kept("v2-as-it-is").text}`);
  await banner(page).waitFor();
  const parts = playground(page);
  const given = page.locator(".about-text").getByText("as given");
  await parts.verdict.waitFor();
  assert.equal(await given.count(), 0);
  const secret = await mfa(page).isChecked();
  await mfa(page).setChecked(!secret);
  await given.waitFor();
  await parts.undo.click();
  await given.waitFor({ state: "detached" });
});

journey("links of every form that was handed out open", async ({ page, open }) => {
  for (const name of ["v1-whole", "v1-format-1", "v2-as-it-is", "v2-changed"]) {
    const { text, scenario } = kept(name);
    await page.goto("about:blank");
    await open(`#/s/${text}`);
    await banner(page).waitFor();
    await page.getByRole("heading", { level: 1, name: scenario.name }).waitFor();
  }
});

journey("a world of the library is shared as what is different from the library's", async ({ page, open }) => {
  await open("#/world/get-role-missing");
  const { link } = await shareDialog(page);
  const address = await link.inputValue();
  assert.match(address, /#\/s\/v2\./);
  assert.ok(address.length < 1200, `${address.length}`);
  const title = await page.getByRole("combobox", { name: "World" }).evaluate((it) => it.selectedOptions[0].textContent);
  await page.goto("about:blank");
  await page.goto(address);
  await banner(page).waitFor();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
});

journey("what is too long for a link is offered as a file", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  const noise = Array.from({ length: 1500 }, (_, n) => ((n * 2654435761) >>> 0).toString(36)).join(" ");
  await parts.paste(`${await parts.textNow()}\n// ${noise}`);
  const { dialog, link } = await shareDialog(page);
  await dialog.getByText("save it as a file").waitFor();
  assert.equal(await link.count(), 0);
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save as file" }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), "a-working-studio.rolewalk.json");
  const { world } = JSON.parse(readFileSync(await file.path(), "utf8"));
  assert.ok(JSON.stringify(world).includes(noise));
});

const whole = kept("v1-whole").text;
const difference = kept("v2-changed").text;
for (const [name, text, says] of [
  ["empty", "", "this is no shared scenario"],
  ["no link", "hello", "this is no shared scenario"],
  ["cut off", whole.slice(0, 900), "cut off or changed on the way"],
  ["a difference that is cut off", difference.slice(0, -12), "cut off or changed on the way"],
  ["of a wrong checksum", whole.replace(/\.[0-9a-f]{8}$/, ".00000000"), "cut off or changed on the way"],
  ["of a newer version", "v9.abc.def", "of a version that this Rolewalk does not know"],
  ["a bomb", packed("v1", " ".repeat(40_000_000)), "unpacks to more than"],
  ["a bomb of a difference", packed("v2", " ".repeat(40_000_000)), "unpacks to more than"],
  ["a megabyte", `v1.${"A".repeat(1_000_000)}.0`, "a shared scenario at most"],
  ["nested deep", packed("v1", "[".repeat(200_000)), "not a Rolewalk scenario"],
  ["nothing but an object", packed("v1", "{}"), "not a Rolewalk scenario"],
  ["of a newer format", packed("v1", { rolewalk: 99 }), "has format 99"],
  ["made from a world that is not here", packed("v2", ["<img src=x onerror=alert(1)>", "00000000"]), "that world is not here"],
  ["made from another library", packed("v2", ["misconfigurations", "00000000"]), "that world is not here"],
]) {
  journey(`a link that is ${name} is told, and one's own work is untouched`, async (tools) => {
    const { page, open, axe } = tools;
    const before = await ownDraft(tools);
    await page.goto("about:blank");
    await open(`#/s/${text}`);
    await page.getByRole("heading", { level: 1, name: "This link cannot be opened" }).waitFor();
    await page.getByRole("alert").getByText(says).waitFor();
    await page.getByRole("alert").getByText("What to do:").waitFor();
    assert.equal(await page.locator("main img").count(), 0);
    assert.equal(await axe(), "");
    await page.getByRole("link", { name: "Back to my own" }).click();
    assert.equal(await playground(page).world.inputValue(), "wrong-trust");
    assert.ok(!(await mfa(page).isChecked()));
    assert.equal(await draft(page), before);
  });
}

journey("what looks like a script in a shared scenario is text", async (tools) => {
  const { page, open } = tools;
  const before = await ownDraft(tools);
  const script = `"><img src=x onerror="window.hit=1"><script>window.hit=1</script>{{}}javascript:window.hit=1`;
  const invitation = { text: script, changes: [] };
  const hostile = { ...everywhere(kept("v1-whole").scenario, script), invitation };
  await page.goto("about:blank");
  await open(`#/s/${packed("v1", hostile)}`);
  await banner(page).waitFor();
  await page.getByRole("heading", { level: 1, name: script }).waitFor();
  // Everything that tells of it: the tree, the forms, the export, the dialogs.
  for (const item of await page.getByRole("treeitem").all()) {
    if (await item.isVisible()) await item.click();
  }
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("dialog", { name: "Export" }).getByRole("region", { name: "Text to export" }).waitFor();
  await page.getByRole("dialog", { name: "Export" }).getByRole("button", { name: "Close" }).click();
  const { dialog, link } = await shareDialog(page);
  await link.waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  assert.equal(await page.locator("img, script:not([src]):not([type])").count(), 0);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await draft(page), before);
  await banner(page).getByRole("button", { name: "Keep as mine" }).click();
  await page.getByText("Undo brings back what you had").waitFor();
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Rolewalk" }).waitFor();
  assert.equal(await page.locator("img").count(), 0);
  assert.equal(await page.evaluate(() => window.hit), undefined);
});

for (const colorScheme of ["light", "dark"]) {
  journey(`on a phone in ${colorScheme}`, { viewport: { width: 390, height: 844 }, colorScheme, hasTouch: true }, async ({ page, open, axe }) => {
    await open(`#/s/${difference}`);
    await banner(page).waitFor();
    assert.equal(await axe(), "");
    const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
    assert.ok(!(await isWide()), "scrolls sideways");
    const { dialog, link } = await shareDialog(page);
    await link.waitFor();
    await dialog.getByRole("button", { name: "QR code" }).click();
    await dialog.getByRole("img", { name: "QR code of the link to this scenario" }).waitFor();
    assert.equal(await axe(), "");
    assert.ok(!(await isWide()), "scrolls sideways");
  });
}
