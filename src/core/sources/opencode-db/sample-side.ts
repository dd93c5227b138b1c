import { bash, edit, it, read, type SampleSession, you } from './sample-script.ts';

/** Evenings and weekends: an open-source packing list in Rust, and notes without a repository. */
export const SIDE_SESSIONS: readonly SampleSession[] = [
  {
    title: 'packlist: weights in grams and ounces',
    agent: 'build',
    project: 'packlist',
    daysAgo: 83,
    at: '20:10',
    turns: [
      you(`
        packlist is my open-source packing list for hikers: Rust, SQLite, about 300 users. Someone wants ounces. I store grams as
        f64 and I'm not happy with that.
      `),
      it(
        `
        I would store **integer milligrams** and convert only when showing. An ounce is 28,349.523125 mg, so a round trip through
        ounces loses at most half a milligram, and sums stay exact.

        \`\`\`rust
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub struct Weight(i64); // milligrams

        impl Weight {
            pub fn from_ounces(oz: f64) -> Self {
                Self((oz * 28_349.523_125).round() as i64)
            }
        }
        \`\`\`

        The column changes from REAL to INTEGER; 300 users means the migration must not lose a sock.
        `,
        read(
          'src/weight.rs',
          `
          1: pub type Grams = f64;
        `,
        ),
      ),
      you(`Yes. Property test for the round trip please, and the migration.`),
      it(
        `
        Both done. The property test found something on its first run: negative weights. They exist! A user keeps *worn* items as
        negative, so that the pack weight comes out right.

        I kept them legal and wrote the test for it.
        `,
        bash(
          'cargo test weight',
          `
          test weight::round_trip_through_ounces ... ok
          test weight::sums_are_exact ... ok
          test weight::worn_items_are_negative ... ok
        `,
        ),
      ),
      you(`Ha, that is me. I do that. Release it as 0.9.`),
      it(`
        Released as **0.9.0**, with the negative weights in the documentation as a feature. I signed the changelog with your name and
        thanked the person who asked for ounces.
      `),
    ],
  },
  {
    title: 'packlist: plan for sync between two machines',
    agent: 'plan',
    project: 'packlist',
    daysAgo: 74,
    at: '10:40',
    turns: [
      you(`
        Saturday question. I want packlist to sync between my laptop and my phone without a server of mine. What would you do,
        and what would you not do?
      `),
      it(`
        **Would do**

        - one change log per device, a row per change, with the time and a counter;
        - merge by last writer *per field*, deletions as tombstones;
        - any folder that both machines see as the transport (Syncthing, a USB stick): files that are only ever added.

        **Would not do**

        - sync the SQLite file itself. Two writers and a WAL in a synced folder is how databases die.
        - a CRDT for text. Nobody edits "2 pairs of socks" on two machines at once.

        It is about three weekends, most of it tests.
      `),
      you(`I like "files that are only ever added". What about clocks? My phone is often a minute off.`),
      it(`
        A hybrid clock: the larger of your own time and the largest you have seen, plus a counter. A phone that is a minute off then
        orders its own changes correctly and is only unfair towards changes made within that minute.

        Refuse anything more than a day in the future; otherwise one broken clock wins for ever.
      `),
      you(`Write it down as docs/sync.md, one page. I'll start when the snow is gone, mornings before work as always.`),
      it(
        `It is one page: the log, the merge rule, the clock, and a list of what it does not do. Nothing to build until spring.`,
      ),
    ],
  },
  {
    title: 'packlist: the daemon blocks the command line',
    agent: 'build',
    project: 'packlist',
    daysAgo: 48,
    at: '07:05',
    turns: [
      you(
        `\`packlist add\` sometimes says "database is locked" when the daemon is running. Short answer please, coffee first.`,
      ),
      it(
        `
        The daemon holds a read transaction while it waits for the network. In rollback mode a reader blocks the writer.

        **Fix:** WAL mode, one line. Readers and the writer then don't wait for each other.
        `,
        bash(
          'lsof -p $(pgrep packlistd) | rg pack.db',
          `
          packlistd 4121 nora  7ur  REG  259,2  491520  pack.db
          packlistd 4121 nora  9r   REG  259,2       0  pack.db-journal
        `,
        ),
      ),
      you(`And it should not hold a transaction across the network anyway, should it.`),
      it(
        `It should not. It now reads what it needs, closes the transaction, and then talks to the network. With that the lock is gone even without WAL; I would do both.`,
        edit(
          'src/daemon.rs',
          'let tx = conn.transaction()?;\\n    let peers = discover().await?;',
          'let changes = read_changes(&conn)?;\\n    let peers = discover().await?;',
        ),
      ),
      you(`Both. I'll have the reviewer look at the WAL part, I don't know enough about it.`),
      it(`Good idea. The branch is \`wal\`; I left the pragma in a commit of its own so that it is easy to look at.`),
    ],
  },
  {
    title: 'Notas para la charla de Valencia',
    agent: 'build',
    project: 'notes',
    daysAgo: 33,
    at: '18:45',
    turns: [
      you(`
        My talk in Valencia is accepted: 25 minutes, "Local-first for people who hike". I want to open in Spanish for two minutes.
        My Spanish is B1. Help me with the opening, simple words.
      `),
      it(`
        > Buenos días. Me llamo Nora. Trabajo con mapas y con montañas.
        >
        > El año pasado perdí mi lista en un refugio a 2.400 metros. No había cobertura. La aplicación me dijo: «Sin conexión».
        > Yo pensé: la montaña está aquí, mi mochila está aquí, yo estoy aquí. ¿Dónde está mi lista?
        >
        > Hoy hablamos de eso.

        Short sentences, past tense you know, and one joke. Slow down at *«Sin conexión»*, people will laugh there.
      `),
      you(`I love it. "Cobertura", is that what people say in Spain?`),
      it(`Yes: *cobertura* in Spain, *señal* is more common in Latin America. For Valencia, *cobertura*.`),
      you(`
        And the figures on my slides: I'm red-green colour-blind, so please never propose colours alone. Shapes or labels.
      `),
      it(`
        Understood, for slides and for everything else. For the merge diagram: **circles** for the phone, **squares** for the laptop, a solid
        outline for what was kept and a dashed one for what lost. It also survives a bad projector.
      `),
    ],
  },
  {
    title: 'Übersetzung der Hüttenordnung – German hut rules 🏔️',
    agent: 'build',
    project: 'notes',
    daysAgo: 18,
    at: '21:30',
    turns: [
      you(`
        A hut keeper in Tyrol sent me their rules in German for the app. Translate them, keep them friendly:

        „Bitte die Schuhe im Vorraum ausziehen. Hüttenruhe ab 22 Uhr. Müll wird wieder mit ins Tal genommen. Bezahlt wird bar,
        am Abend."
      `),
      it(`
        > Please take your boots off in the porch. Quiet from 10 pm. What you carry up, you carry down: please take your rubbish back to the
        > valley. We settle up in cash in the evening.

        *Hüttenruhe* is more than a bedtime: lights out, torches off in the dormitory. If there is room I would write *"Quiet and lights out
        from 10 pm"*.
      `),
      you(`Take the longer one. And in Japanese for the 山小屋 page, only the first two?`),
      it(`
        > 靴は玄関でお脱ぎください。
        > 消灯・就寝は22時です。

        *消灯* is exactly "lights out", it is the word Japanese mountain huts use themselves.
      `),
    ],
  },
  {
    title: 'packlist: a backup that is really a backup',
    agent: 'build',
    project: 'packlist',
    daysAgo: 13,
    at: '07:12',
    turns: [
      you(
        `Let's do the backup command properly. Requirements: one file, works while the daemon writes, and it must verify itself.`,
      ),
      it(
        `
        \`packlist backup FILE\` now

        1. refuses to overwrite an existing file unless \`--force\`;
        2. runs \`VACUUM INTO\` into \`FILE.part\`;
        3. opens the copy, runs \`PRAGMA integrity_check\` and compares the number of rows of each table;
        4. renames it.

        If any of that fails, the \`.part\` is removed and the exit code is 1.
        `,
        bash(
          'cargo run -q -- backup /tmp/pack-backup.db && sqlite3 /tmp/pack-backup.db "select count(*) from item"',
          `
          verified: 3 lists, 412 items
          412
        `,
        ),
      ),
      you(`Test it with a daemon that writes as fast as it can.`),
      it(
        `
        Ten thousand inserts while 50 backups ran: every copy was whole, with between 1,184 and 9,930 rows, and none was slower than
        90 ms. That is now a test, with 500 inserts so that it stays under a second.
        `,
        bash(
          'cargo test backup -- --nocapture',
          `
          test backup::is_whole_while_others_write ... ok (0.71 s)
        `,
        ),
      ),
      you(`Beautiful. 0.10 then. I want it out before the talk.`),
      it(
        `Tagged **0.10.0** and published. The changelog begins with the person whose rows were "lost", and where to find them.`,
      ),
    ],
  },
  {
    title: 'Slides: merge in four pictures',
    agent: 'plan',
    project: 'notes',
    daysAgo: 7,
    at: '19:00',
    turns: [
      you(`
        The middle of my talk is too long. I have four minutes for "how two lists become one". Give me four pictures, no code, and one
        sentence each.
      `),
      it(`
        1. **Two lists, no signal.** A circle and a square write at the same time. *"Nobody waits for anybody."*
        2. **Two logs meet.** Both add what the other did not have. *"We exchange what happened, not what is."*
        3. **The same sock twice.** Two changes to one field, one outline turns dashed. *"The later one wins, and we keep the loser."*
        4. **A deleted tent.** A grave stone instead of a hole. *"Forgetting has to be remembered too."*

        Say the fourth sentence slowly. It is the one they will quote.
      `),
      you(`Number four is wonderful. Is it true, though? We do remove tombstones after 90 days.`),
      it(`
        It stays true: after 90 days a device that was away is asked to start from a fresh copy, so nobody can bring the tent back. You could
        say that in the questions; it does not fit the picture.
      `),
    ],
  },
  {
    title: 'Rehearsal notes',
    agent: 'build',
    project: 'notes',
    daysAgo: 1,
    at: '08:02',
    turns: [
      you(`
        Rehearsed for Hanna last night, she is our designer. 27 minutes, two too long. She says: cut the history part, keep the tent. I agree
        with her. Update the outline?
      `),
      it(
        `
        Updated. Without the history part you land at **24 min 30 s**:

        - 0:00 opening in Spanish (2)
        - 2:00 the lost list (4)
        - 6:00 what local-first means (5)
        - 11:00 merge in four pictures (4)
        - 15:00 packlist, live (6)
        - 21:00 what I would not do again (3)
        - 24:00 gracias (½)

        The live part is the risk. I would record it once as a fallback.
        `,
        edit('talk/outline.md', '## A short history of sync (5)', ''),
      ),
      you(`Recorded it this morning. Flight is on Thursday. Don't let me touch the slides after Wednesday.`),
      it(`I won't. If you ask me on Thursday, I will answer in Spanish.`),
    ],
  },
];
