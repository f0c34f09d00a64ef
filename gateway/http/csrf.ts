import type { IncomingHttpHeaders } from 'node:http';
import { HttpError } from '../../common/http.ts';
import { namesJson } from './negotiate.ts';

/** No page can send these to another site without the browser asking us first (CORS preflight). */
const PREFLIGHTED_HEADERS = ['x-apollo-operation-name', 'apollo-require-preflight'];

/**
 * Keeps pages of other sites from making a visitor's browser send us queries. A POST needs no check: only JSON is
 * taken, and that content type is preflighted. A GET changes nothing and its answer cannot be read across sites, but it
 * costs work and its duration tells something; so it must show that it is not such a page's:
 * - a preflighted header, as Apollo's clients send; or
 * - Fetch Metadata, which pages cannot forge: this site's own page, the address bar, or a client that is no browser
 *   (https://www.w3.org/TR/fetch-metadata/); or
 * - without any, an `Accept` that names JSON: images, scripts, frames and forms of old browsers never do.
 */
export function refuseCrossSite(headers: IncomingHttpHeaders): void {
  if (PREFLIGHTED_HEADERS.some((name) => headers[name] !== undefined)) return;
  const site = headers['sec-fetch-site'];
  const isOwn =
    site === undefined ? hasFetchMetadata(headers) || namesJson(headers.accept) : OWN_SITES.has(String(site));
  if (isOwn) return;
  const advice = 'send "Accept: application/json" or "Apollo-Require-Preflight: true", or use POST';
  throw new HttpError(400, `This GET could come from a page of another site; ${advice}`);
}

const OWN_SITES = new Set(['same-origin', 'none']);

/** Browsers send the site with every other header of the family; Node's fetch sends only the mode. */
function hasFetchMetadata(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] !== undefined;
}
