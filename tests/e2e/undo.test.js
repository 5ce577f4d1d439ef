// Undo and redo while one writes: what is one step, where the caret is then, and whose Ctrl+Z it is.

import assert from "node:assert/strict";
import { journey } from "./harness.js";
import { openWorld, textNow } from "./playground.js";

journey("what several carets type is one step to undo", async (tools) => {
  const { page, axe } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  await parts.open("Account", /^UseDataKey/);
  await parts.isRich();
  const text = ["{", '  "Version": "2012-10-17",', '  "Statement": {', '    "Effect": "Allow",', '    "Action": ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],', '    "Resource": "*"', "  }", "}"].join("\n");
  await parts.paste(text);
  await parts.becomes(text);

  // Each occurrence of what is selected gets a caret.
  const at = text.indexOf("s3:");
  await parts.text.evaluate((it, at) => (it.focus(), it.setSelectionRange(at, at + 3)), at);
  await page.keyboard.press("ControlOrMeta+d");
  await page.keyboard.press("ControlOrMeta+d");
  await page.waitForFunction(() => document.querySelectorAll(".cm-cursor").length === 3);
  await page.keyboard.type("sns:");
  await parts.becomes(text.replaceAll("s3:", "sns:"));
  await parts.findings.getByText("GetObject").first().waitFor();
  assert.equal(await axe(), "");
  await page.keyboard.press("ControlOrMeta+z");
  await parts.becomes(text);

  // A caret in each of three lines.
  const line = text.indexOf('    "Effect"');
  await parts.text.evaluate((it, at) => (it.focus(), it.setSelectionRange(at, at)), line);
  await page.keyboard.press("ControlOrMeta+Alt+ArrowDown");
  await page.keyboard.press("ControlOrMeta+Alt+ArrowDown");
  await page.waitForFunction(() => document.querySelectorAll(".cm-cursor").length === 3);
  await page.keyboard.type("  ");
  await parts.becomes(text.replace(/^ {4}"/gm, '      "'));
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+z");
  await parts.becomes(text);
  // From here on there is one.
  await page.keyboard.press("ControlOrMeta+Home");
  await page.waitForFunction(() => document.querySelectorAll(".cm-cursor").length === 1);
  await page.keyboard.type(" ");
  await parts.becomes(` ${text}`);
});

/** Where the one caret is, and that nothing is selected. */
const caretIs = (page, at) => page.waitForFunction((at) => {
  const it = document.querySelector("#policy-text");
  return it.selectionStart === at && it.selectionEnd === at;
}, at);

journey("undo and redo select nothing: what is typed next takes nobody's place", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  const before = await parts.textNow();
  const put = (at) => parts.text.evaluate((it, at) => (it.focus(), it.setSelectionRange(at, at)), at);

  // Two lines in one go.
  const at = before.indexOf('"Effect"');
  await put(at);
  await page.keyboard.press("ControlOrMeta+Shift+K");
  await page.waitForFunction((text) => document.querySelector("#policy-text").value !== text, before);
  await page.keyboard.press("ControlOrMeta+z");
  await parts.becomes(before);
  await page.keyboard.insertText("x");
  assert.equal((await parts.textNow()).length, before.length + 1);
  await page.keyboard.press("ControlOrMeta+z");
  await parts.becomes(before);

  // What is brought back stays when one goes on.
  await put(1);
  await page.keyboard.insertText("abc");
  await page.keyboard.press("ControlOrMeta+z");
  await parts.becomes(before);
  await page.keyboard.press("ControlOrMeta+y");
  await page.keyboard.insertText("def");
  await parts.becomes(`${before.slice(0, 1)}abcdef${before.slice(1)}`);
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  await parts.becomes(before);

  // What is taken away by hand again is no step, and moves nothing.
  await put(20);
  await page.keyboard.insertText("x");
  await page.keyboard.press("Backspace");
  await parts.becomes(before);
  await caretIs(page, 20);
  assert.equal(await page.getByRole("button", { name: "Undo" }).isDisabled(), true);

  // Two places are two steps.
  await put(before.length);
  await page.keyboard.insertText("1");
  await put(0);
  await page.keyboard.insertText("2");
  await page.keyboard.press("ControlOrMeta+z");
  await parts.becomes(`${before}1`);
  await caretIs(page, 0);
  await page.keyboard.press("ControlOrMeta+z");
  await parts.becomes(before);
});

journey("several carets are there again after undo and redo", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  const before = await parts.textNow();
  const line = before.indexOf('"Version"');
  await parts.text.evaluate((it, at) => (it.focus(), it.setSelectionRange(at, at)), line);
  await page.keyboard.press("ControlOrMeta+Alt+ArrowDown");
  await page.waitForFunction(() => document.querySelectorAll(".cm-cursor").length === 2);
  await page.keyboard.type("ab");
  await page.keyboard.press("ControlOrMeta+z");
  await parts.becomes(before);
  await page.keyboard.press("ControlOrMeta+y");
  await page.keyboard.type("c");
  const typed = (await parts.textNow()).split("\n");
  assert.deepEqual(typed.slice(1, 3).map((it) => it.includes("abc")), [true, true]);
  assert.equal(typed.join("\n").replaceAll("abc", ""), before);
});

