// What the example comes to is told to the page, too.
const verdict = document.getElementById("verdict");

document.querySelector("rolewalk-playground").addEventListener("verdict", ({ detail }) => {
  verdict.value = detail.outcome === "open" ? "every door is open" : `stopped at ${detail.door}`;
});
