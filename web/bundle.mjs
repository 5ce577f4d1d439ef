// esbuild as the editor and the widget use it: a file of TypeScript becomes the text of one module.

/** esbuild, of the packages of `web/`. */
export const esbuild = await import("esbuild").catch(() => {
  console.error("esbuild is not installed: run `npm ci` in web/, or build with `cargo xtask build`");
  process.exit(1);
});

/** `entry` is the file's path; each name of `define` stands for its value. */
export async function bundled(entry, define = {}) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    define: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)])),
    write: false,
  });
  return outputFiles[0].text;
}
