/** What people and staff type where a form insists: it identifies nobody. */
export const PLACEHOLDERS = { email: 'brak@brak.pl', phone: '000000000', taxId: '0000000000' } as const;
