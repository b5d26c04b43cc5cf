/** Node's own `import()`. A test runner rewrites those in the modules that it loads, but not one in a file that is required. */
module.exports = (url: string): Promise<unknown> => import(url);
