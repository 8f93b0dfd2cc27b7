// Builds the style sheets and scripts, named by their content, and lays the fonts for PDF beside them.
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(here, "../linli/site/static/linli");
const fonts = resolve(here, "../node_modules/@expo-google-fonts/noto-sans-sc");

// Versions as Lightning CSS writes them: major << 16 | minor << 8.
const oldest = { ios_saf: (15 << 16) | (4 << 8), safari: (15 << 16) | (4 << 8), chrome: 99 << 16 };

/** Leaflet's sheet names pictures for markers and layers that we draw ourselves: no style sheet fetches a file. */
const fetchesNothing = {
  Declaration(declaration) {
    return JSON.stringify(declaration).includes('"type":"url"') ? [] : undefined;
  },
};

/** Copies the two fonts that PDF pages and browser tests use; web pages use the fonts of the device. */
function pdfFonts() {
  return {
    name: "linli-pdf-fonts",
    closeBundle() {
      mkdirSync(resolve(out, "fonts"), { recursive: true });
      for (const [folder, file] of [["400Regular", "NotoSansSC_400Regular.ttf"], ["700Bold", "NotoSansSC_700Bold.ttf"]]) {
        copyFileSync(resolve(fonts, folder, file), resolve(out, "fonts", file));
      }
      copyFileSync(resolve(fonts, "LICENSE_FONT"), resolve(out, "fonts", "LICENSE_FONT"));
    },
  };
}

export default defineConfig({
  root: here,
  base: "./",
  publicDir: resolve(here, "public"),
  css: { transformer: "lightningcss", lightningcss: { targets: oldest, visitor: fetchesNothing } },
  plugins: [pdfFonts()],
  build: {
    outDir: out,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: ["chrome99", "safari15.4"],
    cssMinify: "lightningcss",
    cssTarget: ["chrome99", "safari15.4"],
    modulePreload: false,
    assetsInlineLimit: 0,
    assetsDir: "built",
    reportCompressedSize: false,
    rollupOptions: {
      // htmx carries an eval that allowEval:false never lets it reach, and the security policy forbids.
      checks: { eval: false },
      input: ["css/base.css", "css/resident.css", "css/desk.css", "css/print.css", "js/resident.js", "js/desk.js"].map((path) => resolve(here, path)),
    },
  },
});
