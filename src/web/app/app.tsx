import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { Start } from '../start/start.tsx';
import { NotFound } from './not-found.tsx';
import { OpeningFailed } from './opening-failed.tsx';
import { Shell } from './shell.tsx';
import { useWorkspace } from './workspace-store.ts';

const Personas = lazy(() => import('../personas/personas.tsx'));
const Persona = lazy(() => import('../persona/persona.tsx'));
const Sessions = lazy(() => import('../sessions/sessions.tsx'));
const Sources = lazy(() => import('../sources/sources.tsx'));

export function App() {
  return (
    <Shell>
      <Suspense fallback={null}>
        <Screens />
      </Suspense>
    </Shell>
  );
}

function Screens() {
  const phase = useWorkspace((view) => view.phase);
  const problem = useWorkspace((view) => view.problem);
  const sessions = useWorkspace((view) => view.snapshot?.overview.sessions ?? 0);
  if (phase === 'failed') return <OpeningFailed message={problem?.message ?? ''} />;
  if (phase === 'opening') return null;
  return (
    <Switch>
      <Route path="/">{sessions > 0 ? <Redirect to="/personas" replace /> : <Start />}</Route>
      <Route path="/import">
        <Start />
      </Route>
      <Route path="/personas">
        <Personas />
      </Route>
      <Route path="/personas/:id">{({ id }) => <Persona key={id} id={decodeURIComponent(id)} />}</Route>
      <Route path="/sessions">
        <Sessions />
      </Route>
      <Route path="/sources">
        <Sources />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
