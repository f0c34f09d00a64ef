/** What stands in front of a vendor: a firewall, a proxy, a host's limiter. None of them speaks JSON. */

export const FIREWALL_PAGE = htmlPage(
  'Just a moment...',
  '<h1>Checking your browser before accessing the site</h1><p>Enable JavaScript and cookies to continue.</p>',
);

export const TOO_MANY_REQUESTS_PAGE = htmlPage(
  '429 Too Many Requests',
  '<center><h1>429 Too Many Requests</h1></center><hr><center>nginx</center>',
);

const REASONS: Readonly<Record<number, string>> = {
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** A web server's own page for a status. */
export function hostErrorPage(status: number): string {
  const title = `${status} ${REASONS[status] ?? 'Error'}`;
  return htmlPage(title, `<center><h1>${title}</h1></center><hr><center>nginx</center>`);
}

function htmlPage(title: string, body: string): string {
  return `<!DOCTYPE html>\n<html>\n<head><title>${title}</title></head>\n<body>${body}</body>\n</html>\n`;
}
