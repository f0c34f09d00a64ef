const { defineConfig } = require('@medusajs/framework/utils');

/** A plain Medusa: no admin pages, in-memory cache, events, locks and workflows; only PostgreSQL is outside. */
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { ssl: false, connection: { ssl: false } },
    http: {
      jwtSecret: process.env.JWT_SECRET,
      cookieSecret: process.env.COOKIE_SECRET,
      storeCors: '',
      adminCors: '',
      authCors: '',
    },
  },
  admin: { disable: true },
});
