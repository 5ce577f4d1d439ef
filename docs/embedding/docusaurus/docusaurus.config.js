// The folder of the host that the pages are in, with a slash at both ends.
const baseUrl = process.env.DOCS_BASE ?? "/";

export default {
  title: "Our data platform",
  url: "https://docs.example",
  baseUrl,
  onBrokenLinks: "throw",
  headTags: [{ tagName: "link", attributes: { rel: "icon", href: "data:," } }],
  // Files of `static` are copied as they are: the site lies in `static/rolewalk`.
  scripts: [{ src: `${baseUrl}rolewalk/rolewalk-playground.js`, type: "module" }],
  presets: [["classic", { docs: { routeBasePath: "/" }, blog: false }]],
  themeConfig: { colorMode: { respectPrefersColorScheme: true } },
};
