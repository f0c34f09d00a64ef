/** oidc-provider ships no types; this declares what gateway/issuer uses of it. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  import type { JWK } from 'jose';

  /** Koa's context, as far as hooks need it. */
  export interface TokenContext {
    req: IncomingMessage;
    set(header: string, value: string): void;
    oidc: { params: { scope?: string; authorization_details?: string } };
  }

  export interface ProviderClient {
    clientId: string;
  }

  export interface ResourceServerInfo {
    scope: string;
    accessTokenFormat: 'jwt';
    accessTokenTTL: number;
    jwt: { sign: { alg: string; kid: string } };
  }

  export interface Adapter {
    find(id: string): Promise<Record<string, unknown> | undefined>;
    upsert(): Promise<void>;
    consume(): Promise<void>;
    destroy(): Promise<void>;
    revokeByGrantId(): Promise<void>;
  }

  export interface Configuration {
    adapter(name: string): Adapter;
    jwks: { keys: JWK[] };
    routes: Record<string, string>;
    responseTypes: string[];
    scopes: string[];
    claims: Record<string, unknown>;
    clientAuthMethods: string[];
    clientDefaults: Record<string, unknown>;
    enabledJWA: Record<string, string[]>;
    clientBasedCORS(): boolean;
    renderError(context: { type: string; body: unknown }, out: unknown): void;
    ttl: Record<string, number>;
    features: Record<string, { enabled: boolean; [option: string]: unknown }>;
  }

  export class Provider {
    constructor(issuer: string, configuration: Configuration);
    /** Of the request under way. */
    static readonly ctx: TokenContext | undefined;
    readonly Client: {
      prototype: { compareClientSecret(this: ProviderClient, secret: string): boolean | Promise<boolean> };
    };
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    on(event: 'server_error', listener: (context: unknown, error: Error) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  export const errors: {
    InvalidTarget: new (description?: string) => Error;
    InvalidScope: new (description: string, scope?: string) => Error;
    InvalidRequest: new (description: string, status?: number) => Error;
    InvalidAuthorizationDetails: new (description: string) => Error;
  };
}
