import { defineConfig } from "vitepress";

// The folder of the host that the pages are in, with a slash at both ends.
const base = process.env.DOCS_BASE ?? "/";

export default defineConfig({
  title: "Our data platform",
  base,
  head: [
    ["script", { type: "module", src: `${base}rolewalk/rolewalk-playground.js` }],
    ["link", { rel: "icon", href: "data:," }],
  ],
  themeConfig: {
    sidebar: [
      { text: "Training jobs", link: "/guide/jobs" },
      { text: "Two at once", link: "/guide/two" },
    ],
  },
  vue: {
    // Vue looks for a component of that name otherwise, and warns.
    template: { compilerOptions: { isCustomElement: (tag) => tag === "rolewalk-playground" } },
  },
});
