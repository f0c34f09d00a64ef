import { API, type Routes } from './shop.ts';

/** What the shop tells of itself: the index of its API and the status page. */
export const useSystemRoutes: Routes = (app, { clock }) => {
  app.get(`${API}/system_status`, async (request) => ({
    environment: {
      home_url: `http://${request.headers.host ?? ''}`,
      site_url: `http://${request.headers.host ?? ''}`,
      version: '9.9.5',
      wp_version: '6.8.1',
      wp_multisite: false,
      language: 'pl_PL',
      server_info: 'nginx',
      php_version: '8.3.6',
      default_timezone: 'UTC',
    },
    database: { wc_database_version: '9.9.5', database_prefix: 'wp_' },
    active_plugins: [
      plugin('woocommerce/woocommerce.php', 'WooCommerce', '9.9.5'),
      plugin(
        'woocommerce-shipment-tracking/woocommerce-shipment-tracking.php',
        'WooCommerce Shipment Tracking',
        '2.7.0',
      ),
      plugin(
        'woocommerce-sequential-order-numbers/woocommerce-sequential-order-numbers.php',
        'Sequential Order Numbers',
        '1.11.0',
      ),
    ],
    theme: { name: 'Storefront', version: '4.6.0' },
    settings: {
      api_enabled: true,
      force_ssl: false,
      currency: 'PLN',
      currency_symbol: 'zł',
      currency_position: 'right_space',
      thousand_separator: ' ',
      decimal_separator: ',',
      number_of_decimals: 2,
      HPOS_enabled: true,
    },
    security: { secure_connection: false, hide_errors: true },
    pages: [],
  }));

  app.get('/wp-json', async (request) => ({
    name: 'Sandbox',
    description: '',
    url: `http://${request.headers.host ?? ''}`,
    home: `http://${request.headers.host ?? ''}`,
    gmt_offset: offsetHours(clock.now()),
    timezone_string: clock.timeZone,
    namespaces: ['wp/v2', 'wc/v3'],
    routes: {},
  }));
};

function plugin(file: string, name: string, version: string): Record<string, unknown> {
  return { plugin: file, name, version, version_latest: version, network_activated: false };
}

/** WordPress tells the offset that holds now. */
function offsetHours(now: Date): number {
  const local = new Date(now.toLocaleString('en-US', { timeZone: 'Europe/Warsaw' }));
  const utc = new Date(now.toLocaleString('en-US', { timeZone: 'UTC' }));
  return (local.getTime() - utc.getTime()) / 3_600_000;
}
