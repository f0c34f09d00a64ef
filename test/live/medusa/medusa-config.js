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
  modules: [
    {
      resolve: '@medusajs/medusa/order',
      // Shops that came from elsewhere go on with their own numbers, in this way of Medusa's own.
      options: { generateCustomDisplayId: async (order) => order.metadata?.order_number },
    },
  ],
});
