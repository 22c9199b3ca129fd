// CPU milliseconds that Readability.js and Turndown take over a folder of pages, after one page to warm up.
// usage: NODE_PATH=… node readability_turndown.cjs FOLDER
const fs = require('fs');
const path = require('path');
const { JSDOM } = require('jsdom');
const { Readability } = require('@mozilla/readability');
const Turndown = require('turndown');

const folder = process.argv[2];
const pages = fs.readdirSync(folder).filter((name) => name.endsWith('.html')).sort()
  .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));

function read(html) {
  const dom = new JSDOM(html, { url: 'https://example.com/policy' });
  const article = new Readability(dom.window.document).parse();
  return article ? new Turndown({ headingStyle: 'atx' }).turndown(article.content) : '';
}

read(pages[0]);
const start = process.cpuUsage();
for (const page of pages) read(page);
const used = process.cpuUsage(start);
console.log((used.user + used.system) / 1000);
