import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about plugins. */
export const pluginErrors = {
  'component-of-removed-plugin': {
    en: 'The component {{name}} came with the plugin {{plugin}}, which is not installed any more. Install it again, or choose another component.',
    es: 'El componente {{name}} venía con el complemento {{plugin}}, que ya no está instalado. Instálelo de nuevo o elija otro componente.',
    pt: 'O componente {{name}} vinha com a extensão {{plugin}}, que já não está instalada. Instale-a de novo ou escolha outro componente.',
    de: 'Die Komponente {{name}} kam mit dem Plugin {{plugin}}, das nicht mehr installiert ist. Installieren Sie es wieder, oder wählen Sie eine andere Komponente.',
    zh: '组件 {{name}} 来自插件 {{plugin}}，该插件已不再安装。请重新安装，或选择其他组件。',
  },
  'plugin-clash': {
    en: 'The plugin {{plugin}} brings components whose names are taken: {{names}}. Nothing was installed; remove what has these names first.',
    es: 'El complemento {{plugin}} trae componentes cuyos nombres ya existen: {{names}}. No se instaló nada; quite antes lo que lleva esos nombres.',
    pt: 'A extensão {{plugin}} traz componentes cujos nomes já existem: {{names}}. Nada foi instalado; retire primeiro o que tem esses nomes.',
    de: 'Das Plugin {{plugin}} bringt Komponenten, deren Namen vergeben sind: {{names}}. Nichts wurde installiert; entfernen Sie zuerst, was so heißt.',
    zh: '插件 {{plugin}} 包含名称已被占用的组件：{{names}}。未安装任何内容；请先移除同名组件。',
  },
  'plugin-denied': {
    en: 'Code of a plugin tried what plugins may not do ({{what}}) and was stopped. Ask its author why it does that, or take the plugin out.',
    es: 'El código de un complemento intentó algo que los complementos no pueden hacer ({{what}}) y se detuvo. Pregunte a su autor por qué lo hace o quite el complemento.',
    pt: 'O código de uma extensão tentou algo que as extensões não podem fazer ({{what}}) e foi detido. Pergunte ao autor porque o faz ou retire a extensão.',
    de: 'Code eines Plugins hat versucht, was Plugins nicht dürfen ({{what}}), und wurde angehalten. Fragen Sie seinen Autor, warum er das tut, oder entfernen Sie das Plugin.',
    zh: '某个插件的代码尝试了插件不允许的操作（{{what}}），已被阻止。请询问其作者原因，或移除该插件。',
  },
  'plugin-invalid': {
    en: 'The plugin {{plugin}} cannot be used: {{reason}}. Nothing was installed; tell its author.',
    es: 'El complemento {{plugin}} no se puede usar: {{reason}}. No se instaló nada; avise a su autor.',
    pt: 'A extensão {{plugin}} não pode ser usada: {{reason}}. Nada foi instalado; avise o autor.',
    de: 'Das Plugin {{plugin}} ist unbrauchbar: {{reason}}. Nichts wurde installiert; sagen Sie es seinem Autor.',
    zh: '插件 {{plugin}} 无法使用：{{reason}}。未安装任何内容；请告知其作者。',
  },
  'plugin-not-found': {
    en: 'Plugin not found: there is none with id={{id}}. List the plugins to see which there are.',
    es: 'No existe el complemento {{id}}. Consulte la lista de complementos.',
    pt: 'Não existe a extensão {{id}}. Consulte a lista de extensões.',
    de: 'Es gibt kein Plugin {{id}}. Die Liste zeigt, welche es gibt.',
    zh: '没有插件 {{id}}。请查看插件列表。',
  },
  'plugin-package-wrong': {
    en: 'The package of {{plugin}} is not what the registry promises: {{reason}}. Nothing was installed; try again, and tell its author if it stays.',
    es: 'El paquete de {{plugin}} no es el que promete el registro: {{reason}}. No se instaló nada; inténtelo de nuevo y avise a su autor si persiste.',
    pt: 'O pacote de {{plugin}} não é o que o registo promete: {{reason}}. Nada foi instalado; tente de novo e avise o autor se persistir.',
    de: 'Das Paket von {{plugin}} ist nicht das, was das Verzeichnis verspricht: {{reason}}. Nichts wurde installiert; versuchen Sie es erneut und sagen Sie es dem Autor, wenn es so bleibt.',
    zh: '{{plugin}} 的软件包与注册表所承诺的不符：{{reason}}。未安装任何内容；请重试，若仍如此请告知其作者。',
  },
  'plugin-registry-failed': {
    en: 'The registry of plugins did not answer as it should: {{reason}}. Try again later.',
    es: 'El registro de complementos no respondió como debía: {{reason}}. Inténtelo más tarde.',
    pt: 'O registo de extensões não respondeu como devia: {{reason}}. Tente mais tarde.',
    de: 'Das Verzeichnis der Plugins hat nicht geantwortet, wie es sollte: {{reason}}. Versuchen Sie es später wieder.',
    zh: '插件注册表未正常应答：{{reason}}。请稍后再试。',
  },
  'plugin-stuck': {
    en: 'The plugin {{plugin}} did not finish loading within {{seconds}} s and was stopped. Try again when less is going on; if it stays, tell its author.',
    es: 'El complemento {{plugin}} no terminó de cargarse en {{seconds}} s y se detuvo. Inténtelo de nuevo con menos carga; si persiste, avise a su autor.',
    pt: 'A extensão {{plugin}} não acabou de carregar em {{seconds}} s e foi detida. Tente de novo com menos carga; se persistir, avise o autor.',
    de: 'Das Plugin {{plugin}} war nach {{seconds}} s noch nicht geladen und wurde angehalten. Versuchen Sie es wieder, wenn weniger los ist; bleibt es dabei, sagen Sie es seinem Autor.',
    zh: '插件 {{plugin}} 在 {{seconds}} 秒内未完成加载，已被停止。请在负载较低时重试；如仍如此，请告知其作者。',
  },
  'plugins-disabled': {
    en: 'Installing plugins is turned off, because a plugin is code that runs on this machine. Its operator can turn it on with MILLRACE_PLUGINS=on.',
    es: 'La instalación de complementos está desactivada, porque un complemento es código que se ejecuta en esta máquina. Quien la administra puede activarla con MILLRACE_PLUGINS=on.',
    pt: 'A instalação de extensões está desligada, porque uma extensão é código que corre nesta máquina. Quem a administra pode ligá-la com MILLRACE_PLUGINS=on.',
    de: 'Das Installieren von Plugins ist abgeschaltet, denn ein Plugin ist Code, der auf diesem Rechner läuft. Wer ihn betreibt, kann es mit MILLRACE_PLUGINS=on einschalten.',
    zh: '插件安装已关闭，因为插件是在本机运行的代码。运维人员可通过 MILLRACE_PLUGINS=on 开启。',
  },
} as const satisfies Partial<Record<ErrorCode, LocalText>>;
