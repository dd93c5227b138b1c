/** Server-sent events, from text that comes in any pieces: calls `onData` with the data of each event. */
export function eventReader(onData: (data: string) => void): { take(piece: string): void; end(): void } {
  let rest = '';
  let data: string[] = [];
  const line = (text: string): void => {
    if (text === '') {
      if (data.length > 0) onData(data.join('\n'));
      data = [];
    } else if (text.startsWith('data:')) data.push(text.slice(5).replace(/^ /, ''));
  };
  return {
    take(piece) {
      const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const each of lines) line(each);
    },
    end() {
      line(rest.replace(/\r$/, ''));
      line('');
      rest = '';
    },
  };
}
