// citeproc-js as a judge: one job a line from standard input, one answer a line to standard output, both JSON.
// A job: {style, locales, lang, items, clusters: [{items: [citeproc-js's cites], mode}], uncited: [ids]}.
"use strict";
const fs = require("fs");
const path = require("path");
const CSL = require("citeproc");

function answer(job) {
  const items = new Map(job.items.map((item) => [item.id, item]));
  const locale = (lang) => {
    const file = path.join(job.locales, `locales-${lang}.xml`);
    return fs.readFileSync(fs.existsSync(file) ? file : path.join(job.locales, "locales-en-US.xml"), "utf8");
  };
  const system = { retrieveLocale: locale, retrieveItem: (id) => structuredClone(items.get(id)) };
  const engine = new CSL.Engine(system, fs.readFileSync(job.style, "utf8"), job.lang, true);
  const cited = job.clusters.flatMap((cluster) => cluster.items.map((cite) => cite.id));
  engine.updateItems([...new Set([...cited, ...(job.uncited || [])])]);
  const texts = [];
  const before = [];
  job.clusters.forEach((cluster, at) => {
    const properties = { noteIndex: 0, ...(cluster.mode ? { mode: cluster.mode } : {}) };
    const citation = { citationID: `c${at}`, citationItems: cluster.items, properties };
    const [, changed] = engine.processCitationCluster(citation, before.slice(), []);
    changed.forEach(([where, text]) => { texts[where] = text; });
    before.push([`c${at}`, 0]);
  });
  const bibliography = engine.makeBibliography();
  return {
    clusters: texts,
    keys: bibliography ? bibliography[0].entry_ids.map((ids) => ids[0]) : [],
    entries: bibliography ? bibliography[1].map((entry) => entry.replace(/<\/?div[^>]*>/g, "").trim()) : [],
  };
}

const jobs = fs.readFileSync(0, "utf8").split("\n").filter((line) => line.trim());
jobs.forEach((line) => process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`));
