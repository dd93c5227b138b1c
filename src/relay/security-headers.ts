import type { Context, MiddlewareHandler } from 'hono';

/**
 * What the app may load: itself, its own WebAssembly, and nothing from anywhere else. A request to another origin is refused
 * by the browser, whatever the code says. Inline styles are allowed for dialogs: they keep the page under them still with a
 * style element of their own.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The script of the one worker that asks models' servers. */
const OUTSIDE_WORKER = /^\/assets\/outside\.worker-[\w-]+\.js$/;
/** No wildcard, no path, no list: one origin, as a browser writes it. */
const ONE_ORIGIN = /^https?:\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;

/** Whether a text is one origin, `https://app.example`. */
export function isOrigin(text: string): boolean {
  return ONE_ORIGIN.test(text);
}

/** Sets the headers every answer carries. */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('Content-Security-Policy', policyFor(context));
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Referrer-Policy', 'no-referrer');
};

/** The policy of the page and all its files never changes. The worker for models may ask the one origin its address names, and load nothing. */
function policyFor({ req }: Context): string {
  // what a relay answers is no page: it may do nothing, and says so briefly
  if (req.path.startsWith('/v1/')) return "default-src 'none'";
  if (!OUTSIDE_WORKER.test(req.path)) return CONTENT_SECURITY_POLICY;
  const origin = req.query('connect') ?? '';
  return `default-src 'none'; connect-src ${isOrigin(origin) ? origin : "'none'"}`;
}
