import { Redirect, Route, Switch, useLocation } from 'wouter';
import { Start } from '../start/start.tsx';
import { later } from '../ui/later.tsx';
import { ScreenTrouble } from '../ui/screen-trouble.tsx';
import { NotFound } from './not-found.tsx';
import { OpeningFailed } from './opening-failed.tsx';
import { isFirstVisit } from './remembered.ts';
import { Shell } from './shell.tsx';
import { useWorkspace } from './workspace-store.ts';

const Personas = later(() => import('../personas/personas.tsx'));
const Persona = later(() => import('../persona/persona.tsx'));
const Activity = later(() => import('../activity/activity.tsx'));
const Transcript = later(() => import('../transcript/transcript.tsx'));
const Sessions = later(() => {
  const sessions = import('../sessions/sessions.tsx');
  // what is opened from there
  Transcript.ahead();
  return sessions;
});
const Memory = later(() => import('../memory/memory.tsx'));
const Settings = later(() => import('../settings/settings.tsx'));
const Search = later(() => import('../search/search.tsx'));
const Sources = later(() => import('../sources/sources.tsx'));

export function App() {
  return (
    <Shell>
      <Screens />
    </Shell>
  );
}

function Screens() {
  const [location] = useLocation();
  // nothing on the first screen is of what is kept, when nothing is
  const mayStart = location === '/' && isFirstVisit();
  const sessions = useWorkspace((view) => view.snapshot?.overview.sessions ?? 0);
  const isWaiting = useWorkspace(({ phase }) => phase === 'opening' && !mayStart);
  const failure = useWorkspace(({ phase, problem }) => (phase === 'failed' ? (problem?.message ?? '') : null));
  if (failure !== null) return <OpeningFailed message={failure} />;
  if (isWaiting) return null;
  return (
    <ScreenTrouble place={location}>
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
        <Route path="/activity">
          <Activity />
        </Route>
        <Route path="/sessions/:id">{({ id }) => <Transcript key={id} id={decodeURIComponent(id)} />}</Route>
        <Route path="/memory">
          <Memory />
        </Route>
        <Route path="/search">
          <Search />
        </Route>
        <Route path="/settings">
          <Settings />
        </Route>
        <Route path="/sources">
          <Sources />
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </ScreenTrouble>
  );
}
