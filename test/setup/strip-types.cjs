// Tests run on the same type stripping as the product: Node's own, no second compiler.
const { stripTypeScriptTypes } = require('node:module');

module.exports = {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
  getCacheKey: (source, path) => require('node:crypto').hash('sha256', `${process.version}\0${path}\0${source}`),
};
