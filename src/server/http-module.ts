/**
 * What is used of Node's HTTP module. An `import` of `node:http` reads all its exports, `WebSocket` among them, and so loads the whole
 * of undici: 50 ms or more of every start.
 */
export const { createServer, request } = process.getBuiltinModule('node:http');
