import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about access tokens and limits. */
export const accessErrors = {
  'access-token-ended': {
    en: 'This access token was revoked, has expired or is not one of this server. Make a new one under /api/v1/access-token/.',
    es: 'Este token de acceso fue revocado, ha caducado o no es de este servidor. Cree uno nuevo en /api/v1/access-token/.',
    pt: 'Este token de acesso foi revogado, expirou ou não é deste servidor. Crie um novo em /api/v1/access-token/.',
    de: 'Dieses Zugriffstoken wurde widerrufen, ist abgelaufen oder nicht von diesem Server. Erstellen Sie unter /api/v1/access-token/ ein neues.',
    zh: '此访问令牌已被撤销、已过期，或不属于本服务器。请在 /api/v1/access-token/ 新建一个。',
  },
  'access-token-not-found': {
    en: 'There is no access token {{id}}. List them under /api/v1/access-token/.',
    es: 'No existe el token de acceso {{id}}. Consulte la lista en /api/v1/access-token/.',
    pt: 'Não existe o token de acesso {{id}}. Veja a lista em /api/v1/access-token/.',
    de: 'Es gibt kein Zugriffstoken {{id}}. Die Liste steht unter /api/v1/access-token/.',
    zh: '访问令牌 {{id}} 不存在。列表见 /api/v1/access-token/。',
  },
  forbidden: {
    en: 'An access token opens the routes of trackers only. Use the token of the server (MILLRACE_TOKEN) here.',
    es: 'Un token de acceso solo abre las rutas de seguimiento. Use aquí el token del servidor (MILLRACE_TOKEN).',
    pt: 'Um token de acesso abre apenas as rotas de registo de experiências. Use aqui o token do servidor (MILLRACE_TOKEN).',
    de: 'Ein Zugriffstoken öffnet nur die Routen der Tracker. Verwenden Sie hier das Token des Servers (MILLRACE_TOKEN).',
    zh: '访问令牌只能用于实验跟踪路由。此处请使用服务器令牌（MILLRACE_TOKEN）。',
  },
  'too-many-requests': {
    en: 'Too many requests at once. Wait {{seconds}} s and go on, or log in batches; MILLRACE_TRACKER_RATE sets the limit.',
    es: 'Demasiadas peticiones a la vez. Espere {{seconds}} s y continúe, o registre por lotes; MILLRACE_TRACKER_RATE fija el límite.',
    pt: 'Demasiados pedidos ao mesmo tempo. Espere {{seconds}} s e continue, ou registe em lotes; MILLRACE_TRACKER_RATE define o limite.',
    de: 'Zu viele Anfragen auf einmal. Warten Sie {{seconds}} s, oder senden Sie gebündelt; MILLRACE_TRACKER_RATE setzt die Grenze.',
    zh: '请求过于频繁。请等待 {{seconds}} 秒后继续，或改为批量记录；上限由 MILLRACE_TRACKER_RATE 设定。',
  },
} as const satisfies Partial<Record<ErrorCode, LocalText>>;
