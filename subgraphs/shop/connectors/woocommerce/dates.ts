/** WooCommerce writes `…_gmt` dates as UTC without its mark; their twins are in the site's zone, which no answer names. */
export function fromGmt(text: string): string {
  return new Date(`${text}Z`).toISOString();
}

export function fromGmtOrNull(text: string | null | undefined): string | null {
  return text ? fromGmt(text) : null;
}

/**
 * For `after` and `before` with `dates_are_gmt`: again without a mark, because WordPress turns a marked instant into the
 * site's zone first and then compares it with UTC. Whole seconds, as WordPress keeps them.
 */
export function toGmt(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 19);
}
