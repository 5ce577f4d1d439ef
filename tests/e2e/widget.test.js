// The widget in a page of somebody else: what its author can say of it and ask of it, when it comes, and several at once.

import assert from "node:assert/strict";
import { brotliCompressSync } from "node:zlib";
import { OPEN, SHUT, heard, hears, hosted, world } from "./hosted.js";

hosted("one line and one element show a scenario, and tell the page of it", async ({ page, show, widget }) => {
  await show('<rolewalk-playground id="one" src="wrong-trust"></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  await hears(page, "ready", '(it) => it.id === "one"');
  const verdict = await hears(page, "verdict");
  assert.equal(verdict.outcome, "shut");
  assert.equal(verdict.headline, SHUT);
  assert.equal(verdict.door, "Assume execution role");
  assert.match(verdict.answer, /Could not assume role/);
  assert.match(verdict.reason, /lambda\.amazonaws\.com/);
  assert.match(verdict.fix, /sagemaker\.amazonaws\.com/);
  assert.equal((await heard(page, "change")).length, 0, "nobody has changed anything");
  await one.button(/Try it:/).click();
  await one.says(OPEN);
  const change = await hears(page, "change");
  assert.match(JSON.stringify(change.scenario), /sagemaker\.amazonaws\.com/);
  await hears(page, "verdict", '(it) => it.outcome === "open" && it.door === null && it.fix === null');
  await one.button("Reset").click();
  await one.says(SHUT);
  assert.equal(await one.button("Reset").isDisabled(), true, "it is as it was given");
});

hosted("the views are those that the author chooses, and can be changed", async ({ page, show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust"></rolewalk-playground>');
  const one = widget();
  const element = one.element;
  const [flow, trace] = [element.getByRole("list", { name: "Doors", exact: true }), element.locator(".picture-svg")];
  await flow.waitFor();
  await trace.waitFor();
  assert.equal(await one.text.count(), 0, "no editor in the flow");
  await one.set("view", "trace");
  await trace.waitFor({ state: "detached" });
  await element.getByText("Its one statement does not apply").waitFor();
  await one.set("view", "model");
  await element.getByRole("heading", { name: "Mental model" }).waitFor();
  await flow.waitFor({ state: "detached" });
  await element.evaluate((it) => (it.view = "editor"));
  await one.text.waitFor();
  await one.set("view", "account");
  await element.getByRole("tree").waitFor();
  await one.set("view", "editor flow");
  await one.text.waitFor();
  await flow.waitFor();
  await one.set("view", "whole");
  await element.getByRole("tree").waitFor();
  await element.getByRole("combobox", { name: "IAM user" }).waitFor();
  await element.getByRole("heading", { name: "Mental model" }).waitFor();
  await one.set("view", null);
  await one.text.waitFor({ state: "detached" });
  await flow.waitFor();
});

hosted("a view and a text that nobody knows are told to whoever writes the page, and the rest is shown", async ({ page, show, widget }) => {
  const warnings = [];
  page.on("console", (it) => it.type() === "warning" && warnings.push(it.text()));
  await show('<rolewalk-playground src="wrong-trust" view="flwo editor" open="trust:ChurnExecutionRol"></rolewalk-playground>');
  const one = widget();
  const view = await hears(page, "error", '(it) => it.code === "unknown-view"');
  assert.match(view.message, /`flwo`/);
  assert.match(view.help, /`flow`, `trace`/);
  const text = await hears(page, "error", '(it) => it.code === "unknown-text"');
  assert.match(text.message, /`trust:ChurnExecutionRol` in this scenario: it has .*`trust:ChurnExecutionRole`/);
  assert.equal(warnings.filter((it) => /flwo|ChurnExecutionRol`/.test(it)).length, 2, warnings.join("\n"));
  await one.says(SHUT);
  await one.text.waitFor();
  // A text of the scenario that comes with it is none that is missing.
  await one.element.evaluate((it) => {
    window.heard = [];
    it.open = "trust:ExecutionRole";
    it.src = "empty-account";
  });
  await hears(page, "change");
  const missing = await hears(page, "error", '(it) => it.code === "unknown-text"');
  assert.doesNotMatch(missing.message, /ChurnExecutionRole/, "it is looked for in the scenario that came");
  assert.equal((await heard(page, "error")).length, 1);
});

hosted("a change and the verdict that follows it are of one scenario, however quickly another comes", async ({ page, show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust"></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  await hears(page, "verdict");
  const outcomes = { "Wrong trust": "shut", "A working studio": "open", "The organization says no": "shut" };
  const areTogether = async () => {
    let scenario;
    for (const it of await page.evaluate(() => window.heard)) {
      if (it.name === "change") scenario = it.scenario.name;
      if (it.name === "verdict" && scenario) assert.equal(it.outcome, outcomes[scenario], scenario);
    }
  };
  await one.element.evaluate(async (it) => {
    window.heard = [];
    await it.setScenario("organization-says-no");
    await it.setScenario("wrong-trust");
    await it.setScenario("working-studio");
  });
  await hears(page, "verdict", '(it) => it.outcome === "open"');
  await areTogether();
  await one.element.evaluate((it) => {
    window.heard = [];
    it.scenario = null;
    for (const src of ["working-studio", "organization-says-no", "working-studio", "organization-says-no"]) it.src = src;
  });
  await hears(page, "verdict", '(it) => it.outcome === "shut"');
  await areTogether();
  // Who keeps an event finds its own scenario in it.
  const [kept, now] = await one.element.evaluate(async (it) => {
    const next = () => new Promise((heard) => it.addEventListener("change", ({ detail }) => heard(detail), { once: true }));
    const first = next();
    it.scenario = "working-studio";
    const detail = await first;
    const second = next();
    it.scenario = "wrong-trust";
    await second;
    return [detail.scenario.name, it.getScenario().name];
  });
  assert.equal(kept, "A working studio");
  assert.notEqual(now, kept);
});

hosted("printed, it has all its text and nothing that is to be pressed, and says how it ends without backgrounds", async ({ page, show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust" view="editor"></rolewalk-playground>');
  const one = widget();
  await one.element.locator("[contenteditable]#policy-text").waitFor();
  await page.emulateMedia({ media: "print" });
  for (const name of [/Try it:/, "Reset", "Format"]) assert.equal(await one.button(name).filter({ visible: true }).count(), 0, String(name));
  const style = (selector, name) => one.element.locator(selector).first().evaluate((it, name) => getComputedStyle(it)[name], name);
  assert.notEqual(await style(".verdict-sign", "color"), await style(".verdict", "backgroundColor"));
  assert.match(await style(".verdict-sign", "backgroundColor"), /^rgba\(0, 0, 0, 0\)$/);
  assert.equal(await style("select", "appearance"), "none");
  // What scrolls is one piece on paper, and loses what does not fit on the page.
  for (const selector of [".code", ".cm-scroller"]) assert.equal(await style(selector, "overflow"), "visible", selector);
});

hosted("what opens in no view is shown below them, and can be shut again", async ({ show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust" view="trace"></rolewalk-playground>');
  const one = widget();
  await one.button("Show in policy").first().click();
  await one.text.waitFor();
  assert.match(await one.textNow(), /lambda\.amazonaws\.com/);
  await one.button("Close the editor").click();
  await one.text.waitFor({ state: "detached" });
});

hosted("the author opens a text, and the reader another one", async ({ show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust" view="editor" open="inline:role:ChurnExecutionRole:UseDataKey"></rolewalk-playground>');
  const one = widget();
  const choice = one.element.getByRole("combobox", { name: "Text", exact: true });
  await choice.waitFor();
  await one.element.locator("#policy-text").waitFor();
  const texts = await choice.locator("option").allTextContents();
  assert.ok(texts.length > 3, texts.join(", "));
  await choice.selectOption({ label: "Trust policy of ChurnExecutionRole" });
  await one.element.getByRole("heading", { name: "Trust policy of ChurnExecutionRole" }).waitFor();
  assert.match(await one.textNow(), /SageMakerTakesOnTheRole/);
  const name = await one.element.evaluate((it) => it.open);
  assert.equal(name, "inline:role:ChurnExecutionRole:UseDataKey");
});

hosted("read only, nothing changes, and that can be taken back", async ({ page, show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust" view="editor" readonly></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  await one.element.locator("[contenteditable]#policy-text[aria-readonly=true]").waitFor();
  assert.equal(await one.button(/Try it:/).isVisible(), false);
  assert.equal(await one.button("Reset").count(), 0);
  const before = await one.textNow();
  await one.text.focus();
  await page.keyboard.type("x");
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await one.textNow(), before);
  await one.element.evaluate((it) => (it.readonly = false));
  await one.element.locator("[contenteditable]#policy-text:not([aria-readonly])").waitFor();
  await one.write(before.replace("lambda", "sagemaker"));
  await one.says(OPEN);
  await one.set("readonly", "");
  await one.element.locator("[contenteditable]#policy-text[aria-readonly=true]").waitFor();
  // A step back is a change like another.
  await one.text.focus();
  await page.keyboard.press("ControlOrMeta+z");
  assert.match(await one.textNow(), /sagemaker\.amazonaws\.com/);
  await one.says(OPEN);
});

hosted("what is only read can be read to its end, and nothing is offered that does nothing", async ({ page, show, widget }) => {
  await show('<rolewalk-playground src="working-studio" view="whole" readonly></rolewalk-playground>');
  const one = widget();
  await one.says(OPEN);
  const details = one.button("More details");
  assert.equal(await details.isEnabled(), true);
  await details.click();
  const identity = one.element.getByRole("textbox", { name: "Source identity" });
  await identity.waitFor();
  assert.equal(await identity.isDisabled(), true);
  assert.equal(await one.element.getByRole("combobox", { name: "IAM user" }).isDisabled(), true);
  await one.element.getByRole("treeitem").first().waitFor();
  assert.equal(await one.element.locator("#tree-add").count(), 0);
  // The menu of a thing says what it is, and offers no change of it.
  await one.element.getByRole("treeitem", { name: /^Users/ }).first().click({ button: "right" });
  const offered = one.element.getByRole("menuitem");
  await offered.first().waitFor();
  assert.deepEqual(await offered.locator("span").allTextContents(), ["What is this?"]);
  await page.keyboard.press("Escape");
  await one.element.evaluate((it) => (it.readonly = false));
  await one.element.locator("#tree-add").waitFor();
  assert.equal(await identity.isEnabled(), true);
});

hosted("the theme is said, or follows the host's page", { colorScheme: "light" }, async ({ page, show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust" theme="dark"></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  const frame = one.element.locator(".rolewalk");
  const isDark = async () => {
    const color = await frame.evaluate((it) => getComputedStyle(it).backgroundColor);
    return Number(color.match(/\d+/)[0]) < 128;
  };
  const becomes = (theme) => one.element.locator(`.rolewalk[data-theme=${theme}]`).waitFor();
  await becomes("dark");
  assert.equal(await isDark(), true);
  await one.element.evaluate((it) => (it.theme = "auto"));
  await becomes("light");
  assert.equal(await isDark(), false);
  const on = (change) => page.evaluate(change);
  // Docusaurus, Tailwind, Bootstrap, mdBook, Material for MkDocs.
  await on(() => document.documentElement.setAttribute("data-theme", "dark"));
  await becomes("dark");
  await on(() => document.documentElement.removeAttribute("data-theme"));
  await becomes("light");
  await on(() => document.documentElement.classList.add("dark"));
  await becomes("dark");
  await on(() => (document.documentElement.className = "ayu js"));
  await becomes("dark");
  await on(() => (document.documentElement.className = "rust js"));
  await becomes("light");
  await on(() => {
    document.documentElement.className = "";
    document.documentElement.setAttribute("data-bs-theme", "dark");
  });
  await becomes("dark");
  await on(() => document.documentElement.setAttribute("data-bs-theme", "light"));
  await becomes("light");
  await on(() => {
    document.documentElement.removeAttribute("data-bs-theme");
    document.body.setAttribute("data-md-color-scheme", "slate");
  });
  await becomes("dark");
  await on(() => document.body.removeAttribute("data-md-color-scheme"));
  await becomes("light");
  // Its colours alone.
  await on(() => (document.body.style.backgroundColor = "rgb(20, 20, 30)"));
  await becomes("dark");
  await on(() => (document.body.style.backgroundColor = ""));
  await becomes("light");
  // What the reader likes, where the page goes along with it.
  await page.emulateMedia({ colorScheme: "dark" });
  await becomes("light");
  await on(() => (document.documentElement.style.colorScheme = "light dark"));
  await becomes("dark");
  await page.emulateMedia({ colorScheme: "light" });
  await becomes("light");
});

hosted("a scenario comes from a file, a link, a name, the element or a script", async ({ page, host, show, widget, address }) => {
  host.file("own.rolewalk.json", world("wrong-trust"));
  const inline = world("wrong-trust").replaceAll("<", "\\u003c");
  await show(`
    <rolewalk-playground id="file" loading="eager" src="own.rolewalk.json"></rolewalk-playground>
    <rolewalk-playground id="script" loading="eager"><script type="application/json">${inline}</script></rolewalk-playground>
    <rolewalk-playground id="text" loading="eager">${inline.replaceAll("&", "&amp;")}</rolewalk-playground>
    <rolewalk-playground id="none" loading="eager"></rolewalk-playground>`);
  for (const idx of [0, 1, 2]) await widget(idx).says(SHUT);
  await widget(3).says(OPEN);
  const url = await widget(0).call("getShareUrl");
  assert.ok(url.startsWith(`${address}#/s/v`), url);
  const text = url.slice(url.indexOf("#/s/") + 4);
  for (const src of [text, url]) {
    await widget(3).set("src", "working-studio");
    await widget(3).says(OPEN);
    await widget(3).set("src", src);
    await widget(3).says(SHUT);
  }
  assert.deepEqual(await widget(3).call("getScenario"), await widget(0).call("getScenario"));
  // One of the library, which is fetched for it.
  await widget(3).set("src", "pass-role-missing");
  await widget(3).says(/^Stopped at door/);
  assert.match(JSON.stringify(await widget(3).call("getScenario")), /PassRole/);
  const link = widget(0).element.getByRole("link", { name: /Open in Rolewalk/ });
  assert.equal(await link.getAttribute("href"), address, "the link is made when somebody reaches for it");
  await link.hover();
  await page.waitForFunction((url) => document.querySelector("#file").shadowRoot.querySelector(".embed-out").href === url, url);
  assert.equal(await link.getAttribute("target"), "_blank");
});

for (const way of ["with the mouse", "with the keyboard"]) {
  hosted(`the scenario as it stands is opened in Rolewalk ${way}, in a tab of its own`, async ({ page, context, show, widget, address }) => {
    await show('<rolewalk-playground src="wrong-trust"></rolewalk-playground>');
    const one = widget();
    await one.says(SHUT);
    await one.button(/Try it:/).click();
    await one.says(OPEN);
    const link = one.element.getByRole("link", { name: /Open in Rolewalk/ });
    const opened = context.waitForEvent("page");
    if (way === "with the mouse") await link.click();
    else {
      await link.focus();
      await page.keyboard.press("Enter");
    }
    const tab = await opened;
    await tab.getByRole("region", { name: "Verdict" }).getByText(OPEN).first().waitFor();
    assert.ok(tab.url().startsWith(`${address}#/s/v`), tab.url());
    assert.equal(await tab.evaluate(() => window.opener), null);
    await one.says(OPEN);
  });
}

hosted("a script gives a scenario, takes it, and puts it back", async ({ page, show, widget, address }) => {
  await show('<rolewalk-playground id="one" view="editor"></rolewalk-playground>', { script: "" });
  // Before the element is known.
  await page.evaluate((it) => (document.querySelector("#one").scenario = it), JSON.parse(world("wrong-trust")));
  await page.addScriptTag({ type: "module", url: `${address}rolewalk-playground.js` });
  const one = widget();
  await one.says(SHUT);
  const given = await one.call("getScenario");
  assert.equal(given.name, "Wrong trust");
  assert.deepEqual(await one.element.evaluate((it) => it.scenario), given);
  await one.write((await one.textNow()).replace("lambda", "sagemaker"));
  await one.says(OPEN);
  const edited = await one.call("getScenario");
  assert.notDeepEqual(edited, given);
  // To ask for the link, or to load once more, leaves the edits.
  assert.match(await one.call("getShareUrl"), /#\/s\/v/);
  await one.call("load");
  assert.deepEqual(await one.call("getScenario"), edited);
  await one.call("reset");
  await one.says(SHUT);
  assert.deepEqual(await one.call("getScenario"), given);
  await one.call("setScenario", JSON.parse(world("working-studio")));
  await one.says(OPEN);
  await one.call("setScenario", "wrong-trust");
  await one.says(SHUT);
  // What cannot be read leaves what there is.
  const refused = await one.element.evaluate((it) => it.setScenario({ rolewalk: 999 }).catch((error) => ({ ...error })));
  assert.equal(refused.code, "newer-scenario");
  assert.match(refused.message, /format 999/);
  await one.says(SHUT);
  const error = await hears(page, "error");
  assert.equal(error.code, "newer-scenario");
});

hosted("what is none is refused before anything is shown, too", async ({ page, show, widget }) => {
  await show('<rolewalk-playground id="one" src="wrong-trust" loading="click"></rolewalk-playground>');
  const one = widget();
  await one.button("Open the playground").waitFor();
  const refused = await one.element.evaluate((it) => {
    void it.load();
    return it.setScenario({ rolewalk: 999 }).catch((error) => ({ ...error }));
  });
  assert.equal(refused.code, "newer-scenario");
  await one.element.getByRole("alert").getByText(/format 999/).waitFor();
  await hears(page, "error", '(it) => it.code === "newer-scenario"');
  // Who only asks that it be loaded is not told once more.
  await one.call("load");
  await one.call("setScenario", "wrong-trust");
  await one.says(SHUT);
});

hosted("where the link to Rolewalk cannot be made, a click says why", async ({ show, widget }) => {
  await show('<rolewalk-playground src="wrong-trust"></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  // Too little of it repeats for a link to be short enough.
  let state = 1;
  const noise = Array.from({ length: 90_000 }, () => String.fromCharCode(48 + ((state = (state * 48_271) % 2_147_483_647) % 64)).replace("\\", "z")).join("");
  await one.call("setScenario", { ...JSON.parse(world("wrong-trust")), about: noise });
  const link = one.element.getByRole("link", { name: /Open in Rolewalk/ });
  await link.click();
  const alert = one.element.locator(".embed-foot").getByRole("alert");
  await alert.getByText(/link of \d+ bytes/).waitFor();
  await one.call("setScenario", "wrong-trust");
  await alert.waitFor({ state: "detached" });
});

hosted("a link to the glossary is the glossary's again after a right click", async ({ page, context, show, widget }) => {
  await show('<rolewalk-playground id="one" src="wrong-trust" view="whole"></rolewalk-playground>');
  const one = widget();
  await one.says(SHUT);
  const link = one.element.getByRole("link", { name: "Glossary: Trust policy" }).first();
  const [address, target] = [await link.getAttribute("href"), await link.getAttribute("target")];
  await link.evaluate((it) => it.addEventListener("contextmenu", () => (window.asked = [it.getAttribute("href"), it.target])));
  await link.click({ button: "right" });
  const asked = await page.evaluate(() => window.asked);
  assert.match(asked[0], /^https?:.*#\/glossary/, "the browser's menu has Rolewalk's address");
  assert.equal(asked[1], "_blank");
  // This very link: others lead to the same card.
  const told = ([link, address]) => link.getAttribute("href") === address;
  await page.waitForFunction(told, [await link.elementHandle(), address]);
  assert.equal(await link.getAttribute("target"), target);
  await page.keyboard.press("Escape");
  await link.click();
  await one.element.getByRole("dialog", { name: "Glossary" }).waitFor();
  assert.equal(context.pages().length, 1);
});

hosted("several on a page know nothing of each other, and share one module", async ({ page, show, widget, requests }) => {
  await show(`
    <rolewalk-playground id="a" src="wrong-trust" view="editor" loading="eager"></rolewalk-playground>
    <rolewalk-playground id="b" src="wrong-trust" view="editor" loading="eager"></rolewalk-playground>
    <rolewalk-playground id="c" src="working-studio" view="whole" loading="eager"></rolewalk-playground>`);
  const [a, b, c] = [0, 1, 2].map(widget);
  for (const [one, words] of [[a, SHUT], [b, SHUT], [c, OPEN]]) await one.says(words);
  await b.element.locator("[contenteditable]#policy-text").waitFor();
  await a.write((await a.textNow()).replace("lambda", "sagemaker"));
  await a.says(OPEN);
  await b.says(SHUT);
  assert.match(await b.textNow(), /lambda/);
  // Undo, dialogs, links to the glossary and what waits for a moment are each one's own.
  await b.write((await b.textNow()).replace("lambda", "ec2"));
  await b.element.locator("#policy-text").press("ControlOrMeta+z");
  await page.waitForFunction(() => /lambda/.test(document.querySelector("#b").shadowRoot.querySelector("#policy-text").value));
  await a.says(OPEN);
  await b.button("Show in the trust policy").click();
  const place = () => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.id + " in " + document.activeElement.id);
  await page.waitForFunction(() => document.activeElement.shadowRoot?.activeElement?.id === "policy-text");
  assert.equal(await place(), "policy-text in b");
  await c.element.getByRole("link", { name: "Glossary: Trust policy" }).first().click();
  await c.element.getByRole("dialog", { name: "Glossary" }).waitFor();
  assert.equal(await a.element.getByRole("dialog").count(), 0);
  await page.keyboard.press("Escape");
  await c.element.getByRole("dialog").waitFor({ state: "detached" });
  const ids = (await heard(page, "change")).map((it) => it.id);
  assert.equal(ids.includes("c"), false, "nothing happened in the third");
  const fetched = requests.filter((it) => /rolewalk-web-[0-9a-f]+_bg\.wasm$/.test(it));
  assert.equal(fetched.length, 1, "one module for all three");
  assert.equal(requests.filter((it) => /editor[^/]*\.js$/.test(it)).length, 1, "one editor's file, too");
  // And one catalogue of AWS's actions: each of the three knows them.
  for (const it of [a, b, c]) {
    await it.element.locator("#policy-text").press("ControlOrMeta+Home");
    await it.element.locator("#policy-text").evaluate((text) => {
      const at = text.value.indexOf("sts:AssumeRole");
      text.focus();
      if (at >= 0) text.setSelectionRange(at + 2, at + 2);
    });
  }
  await a.button("What is this?").click();
  await a.element.locator(".cm-card").getByText(/temporary/i).first().waitFor();
  for (const file of ["core.json", "global-condition-keys.json"]) {
    const asked = requests.filter((it) => it.includes(`data/catalogue/${file}`));
    assert.equal(asked.length, 1, `${file} was asked for ${asked.length} times`);
  }
});

hosted("moved in the page it loses nothing; taken out and put back it is as it was left", async ({ page, show, widget }) => {
  await show('<div id="here"><rolewalk-playground id="one" src="wrong-trust" view="editor"></rolewalk-playground></div><div id="there"></div>');
  const one = widget();
  await one.says(SHUT);
  await one.write((await one.textNow()).replace("lambda", "sagemaker"));
  await one.says(OPEN);
  const left = await one.call("getScenario");
  await page.evaluate(() => {
    window.node = document.querySelector("#one").shadowRoot.querySelector(".embed");
    document.querySelector("#there").append(document.querySelector("#one"));
  });
  await one.says(OPEN);
  assert.equal(await page.evaluate(() => window.node.isConnected), true, "the very same nodes");
  await one.element.locator("#policy-text").press("ControlOrMeta+z");
  await one.says(SHUT);
  await one.element.locator("#policy-text").press("ControlOrMeta+y");
  await one.says(OPEN);
  await page.evaluate(() => {
    window.one = document.querySelector("#one");
    window.one.remove();
  });
  await page.waitForFunction(() => !window.node.isConnected && !window.one.shadowRoot.querySelector(".embed"));
  assert.deepEqual(await page.evaluate(() => window.one.getScenario()), left, "it can be asked for while it is out of the page");
  await page.evaluate(() => document.querySelector("#here").append(window.one));
  await one.says(OPEN);
  assert.deepEqual(await one.call("getScenario"), left);
  await one.button("Reset").click();
  await one.says(SHUT);
});

hosted("moved before it is shown, it begins once: what the reader then does stays", async ({ page, show, widget }) => {
  await show(`
    <p style="height: 5000px">A long text.</p>
    <div id="here"><rolewalk-playground id="one" src="wrong-trust"></rolewalk-playground></div><div id="there"></div>`);
  const one = widget();
  await one.element.getByText("A live playground").waitFor({ state: "attached" });
  await page.evaluate(() => document.querySelector("#there").append(document.querySelector("#one")));
  /** Scrolls, and waits until whoever watches as the element does has heard of it. */
  const scroll = (y, isNear) =>
    page.evaluate(([y, isNear]) => new Promise((done) => {
      const observer = new IntersectionObserver((all) => {
        if (all.at(-1).isIntersecting !== isNear) return;
        observer.disconnect();
        requestIdleCallback(done);
      }, { rootMargin: "600px 0px" });
      observer.observe(document.querySelector("#one"));
      scrollTo(0, y);
    }), [y, isNear]);
  await scroll(5000, true);
  await one.says(SHUT);
  await one.button(/Try it:/).click();
  await one.says(OPEN);
  const edited = await one.call("getScenario");
  await scroll(0, false);
  await scroll(5000, true);
  await one.call("load");
  assert.deepEqual(await one.call("getScenario"), edited);
});

hosted("another `src` while it is out of the page is what it comes back with", async ({ page, show, widget }) => {
  await show('<div id="here"><rolewalk-playground id="one" src="wrong-trust"></rolewalk-playground></div>');
  const one = widget();
  await one.says(SHUT);
  for (const [src, words, isAtOnce] of [["working-studio", OPEN, true], ["wrong-trust", SHUT, false]]) {
    await page.evaluate(async ([src, isAtOnce]) => {
      const one = document.querySelector("#one");
      one.remove();
      if (!isAtOnce) await new Promise((done) => setTimeout(done));
      one.src = src;
      document.querySelector("#here").append(one);
    }, [src, isAtOnce]);
    await one.says(words);
  }
});

for (const [loading, what] of [
  ["lazy", "comes near"],
  ["click", "presses a button"],
]) {
  hosted(`${loading}: nothing heavy is fetched before the reader ${what}`, async ({ page, context, show, widget, address }) => {
    let isNear = false;
    const names = [];
    const weights = [];
    context.on("response", (response) => {
      if (!response.url().startsWith(address)) return;
      names.push(response.url().slice(address.length));
      if (!isNear) weights.push(response.body().then((it) => brotliCompressSync(it).length));
    });
    await show(`<p style="height: 5000px">A long text.</p><rolewalk-playground src="wrong-trust" loading="${loading}"></rolewalk-playground>`);
    const one = widget();
    await one.element.getByText("A live playground").waitFor({ state: "attached" });
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
    assert.deepEqual(names, ["rolewalk-playground.js"]);
    const weight = (await Promise.all(weights)).reduce((sum, it) => sum + it, 0);
    assert.ok(weight > 0 && weight < 10_000, `${weight} bytes after brotli`);
    isNear = true;
    console.log(`${loading}: ${weight} bytes after brotli before the reader ${what}`);
    if (loading === "click") {
      await one.element.scrollIntoViewIfNeeded();
      await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
      assert.equal(names.length, 1, "to see it is not enough");
      await one.button("Open the playground").click();
    } else {
      await page.evaluate(() => scrollTo(0, 4300));
    }
    await one.says(SHUT);
    assert.ok(names.some((it) => it.endsWith("_bg.wasm")));
    if (loading === "click") {
      const isInside = await page.evaluate(() => document.activeElement.localName === "rolewalk-playground");
      assert.equal(isInside, true, "the focus goes where the button was");
    }
  });
}

hosted("loading can be changed, and asked for", async ({ page, show, widget }) => {
  await show('<rolewalk-playground id="a" src="wrong-trust" loading="click"></rolewalk-playground><rolewalk-playground id="b" src="wrong-trust" loading="click"></rolewalk-playground>');
  await widget(0).element.evaluate((it) => it.load());
  await widget(0).says(SHUT);
  assert.equal(await widget(1).button("Open the playground").count(), 1);
  await widget(1).element.evaluate((it) => (it.loading = "eager"));
  await widget(1).says(SHUT);
  assert.equal(await page.evaluate(() => document.querySelector("#b").loading), "eager");
});
