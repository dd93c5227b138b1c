import { useEffect, useRef } from 'react';

export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

/**
 * A canvas as large as its place, sharp on any screen, drawn once a frame at most: when it is rendered, when its size changes,
 * and when `subscribe` tells. Sizes are CSS px.
 *
 * @param subscribe must stay the same function
 */
export function useCanvas(draw: Draw, subscribe: (listener: () => void) => () => void) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  const request = useRef<() => void>(() => undefined);
  useEffect(() => {
    latest.current = draw;
    request.current();
  });
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d') ?? null;
    if (element === null || context === null) return undefined;
    let frame = 0;
    let [width, height] = [0, 0];
    const paint = (): void => {
      frame = 0;
      const ratio = devicePixelRatio;
      const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (columns === 0 || rows === 0) return;
      if (element.width !== columns) element.width = columns;
      if (element.height !== rows) element.height = rows;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      latest.current(context, width, height);
    };
    request.current = () => {
      if (frame === 0) frame = requestAnimationFrame(paint);
    };
    const sizes = new ResizeObserver(([entry]) => {
      ({ width = 0, height = 0 } = entry?.contentRect ?? {});
      request.current();
    });
    sizes.observe(element);
    const unsubscribe = subscribe(() => request.current());
    return () => {
      unsubscribe();
      sizes.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [subscribe]);
  return canvas;
}
