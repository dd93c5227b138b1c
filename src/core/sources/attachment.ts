import type { Attachment } from '../model/transcript.ts';

/** A larger picture or file is named, not shown. Characters of its address. */
const MOST_CHARACTERS = 8_000_000;
/** What a browser shows as a picture without running anything. */
const SHOWN = /^data:(?:image\/(?:png|jpeg|gif|webp|avif|bmp|svg\+xml)|text\/plain)[;,]/i;

/** A file that came with a message. Its address is kept only when it holds the file itself and can be shown safely. */
export function attachmentOf(mime: string, name: string, address: string): Attachment {
  const isData = /^data:/i.test(address);
  const isShown = SHOWN.test(address) && address.length <= MOST_CHARACTERS;
  return {
    mime,
    name,
    data: isShown ? address : null,
    place: isData ? '' : address,
    size: isData ? dataBytes(address) : null,
  };
}

function dataBytes(address: string): number {
  const comma = address.indexOf(',') + 1;
  const isBase64 = /;base64$/i.test(address.slice(0, comma - 1));
  if (!isBase64) return address.length - comma;
  const padding = address.endsWith('==') ? 2 : address.endsWith('=') ? 1 : 0;
  return Math.floor(((address.length - comma) * 3) / 4) - padding;
}
