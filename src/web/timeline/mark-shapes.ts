/** Marks are told apart by shape: one colour serves them all. */
import type { ItemKind } from '../../core/model/item.ts';

/** Marks nearer to each other stand as one, px. */
export const MARK_STEP = 9;

type Path = Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'arc' | 'rect' | 'closePath'>;

const R = 3.5;

/** Adds the shape of a kind to a path, with its middle at this point. */
export function traceMark(path: Path, kind: ItemKind, x: number, y: number): void {
  switch (kind) {
    case 'fact':
      return polygon(path, [x, y - R], [x + R, y], [x, y + R], [x - R, y]);
    case 'quote':
      // the two strokes of a quotation mark
      polygon(path, [x - 3, y - R], [x - 0.5, y - R], [x - 2, y + R - 1], [x - 3.5, y + R - 1]);
      return polygon(path, [x + 1, y - R], [x + 3.5, y - R], [x + 2, y + R - 1], [x + 0.5, y + R - 1]);
    case 'trait':
      return polygon(path, [x, y - R], [x + R, y + R - 1], [x - R, y + R - 1]);
    case 'person':
      path.moveTo(x + R - 0.5, y);
      return path.arc(x, y, R - 0.5, 0, 2 * Math.PI);
    case 'topic':
      return path.rect(x - R + 0.5, y - R + 0.5, 2 * R - 1, 2 * R - 1);
  }
}

function polygon(path: Path, [x, y]: Point, ...points: readonly Point[]): void {
  path.moveTo(x, y);
  for (const [toX, toY] of points) path.lineTo(toX, toY);
  path.closePath();
}

type Point = readonly [x: number, y: number];