journey("what is typed into a search is taken back there, and what is typed into a form is entered first", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  const before = await parts.textNow();
  await parts.text.press("ControlOrMeta+Home");
  await page.keyboard.insertText(" ");
  const changed = await parts.textNow();
  const tree = page.getByRole("searchbox", { name: "Search the account" });
  await tree.click();
  await page.keyboard.type("abc");
  await page.keyboard.press("ControlOrMeta+z");
  await page.waitForFunction(() => document.activeElement.matches("input[type=search]") && document.activeElement.value !== "abc");
  await tree.fill("");
  assert.equal(await parts.textNow(), changed);
  await parts.text.press("ControlOrMeta+f");
  const find = page.getByRole("textbox", { name: "Find" });
  await find.waitFor();
  await page.keyboard.type("abc");
  await page.keyboard.press("ControlOrMeta+z");
  assert.notEqual(await find.inputValue(), "abc");
  assert.equal(await parts.textNow(), changed);
  await page.keyboard.press("Escape");

  // A field of a form that is not entered yet: first that, then the policy.
  await parts.treeItem(/^alice/).first().click();
  const path = page.getByRole("textbox", { name: "Path" });
  const given = await path.inputValue();
  await path.focus();
  await page.keyboard.press("End");
  await page.keyboard.type("x/");
  await page.keyboard.press("ControlOrMeta+z");
  await page.waitForFunction((given) => document.activeElement.value === given, given);
  await page.keyboard.press("ControlOrMeta+z");
  await page.waitForFunction((text) => document.querySelector("#policy-text")?.value === text, before);
  await page.keyboard.press("ControlOrMeta+y");
  await page.keyboard.press("ControlOrMeta+y");
  await page.waitForFunction(() => [...document.querySelectorAll("input")].some((it) => it.value.endsWith("x/")));
});

journey("where what has the focus goes away with a change, the panel has it", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "wrong-trust");
  await parts.isRich();
  const isNotLost = () => page.waitForFunction(() => document.activeElement !== document.body);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("menuitem", { name: /role/i }).first().click();
  const path = page.getByRole("textbox", { name: "Path" });
  await path.waitFor();
  await path.focus();
  await page.keyboard.press("End");
  await page.keyboard.type("x");
  for (const key of ["z", "z", "y", "y", "z"]) {
    await page.keyboard.press(`ControlOrMeta+${key}`);
    await isNotLost();
  }
  // With a field half typed one leaves the page.
  await page.goto(`${tools.address}#/learn`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.goBack();
  await parts.treeItem(/ChurnExecutionRole/).first().click();
  await path.focus();
  await page.keyboard.type("y");
  await page.goForward();
  await page.getByRole("heading", { level: 1 }).waitFor();
});

journey("undo puts the caret before the next key can come", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  const before = await parts.textNow();
  await parts.text.press("ControlOrMeta+Home");
  await page.keyboard.insertText("x");
  await page.keyboard.press("End");
  await page.keyboard.insertText("yz");
  await page.keyboard.press("ControlOrMeta+z");
  await parts.becomes(before);
  await page.keyboard.press("ControlOrMeta+y");
  const place = await parts.text.evaluate(async (it) => {
    const key = { key: "z", ctrlKey: true, bubbles: true, cancelable: true };
    it.dispatchEvent(new KeyboardEvent("keydown", key));
    // All that follows from a key by itself comes before the next one; what waits for a timer may come behind it.
    for (let n = 0; n < 100; n += 1) await null;
    it.setSelectionRange(5, 5);
    await new Promise((then) => setTimeout(then, 0));
    await new Promise((then) => setTimeout(then, 0));
    return it.selectionStart;
  });
  assert.equal(place, 5);
  assert.equal(await parts.textNow(), before);
});

journey("undo of a phone's keyboard or of a menu is the page's undo", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.isRich();
  const before = await parts.textNow();
  await parts.text.press("ControlOrMeta+Home");
  await page.keyboard.insertText("x");
  const send = (inputType) =>
    parts.text.evaluate((it, inputType) => {
      it.dispatchEvent(new InputEvent("beforeinput", { inputType, bubbles: true, cancelable: true }));
    }, inputType);
  await send("historyUndo");
  await parts.becomes(before);
  await send("historyRedo");
  await parts.becomes(`x${before}`);
  assert.equal(await textNow(page), `x${before}`);
});

journey("what is taken back and brought back is spoken, also where the verdict stays the same", async (tools) => {
  const { page } = tools;
  const parts = await openWorld(tools, "working-studio");
  await parts.open("alice");
  const path = page.getByRole("textbox", { name: "Path" });
  const spoken = page.getByRole("status", { name: "History" });
  await path.fill("/staff/");
  await path.press("Enter");
  await parts.says("Every door is open");
  await parts.undo.click();
  await spoken.getByText("Undone: path of alice").waitFor();
  await parts.redo.click();
  await spoken.getByText("Redone: path of alice").waitFor();
});
