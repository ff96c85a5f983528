import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about components and their parameters. */
export const componentErrors = {
  'component-not-downloadable': {
    en: 'Component {{name}} does not require a download. It can be used as it is.',
    es: 'El componente "{{name}}" no necesita descarga. Puede usarse tal como está.',
    pt: 'O componente "{{name}}" não precisa de download. Pode ser usado como está.',
    de: 'Die Komponente "{{name}}" braucht keinen Download. Sie lässt sich so verwenden, wie sie ist.',
    zh: '组件“{{name}}”不需要下载。可直接使用。',
  },
  'component-not-found': {
    en: 'Component {{name}} not found in the registry. List the components to see the names.',
    es: 'No hay ningún componente llamado "{{name}}". Liste los componentes para ver los nombres.',
    pt: 'Não há nenhum componente chamado "{{name}}". Liste os componentes para ver os nomes.',
    de: 'Es gibt keine Komponente namens "{{name}}". Die Liste der Komponenten zeigt die Namen.',
    zh: '没有名为“{{name}}”的组件。请列出组件查看名称。',
  },
  'component-not-registered': {
    en: 'No component named "{{name}}" is registered here. List the components to see the names.',
    es: 'Ningún componente llamado "{{name}}" está registrado. Liste los componentes para ver los nombres.',
    pt: 'Nenhum componente chamado "{{name}}" está registado. Liste os componentes para ver os nomes.',
    de: 'Keine Komponente namens "{{name}}" ist registriert. Die Liste der Komponenten zeigt die Namen.',
    zh: '未注册名为“{{name}}”的组件。请列出组件查看名称。',
  },
  'component-type-unknown': {
    en: '"{{type}}" is no component type. Use one of the types the component list shows.',
    es: '"{{type}}" no es un tipo de componente. Use uno de los tipos que muestra la lista de componentes.',
    pt: '"{{type}}" não é um tipo de componente. Use um dos tipos mostrados na lista de componentes.',
    de: '"{{type}}" ist kein Komponententyp. Verwenden Sie einen Typ aus der Komponentenliste.',
    zh: '“{{type}}”不是组件类型。请使用组件列表中的类型。',
  },
  'parameters-invalid': {
    en: 'The parameter "{{parameter}}" is not valid: {{reason}}. Correct it and try again.',
    es: 'El parámetro "{{parameter}}" no es válido: {{reason}}. Corríjalo e inténtelo de nuevo.',
    pt: 'O parâmetro "{{parameter}}" não é válido: {{reason}}. Corrija-o e tente novamente.',
    de: 'Der Parameter "{{parameter}}" ist ungültig: {{reason}}. Berichtigen Sie ihn und versuchen Sie es erneut.',
    zh: '参数“{{parameter}}”无效：{{reason}}。请改正后重试。',
  },
} as const satisfies Partial<Record<ErrorCode, LocalText>>;
