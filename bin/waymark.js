#!/usr/bin/env node
// Plain old JavaScript up to the check, so that an old Node.js reads it and says what is missing.
var version = process.versions.node.split('.').map(Number);
if (version[0] < 24 || (version[0] === 24 && version[1] < 15)) {
  process.stderr.write('waymark: Node.js 24.15 or newer is needed, this is ' + process.versions.node + '\n');
  process.exit(2);
} else {
  start();
}

function start() {
  // A checkout has the sources and runs them as they are; the package has only what was built from them.
  var sources = new URL('../src/cli/main.ts', import.meta.url);
  import('node:module')
    .then(function (module) {
      // Halves the time of a start, after the first. Threads learn of it by the environment.
      var cache = module.enableCompileCache();
      if (cache.directory) process.env.NODE_COMPILE_CACHE = process.env.NODE_COMPILE_CACHE || cache.directory;
      return import('node:fs');
    })
    .then(function (fs) {
      return fs.existsSync(sources) ? sources.href : new URL('../dist/cli/main.js', import.meta.url).href;
    })
    .then(function (entry) {
      return import(entry);
    })
    .then(function (cli) {
      return cli.main(process.argv.slice(2));
    })
    .then(function (code) {
      process.exitCode = code;
    })
    .catch(function (error) {
      process.stderr.write('waymark: ' + ((error && error.stack) || error) + '\n');
      process.exitCode = 1;
    });
}
