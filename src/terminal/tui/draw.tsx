import { renderToString } from 'ink';
import type { ReactNode } from 'react';
import { linesOf } from './paint.ts';
import { Body, Foot, Head, Part } from './view/app.tsx';
import { Rule } from './view/line.tsx';
import { Personas } from './view/personas.tsx';
import type { Scene } from './view/scene.ts';

/** A scene as the lines of a screen. */
export function draw(scene: Scene): string[] {
  const { columns, rows, body, main } = scene.layout;
  const part = (children: ReactNode, width: number) =>
    renderToString(<Part scene={scene}>{children}</Part>, { columns: width });
  const middle = linesOf(part(<Body />, hasTwoPanes(scene) ? main : columns), body);
  const head = part([<Head key="head" />, <Rule key="rule" />], columns);
  const foot = part([<Rule key="rule" />, <Foot key="foot" />], columns);
  return linesOf([head, ...(hasTwoPanes(scene) ? beside(scene, middle) : middle), foot].join('\n'), rows);
}

function hasTwoPanes({ stage, layout }: Scene): boolean {
  return stage.screen === 'personas' && layout.personas > 0 && stage.reader === null && !stage.isHelpOpen;
}

/**
 * Personas left, the rest right. The right pane is put at its column by number: terminals don't agree on how wide some characters
 * are, and a name must not shift what stands beside it.
 */
function beside(scene: Scene, right: readonly string[]): string[] {
  const { personas: width, body } = scene.layout;
  const personas = renderToString(
    <Part scene={scene}>
      <Personas width={width} />
    </Part>,
    { columns: width },
  );
  return linesOf(personas, body).map((left, at) => `${left}\x1B[0m\x1B[${width + 1}G│${right[at] ?? ''}`);
}
