export default {
  // The site works in any folder.
  base: './',
  build: { target: 'es2022' },
  // While Vite serves: its bundles of packages leave the wasm behind.
  optimizeDeps: { exclude: ['rolewalk'] }
}
