import { fileURLToPath } from 'node:url';

/** Everything the live tests install stays here; git ignores it. Kept between runs, because installing is slow. */
export const LIVE_DIRECTORY = fileURLToPath(new URL('../../.live/', import.meta.url));

/** The committed files of the Medusa project that is installed into LIVE_DIRECTORY. */
export const MEDUSA_TEMPLATE = fileURLToPath(new URL('./medusa/', import.meta.url));
