import type { IncomingMessage } from 'node:http';

/**
 * Who asks, for the limits: the address of the connection or, behind proxies of one's own, the one that the outermost of them saw.
 * Of IPv6 the first 64 bits: what one subscriber has.
 *
 * @param proxies how many stand before the relay; each appends to X-Forwarded-For
 */
export function clientAddress(incoming: IncomingMessage, proxies: number): string {
  const seen = incoming.socket.remoteAddress ?? '';
  if (proxies === 0) return shortened(seen);
  const forwarded = String(incoming.headers['x-forwarded-for'] ?? '').split(',');
  return shortened(forwarded.at(-proxies)?.trim() || seen);
}

function shortened(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const first = head.split(':').filter(Boolean);
  const last = tail?.split(':').filter(Boolean) ?? [];
  const all = [...first, ...Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0'), ...last];
  return `${all.slice(0, 4).join(':')}::/64`;
}
