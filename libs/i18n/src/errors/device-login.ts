import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about signing in a device, as command lines of trackers do. */
export const deviceLoginErrors = {
  'authorization-pending': {
    en: 'Nobody has let this device in yet. Open the page shown, enter the code, and ask again.',
    es: 'Nadie ha autorizado aún este dispositivo. Abra la página indicada, introduzca el código y pregunte de nuevo.',
    pt: 'Ainda ninguém autorizou este dispositivo. Abra a página indicada, introduza o código e pergunte novamente.',
    de: 'Dieses Gerät wurde noch nicht zugelassen. Öffnen Sie die angezeigte Seite, geben Sie den Code ein und fragen Sie erneut.',
    zh: '尚未有人批准此设备。请打开所示页面，输入代码，然后再次查询。',
  },
  'device-code-expired': {
    en: 'This sign-in has run out. Start a new one.',
    es: 'Este inicio de sesión ha caducado. Inicie uno nuevo.',
    pt: 'Este início de sessão expirou. Inicie um novo.',
    de: 'Diese Anmeldung ist abgelaufen. Beginnen Sie eine neue.',
    zh: '此次登录已过期。请重新开始登录。',
  },
  'device-login-denied': {
    en: 'The sign-in of this device was declined. Start a new one if that was a mistake.',
    es: 'Se rechazó el inicio de sesión de este dispositivo. Inicie uno nuevo si fue un error.',
    pt: 'O início de sessão deste dispositivo foi recusado. Inicie um novo se foi engano.',
    de: 'Die Anmeldung dieses Geräts wurde abgelehnt. Beginnen Sie eine neue, falls das ein Versehen war.',
    zh: '此设备的登录已被拒绝。如果是误操作，请重新开始登录。',
  },
  'device-login-not-found': {
    en: 'No device waits with this code. Check it, or start the sign-in again: codes are good for ten minutes.',
    es: 'Ningún dispositivo espera con este código. Compruébelo o reinicie el inicio de sesión: los códigos valen diez minutos.',
    pt: 'Nenhum dispositivo espera com este código. Verifique-o ou recomece o início de sessão: os códigos valem dez minutos.',
    de: 'Kein Gerät wartet mit diesem Code. Prüfen Sie ihn oder beginnen Sie die Anmeldung neu: Codes gelten zehn Minuten.',
    zh: '没有设备在等待此代码。请核对代码，或重新开始登录：代码有效期为十分钟。',
  },
  'device-login-too-fast': {
    en: 'This device asks too often. Wait the interval it was told between two questions.',
    es: 'Este dispositivo pregunta con demasiada frecuencia. Espere el intervalo indicado entre dos preguntas.',
    pt: 'Este dispositivo pergunta com demasiada frequência. Espere o intervalo indicado entre duas perguntas.',
    de: 'Dieses Gerät fragt zu oft. Warten Sie zwischen zwei Fragen die genannte Zeit.',
    zh: '此设备查询过于频繁。请在两次查询之间等待所告知的间隔。',
  },
} satisfies Partial<Record<ErrorCode, LocalText>>;
