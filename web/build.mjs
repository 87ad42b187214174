// Builds the widget. `tideline page` first writes src/baked.json: the words and the helplines.
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const MOST_KB = 25;
const MORE_KB = 2.5; // for each language besides English
const KEPT = 5;
const here = fileURLToPath(new URL(".", import.meta.url));
const out = `${here}dist`;

async function bundle(entry, file, format) {
  await build({
    entryPoints: [`${here}src/${entry}`],
    outfile: `${out}/${file}`,
    bundle: true,
    minify: true,
    format,
    target: ["es2022"],
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".css": "text" },
    legalComments: "none",
    plugins: [tightCss],
  });
}

/** Style sheets as text, with what a browser does not need taken out. */
const tightCss = {
  name: "tight-css",
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const made = await build({ entryPoints: [path], bundle: false, minify: true, write: false });
      return { contents: made.outputFiles[0].text.trim(), loader: "text" };
    });
  },
};

/** A page may pin an older version by its hash: the newest few stay, everything else is made again. */
async function clear() {
  await mkdir(out, { recursive: true });
  const old = [];
  for (const name of await readdir(out)) {
    if (/^widget-\w+\.js$/.test(name)) old.push({ name, at: (await stat(`${out}/${name}`)).mtimeMs });
    else if (!/^widget-\w+\.js\.gz$/.test(name)) await rm(`${out}/${name}`, { recursive: true });
  }
  old.sort((a, b) => b.at - a.at);
  for (const { name } of old.slice(KEPT)) {
    for (const end of ["", ".gz"]) await rm(`${out}/${name}${end}`, { force: true });
  }
}

await clear();
await bundle("widget.ts", "widget.js", "iife");
await bundle("module.ts", "widget.mjs", "esm");
for (const name of ["index.html", "frame.html", "page.css"]) await cp(`${here}page/${name}`, `${out}/${name}`);

const script = await readFile(`${out}/widget.js`);
const packed = gzipSync(script, { level: 9 });
const hash = createHash("sha384").update(script).digest("base64");
const version = createHash("sha256").update(script).digest("hex").slice(0, 12);
await writeFile(`${out}/widget.js.gz`, packed);
await writeFile(`${out}/widget.mjs.gz`, gzipSync(await readFile(`${out}/widget.mjs`), { level: 9 }));
await writeFile(`${out}/widget-${version}.js`, script);
await writeFile(`${out}/widget-${version}.js.gz`, packed);
const facts = { script: `widget-${version}.js`, integrity: `sha384-${hash}`, bytes: script.length, gzipped: packed.length };
await writeFile(`${out}/widget.json`, `${JSON.stringify(facts, null, 2)}\n`);

const languages = Object.keys(JSON.parse(await readFile(`${here}src/baked.json`, "utf8")).languages).length;
const most = MOST_KB + MORE_KB * (languages - 1);
const kb = packed.length / 1000;
console.log(`widget.js ${kb.toFixed(1)} kB gzipped (at most ${most}), ${facts.script} ${facts.integrity}`);
if (kb > most) {
  console.error(`the widget is larger than ${most} kB gzipped`);
  process.exit(1);
}
