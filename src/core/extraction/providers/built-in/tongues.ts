/** A few sure cues in other languages: what is missed there costs less than what is wrong. */
import { HUMAN } from '../../../model/item.ts';
import { short } from './naming.ts';
import type { Stated } from './rule.ts';
import type { Statement } from './statement.ts';

interface Cue {
  readonly kind: 'fact' | 'trait';
  readonly subject: string | null;
  readonly pattern: RegExp;
}

const ARTICLE_OF_JOB = String.raw`(?:\p{L}+(?:in|er|eur|euse|ista|ora?|ère|ienne|ien|gogue|ant|ent|or|iere|ier|dor|dora|ero|era|ogo|oga|lerin|ärztin|arzt|anwalt|professeur|étudiante?|estudiante|estudante|studentin)\b)`;
const CUES: readonly Cue[] = [
  // German
  {
    kind: 'trait',
    subject: null,
    pattern:
      /\b(?:ich (?:mag|hasse|liebe|bevorzuge|verabscheue|schätze)|ich kann \S+ nicht (?:ausstehen|leiden)|mir ist lieber|ich habe? lieber|ich (?:arbeite|schreibe|teste|lese|committe|nutze|benutze|verwende) (?:immer|nie|niemals|grundsätzlich|lieber|am liebsten)|mir (?:ist|sind) .{1,40} wichtig(?:er)?)\b(?! (?:das|dies|den|die|der|es) (?:hier|neue|alte|erste|zweite))/iu,
  },
  {
    kind: 'trait',
    subject: null,
    pattern:
      /^(?:bitte |und |also )*(?:(?:ab (?:jetzt|sofort|heute)|in zukunft|künftig|von nun an|grundsätzlich)\b.+|(?:nutze?|benutze?|verwende?|schreibe?|antworte?|frage?|mache?|committe|erkläre?|teste?|lass|führe?|nimm|gib|halte?|zeige?|stelle?|ändere?|lösche?|pushe?|sprich|nenne?)\b.{0,80}\b(?:immer|nie|niemals|jedes ?mal|grundsätzlich|stets)\b|(?:immer|nie|niemals) (?:\p{L}+ ){1,6}\p{L}+(?:en|st)\b)/iu,
  },
  {
    kind: 'fact',
    subject: HUMAN,
    pattern: new RegExp(
      String.raw`^(?:ich bin (?:(?:ein|eine|der|die|selbst|selbständig|selbstständig|freiberufliche?r?|leitende?r?|von beruf) )*${ARTICLE_OF_JOB}|ich (?:arbeite|wohne|lebe|studiere|unterrichte|leite|betreue|pflege|betreibe) (?:als|bei|in|an|für|im|am|seit|das|die|den|eine?n?|hier)\b|ich heiße \p{Lu}|mein name ist)`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    subject: 'team',
    pattern:
      /^(?:bei uns\b.{1,80}\b(?:läuft|laufen|gilt|wird)|wir (?:nutzen|benutzen|verwenden|setzen|hosten|deployen|haben uns (?:für|gegen)|sind (?:ein|eine|zu|vier|drei|fünf|auf)|dürfen|arbeiten mit|betreiben|unterstützen|liefern|veröffentlichen|bleiben bei|entwickeln|programmieren)\b(?! (?:das|dies|es|ihn|sie) (?:hier|gerade|nur)))/iu,
  },
  {
    kind: 'fact',
    subject: 'project',
    pattern:
      /^(?:(?:die |der |unsere? )?(?:abgabe|deadline|frist|release|veröffentlichung|prüfung|termin) ist (?:am|im|bis|ende|anfang|mitte)\b|(?:unser|unsere|mein|meine|das|die|der) \p{L}+(?: \p{L}+)? (?:läuft (?:auf|unter|mit|in)|ist in \p{Lu}\S* geschrieben|ist mit \p{Lu}))/iu,
  },
  // Spanish
  {
    kind: 'trait',
    subject: null,
    pattern:
      /^(?:yo )?(?:prefiero|odio|detesto|no soporto|me gustan? (?:más|mucho)?|no me gustan?|me encanta|siempre (?:uso|prefiero|escribo|hago|reviso)|nunca (?:uso|escribo|hago))\b(?! (?:el (?:primero|segundo|nuevo)|la (?:primera|segunda|nueva)|est[aeo]s?|es[aeo]s?|cómo|que)\b)/iu,
  },
  {
    kind: 'trait',
    subject: null,
    pattern:
      /^(?:por favor,? |y )*(?:(?:de ahora en adelante|a partir de ahora|en el futuro|en adelante)\b.+|(?:siempre|nunca) (?:usa|escribe|responde|pregunta|haz|ejecuta|explica|uses|escribas|hagas|borres|toques)\b|(?:usa|escribe|responde|pregúntame|explícame|hazlo|ejecuta|muéstrame|pon)\b.{0,80}\b(?:siempre|cada vez|en todos los|todas las veces)\b)/iu,
  },
  {
    kind: 'fact',
    subject: HUMAN,
    pattern: new RegExp(
      String.raw`^(?:yo )?(?:soy (?:(?:un|una|el|la) )?${ARTICLE_OF_JOB}|trabajo (?:en|como|para|de|desde)\b|vivo en\b|estudio (?!est)\p{L}+|me llamo \p{Lu}|mi nombre es)`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    subject: 'team',
    pattern:
      /^(?:nosotros |aquí )?(?:usamos|utilizamos|hemos decidido|decidimos|trabajamos con|desplegamos|somos un equipo|no podemos usar|alojamos|elegimos)\b/iu,
  },
  {
    kind: 'fact',
    subject: 'project',
    pattern: /^(?:la entrega|el plazo|la fecha límite|el lanzamiento|el examen)(?: \p{L}+){0,3} es (?:el|en|a)\b/iu,
  },
  // French
  {
    kind: 'trait',
    subject: null,
    pattern:
      /^(?:moi,? )?(?:je préfère|je déteste|j'aime (?:pas|mieux|beaucoup|bien)?|je n'aime pas|je ne supporte pas|j'adore|je (?:teste|relis|commence|travaille|utilise|lis|écris) toujours|je n'utilise jamais)\b(?! (?:la première|la deuxième|le premier|le second|ce|cette|ça|comment)\b)/iu,
  },
  {
    kind: 'trait',
    subject: null,
    pattern:
      /^(?:s'il te plaît,? |merci de |et )*(?:(?:à partir de maintenant|dorénavant|désormais|à l'avenir)\b.+|(?:utilise|écris|réponds|demande|explique|fais|lance|montre|n'utilise|ne (?:fais|touche|supprime|modifie|pousse|change|mets))\b.{0,80}\b(?:toujours|jamais|à chaque fois|chaque fois)\b)/iu,
  },
  {
    kind: 'fact',
    subject: HUMAN,
    pattern: new RegExp(
      String.raw`^(?:je suis (?:(?:un|une|le|la) )?${ARTICLE_OF_JOB}|je travaille (?:chez|comme|à|pour|dans|en tant)\b|j'habite\b|je vis (?:à|en|au)\b|je m'appelle \p{Lu}|mon nom est)`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    subject: 'team',
    pattern:
      /^(?:(?:chez|ici|nous,?) )?(?:nous|on) (?:utilisons|utilise|avons (?:décidé|choisi|opté)|a (?:décidé|choisi|opté)|déployons|déploie|héberge|hébergeons|travaillons avec|travaille avec|ne (?:pouvons|peut) pas utiliser)\b/iu,
  },
  {
    kind: 'fact',
    subject: 'project',
    pattern:
      /^(?:la livraison|la date limite|la sortie|la mise en ligne|le rendu|l'examen|la remise)(?: \p{L}+){0,3} est (?:le|en|pour|prévue?)\b/iu,
  },
  // Portuguese
  {
    kind: 'trait',
    subject: null,
    pattern:
      /^(?:eu )?(?:prefiro|odeio|detesto|não gosto de|não suporto|gosto (?:mais )?de|adoro|sempre (?:uso|escrevo|testo)|nunca (?:uso|escrevo))\b(?! (?:o primeiro|a primeira|est[ae]|ess[ae]|isso|como)\b)/iu,
  },
  {
    kind: 'trait',
    subject: null,
    pattern:
      /^(?:por favor,? |e )*(?:(?:de agora em diante|a partir de agora|daqui (?:em diante|para a? ?frente))\b.+|(?:sempre|nunca) (?:use|usa|escreva|escreve|responda|responde|pergunte|pergunta|faça|faz|rode|roda)\b|(?:use|usa|escreva|escreve|responda|responde|pergunta|pergunte|explica|mostra)\b.{0,80}\b(?:sempre|toda vez)\b)/iu,
  },
  {
    kind: 'fact',
    subject: HUMAN,
    pattern: new RegExp(
      String.raw`^(?:eu )?(?:sou (?:(?:um|uma|o|a) )?${ARTICLE_OF_JOB}|trabalho (?:na|no|em|como|para|com)\b|moro (?:em|no|na)\b|estudo (?!est)\p{L}+|meu nome é|me chamo \p{Lu})`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    subject: 'team',
    pattern: /^(?:nós |a gente )?(?:usamos|usa|utilizamos|decidimos|escolhemos|hospedamos|somos uma equipe)\b/iu,
  },
  {
    kind: 'fact',
    subject: 'project',
    pattern: /^(?:a entrega|o prazo|o lançamento|a data limite|a prova)(?: \p{L}+){0,3} é (?:no|em|dia|na|até)\b/iu,
  },
  // Chinese, Japanese
  {
    kind: 'trait',
    subject: null,
    pattern:
      /^(?:请)?(?:以后|今后|从现在(?:起|开始)|每次|永远|总是|一律|始终)(?!.*[吗？?])|^我(?:更?喜欢|讨厌|偏好|习惯|不喜欢)(?!(?:这个|那个|这样))/u,
  },
  {
    kind: 'fact',
    subject: HUMAN,
    pattern: /^我(?:是(?:一名|一个|一位|做)|在[^，。]{1,12}(?:工作|上班|上学|读书)|住在|叫)/u,
  },
  {
    kind: 'fact',
    subject: 'team',
    pattern: /^(?:我们|咱们)(?:公司|团队|组)?(?:用的是|使用|用|决定|采用|部署在)(?!户)/u,
  },
  {
    kind: 'trait',
    subject: null,
    pattern:
      /^(?:今後は?|これからは?|常に|必ず).*(?:ください|てね|ないで|こと)|(?:毎回|常に|いつも).*(?:ください|てね|ないで)|必ず.*(?:ください|てね)(?=[。！]?$)|^(?:私は|僕は)?.{1,20}(?:が好きです|が嫌いです|の方が好き|を好みます)/u,
  },
  {
    kind: 'fact',
    subject: HUMAN,
    pattern: /^(?:私|僕|俺)は.{1,20}(?:です|しています|働いて|住んで)(?=[。、]|$|います)/u,
  },
  {
    kind: 'fact',
    subject: 'team',
    pattern:
      /^(?:私たちは?|うちの(?:チーム|会社)(?:は|では)|弊社(?:は|では)|当社(?:は|では)|チームでは).{2,40}(?:使って|採用し|決め|運用し)/u,
  },
];

/** A word that English does not have: without one there is nothing to look for. */
const ELSEWHERE =
  /[^\p{ASCII}\p{P}\p{S}]|\b(?:ich|wir|mir|mein\w*|unser\w*|bitte|immer|nie|niemals|frau|herrn?|die|der|das|und|ist|nicht|ab jetzt|je|nous|ma|mon|notre|chez|est|une|toujours|jamais|yo|soy|mi|nuestr[oa]|el|la|los|siempre|nunca|prefiero|odio|trabajo|vivo|usamos|eu|meu|minha|sempre|moro|sou|uma|prefiro|trabalho|laut|selon|frage?)\b/iu;
const FOREIGN_QUESTION = /[?？]\s*$|吗[。！]?\s*$|[かの][。]?\s*$/u;
const NOT_MEANT =
  /^(?:wenn|falls|angenommen|stell dir vor|si|imagina|supón|imagine|suppose|supposons|se |imagina|如果|假如|もし)|\b(?:diesmal|heute|gerade|nur hier|esta vez|hoy|cette fois|aujourd'hui|desta vez|hoje|pour l'instant|por ahora|vorerst|im moment)\b|这次|今回(?!も)|先不/iu;

/** What a statement in another language states. */
export function saidElsewhere(statement: Statement): Stated[] {
  const { text, start, setting } = statement;
  const words = text.trim();
  if (!ELSEWHERE.test(text)) return [];
  if (setting === 'foreign' || FOREIGN_QUESTION.test(words) || NOT_MEANT.test(words)) return [];
  const lead =
    /^(?:(?:und|also|hallo|hi|ok|y|hola|bueno|et|bonjour|salut|e|olá|oi|bom dia|你好|こんにちは)[,，、!！\s]+)+/iu.exec(
      text,
    )?.[0].length ?? 0;
  const found: Stated[] = [];
  for (const { kind, subject, pattern } of CUES) {
    if (found.some((each) => each.kind === kind) || !pattern.test(text.slice(lead))) continue;
    const end = start + text.trimEnd().replace(/[.!。！]+$/, '').length;
    found.push({
      kind,
      subject,
      name: short(
        text
          .slice(lead)
          .trim()
          .replace(/[.!。！]+$/, ''),
      ),
      isQuote: kind === 'trait',
      start: start + lead,
      end,
    });
  }
  return found;
}

const RELATION =
  '(?:(?:mein|meine|meinem|meiner|meinen|unser|unsere|unserem|unserer|unseren|ein|eine) (?:\\p{L}+ )?(?:kollege|kollegen|kollegin|chef|chefin|freund|freundin|bruder|schwester|frau|mann|sohn|tochter|mutter|vater|praktikant|praktikantin|kunde|kundin|teamleiter|teamleiterin|betreuer|betreuerin|professor|professorin)|(?:mi|nuestro|nuestra|un|una) (?:compañero|compañera|jefe|jefa|amigo|amiga|hermano|hermana|marido|mujer|esposa|esposo|hijo|hija|colega|cliente|clienta|profesor|profesora|directora?|becario|becaria)|(?:mon|ma|notre|un|une) (?:collègue|chef|cheffe|patron|patronne|ami|amie|frère|sœur|mari|femme|fils|fille|client|cliente|professeur|prof|stagiaire|directeur|directrice|responsable)|(?:meu|minha|nosso|nossa|um|uma) (?:colega|chefe|amigo|amiga|irmão|irmã|marido|esposa|filho|filha|cliente|professor|professora|estagiário|estagiária|gerente))';
const NAME = String.raw`(\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?)`;
const PEOPLE: readonly RegExp[] = [
  new RegExp(String.raw`(?<!\p{L})${RELATION},? (?!(?:Die|Der|Das|El|La|Le|Les|Los|O|A)\b)${NAME}`, 'giu'),
  new RegExp(String.raw`(?<!\p{L})(?:Herrn?|Frau|Señora?|Sra?\.|Monsieur|Madame|M\.|Mme|Senhora?|Dona) ${NAME}`, 'gu'),
  new RegExp(
    String.raw`(?<!\p{L})(?:[Dd]'après|[Ss]elon|[Ll]aut|[Ss]egún|[Ss]egundo|[Ff]rag|[Ff]rage|[Pp]regunta a|[Pp]regúntale a|[Dd]emande à|[Pp]ergunta (?:ao?|para)) ${NAME}`,
    'gu',
  ),
  new RegExp(
    String.raw`(?:^|[.!] |, )(?:[AO] )?${NAME} (?:aus (?:dem|der)|vom|von der|del? (?:equipo|departamento)|de (?:soporte|ventas|finanzas|contabilidad|marketing)|du (?:support|marketing|service)|d[oa] (?:financeiro|suporte|marketing|time|equipe|comercial|rh))`,
    'gu',
  ),
  /(?:同事|老板|经理|朋友|老师|同学|领导|客户|主管)(\p{Script=Han}{2,3}?)(?=负责|说|让|要|想|觉得|认为|写|做|，|。|的|是|会|在)/gu,
  /(?<![\p{Script=Han}\p{Script=Katakana}])([\p{Script=Han}]{1,3}|\p{Script=Katakana}{2,6})(?:さん|先生|部長|課長|先輩)(?=[がはにもとの、から])/gu,
];
const NO_NAME =
  /^(?:Die|Der|Das|Den|Dem|Ein|Eine|Und|Aber|Wenn|Für|Que|Pero|Para|Mais|Dans|Pour|Uma|Um|Não|Il|Elle|El|La|Le|皆|お客|客)/u;

/** People named with a relation in another language. Offsets are into the message. */
export function peopleElsewhere({
  text,
  start,
  setting,
}: Statement): { name: string; start: number; end: number; isSure: true }[] {
  if (setting === 'foreign' || !ELSEWHERE.test(text)) return [];
  const found = new Map<string, { name: string; start: number; end: number; isSure: true }>();
  for (const pattern of PEOPLE)
    for (const match of text.matchAll(pattern)) {
      const name = match[1] ?? '';
      // with the flag for the relation's case, small letters would pass for a name
      if (!/^(?:\p{Lu}|\p{Script=Han}|\p{Script=Katakana})/u.test(name) || NO_NAME.test(name)) continue;
      const whole = name
        .split(' ')
        .filter((word) => !/^\p{Ll}/u.test(word))
        .join(' ');
      const at = start + match.index + match[0].lastIndexOf(name);
      found.set(whole, { name: whole, start: at, end: at + whole.length, isSure: true });
    }
  return [...found.values()];
}
